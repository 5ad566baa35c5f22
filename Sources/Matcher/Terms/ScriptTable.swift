/// Traditional to Simplified: characters one to one, phrases where the characters alone would be
/// wrong.
///
/// The table is data (`lexicon/scripts.tsv`). Longest phrase first, from left to right.
struct ScriptTable: Sendable {
  /// By character of the basic plane: what it becomes; 0 for itself. Empty without characters.
  private var basic: [UInt16] = []
  /// Characters outside the basic plane, on either side.
  private var others: [UInt32: UInt32] = [:]
  private var phrases = PhraseIndex()
  /// The characters that may become others, alone or as the beginning of a phrase.
  private var changing = ScalarSet()
  /// By phrase.
  private var replacements: [[UInt32]] = []

  init() {}

  init(pairs: [(traditional: String, simplified: String)]) {
    basic = [UInt16](repeating: 0, count: 0x10000)
    for (traditional, simplified) in pairs {
      let from = traditional.unicodeScalars.map(\.value)
      let to = simplified.unicodeScalars.map(\.value)
      guard let first = from.first, !to.isEmpty else { continue }
      changing.insert(first)
      if from.count == 1, to.count == 1 {
        add(first, to[0])
      } else {
        _ = phrases.add(from)
        replacements.append(to)
      }
    }
  }

  private mutating func add(_ from: UInt32, _ to: UInt32) {
    if from < 0x10000, to < 0x10000 {
      basic[Int(from)] = UInt16(to)
    } else {
      others[from] = to
    }
  }

  /// The scalars in Simplified characters. O(*n* · *p*), *p* the phrases that begin with the same
  /// character.
  ///
  /// - Parameter start: Before it no character may change.
  func simplified(_ text: [UInt32], from start: Int = 0) -> [UInt32] {
    guard let first = firstChange(text, from: start) else { return text }
    var out: [UInt32] = []
    out.reserveCapacity(text.count)
    out.append(contentsOf: text[..<first])
    simplify(text, from: first) { scalar, _ in out.append(scalar) }
    return out
  }

  /// Whether a character may become another, alone or as the beginning of a phrase.
  func mayChange(_ value: UInt32) -> Bool { changing.mayContain(value) }

  /// The first character that may become another; nil when all stay.
  private func firstChange(_ text: [UInt32], from start: Int) -> Int? {
    guard !basic.isEmpty else { return nil }
    var next = changing.first(in: text, from: start)
    while let place = next {
      let value = text[place]
      if value >= 0x10000 || basic[Int(value)] != 0 || phrase(in: text, at: place) != nil {
        return place
      }
      next = changing.first(in: text, from: place + 1)
    }
    return nil
  }

  /// Hands out each Simplified scalar with the place of what it stands for; the scalars of a phrase
  /// all stand for its beginning.
  @inline(__always)
  func simplify(
    _ text: [UInt32], from start: Int = 0, _ body: (_ scalar: UInt32, _ place: Int) -> Void
  ) {
    guard !basic.isEmpty else {
      for place in start..<text.count { body(text[place], place) }
      return
    }
    var index = start
    while index < text.count {
      let value = text[index]
      if !changing.mayContain(value) {
        body(value, index)
        index += 1
      } else if let (phrase, end) = phrase(in: text, at: index) {
        let to = replacements[phrase]
        let isEven = to.count == end - index
        for (place, scalar) in to.enumerated() { body(scalar, isEven ? index + place : index) }
        index = end
      } else {
        body(character(value), index)
        index += 1
      }
    }
  }

  private func character(_ value: UInt32) -> UInt32 {
    if value < 0x10000, basic[Int(value)] != 0 { return UInt32(basic[Int(value)]) }
    return others.isEmpty ? value : others[value] ?? value
  }

  @inline(__always)
  private func phrase(in text: [UInt32], at place: Int) -> (phrase: Int, end: Int)? {
    guard phrases.mayStand(in: text, at: place) else { return nil }
    var phrase = phrases.first(in: text, at: place)
    while phrase >= 0 {
      if let end = phrases.end(of: phrase, in: text, at: place) { return (Int(phrase), end) }
      phrase = phrases.next(phrase, in: text, at: place)
    }
    return nil
  }
}
