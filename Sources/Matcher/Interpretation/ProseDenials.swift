/// What a profile's prose takes back: names that it says it does not have or does not offer, and what
/// is not there yet.
struct ProseDenials {
  private let text: ReadText
  /// Names that are denied, in the order of the text.
  let denied: [Mention]

  init(_ text: ReadText, registry: SpecRegistry) {
    self.text = text
    var denied: [Mention] = []
    for cue in text.mentions where ProseDenials.isDenying(cue) && !text.isInsideCue(cue) {
      let behind = ProseDenials.behind(cue, text)
      let names = behind.isEmpty ? ProseDenials.before(cue, text) : behind
      denied += names.filter { ProseDenials.isMeant($0, text, registry) }
    }
    for mention in text.longest(\.isScheme) where text.follows([.no], mention.range, within: 3) {
      denied.append(mention)
    }
    self.denied = denied
  }

  private static func isDenying(_ mention: Mention) -> Bool {
    mention.targets.contains(.cue(.denied)) || mention.targets.contains(.cue(.notOpen))
  }

  private static func isName(_ mention: Mention) -> Bool {
    mention.targets.contains {
      switch $0 {
      case .scheme, .term, .key: true
      default: false
      }
    }
  }

  /// Names behind 不具备 in its sentence; behind 不对外 stands what is opened, not what is denied.
  private static func behind(_ cue: Mention, _ text: ReadText) -> [Mention] {
    guard cue.targets.contains(.cue(.denied)) else { return [] }
    let end = text.sentence(at: cue.range.lowerBound).upperBound
    return text.mentions.filter {
      isName($0) && $0.range.lowerBound >= cue.range.upperBound && $0.range.lowerBound < end
    }
  }

  /// Where nothing stands behind: the names before it in its half-sentence, of 濕熱滅菌不對外.
  private static func before(_ cue: Mention, _ text: ReadText) -> [Mention] {
    let start = text.clause(at: cue.range.lowerBound).lowerBound
    // In brackets only what stands in them is meant.
    let opening = text.opening(in: start..<cue.range.lowerBound) ?? start
    return text.mentions.filter {
      isName($0) && $0.range.lowerBound >= opening && $0.range.upperBound <= cue.range.lowerBound
    }
  }

  /// Of 氢气气氛 and 碳化硅制程 only what stands first is denied; of a longer name no part; of a word that
  /// tells a service (封装) no key but one of yes or no (防爆).
  private static func isMeant(
    _ name: Mention, _ text: ReadText, _ registry: SpecRegistry
  ) -> Bool {
    let others = text.mentions.filter { $0.range != name.range }
    if others.contains(where: { isName($0) && $0.covers(name) }) { return false }
    if others.contains(where: { isName($0) && $0.range.upperBound == name.range.lowerBound }) {
      return false
    }
    let isOwn = name.targets.contains {
      switch $0 {
      case .scheme, .term: true
      case .key(let key): registry[key].kind == .flag
      default: false
      }
    }
    return isOwn || !name.targets.contains { if case .service = $0 { true } else { false } }
  }

  /// Whether something at a place is denied, or in a half-sentence about what is not there yet.
  func isTaken(_ range: Range<Int>) -> Bool {
    denied.contains { $0.range.overlaps(range) } || isPlanned(range)
  }

  /// Whether what stands at a place is applied for or being built.
  func isPlanned(_ range: Range<Int>) -> Bool {
    text.has(.planned, in: text.clause(at: range.lowerBound))
  }
}

extension ReadText {
  /// The place behind the last bracket of a range that stays open in it.
  func opening(in range: Range<Int>) -> Int? {
    var places: [Int] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      let end = offset + UTF8.width(scalar)
      if offset >= range.upperBound { break }
      if offset >= range.lowerBound {
        if scalar == "（" || scalar == "(" { places.append(end) }
        if scalar == "）" || scalar == ")" { _ = places.popLast() }
      }
      offset = end
    }
    return places.last
  }
}
