/// Traditional to Simplified: characters one to one, phrases where the characters alone would be
/// wrong.
///
/// The table is data (`lexicon/scripts.tsv`). Longest phrase first, from left to right.
struct ScriptTable: Sendable {
  /// By character of the basic plane: what it becomes; 0 for itself. Empty without characters.
  private var basic: [UInt16] = []
  /// A bit for each character of the basic plane with which a phrase begins.
  private var begins: [UInt64] = []
  /// Characters outside the basic plane, on either side.
  private var others: [UInt32: UInt32] = [:]
  /// By first character: phrase and replacement, longest first.
  private var phrases: [UInt32: [(from: [UInt32], to: [UInt32])]] = [:]

  init() {}

  init(pairs: [(traditional: String, simplified: String)]) {
    basic = [UInt16](repeating: 0, count: 0x10000)
    begins = [UInt64](repeating: 0, count: 0x400)
    for (traditional, simplified) in pairs {
      let from = traditional.unicodeScalars.map(\.value)
      let to = simplified.unicodeScalars.map(\.value)
      guard let first = from.first, !to.isEmpty else { continue }
      if from.count == 1, to.count == 1 {
        add(first, to[0])
      } else {
        phrases[first, default: []].append((from, to))
        if first < 0x10000 { begins[Int(first >> 6)] |= 1 << UInt64(first & 63) }
      }
    }
    for key in phrases.keys {
      phrases[key]?.sort { $0.from.count > $1.from.count }
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
  func simplified(_ text: [UInt32]) -> [UInt32] {
    var out: [UInt32] = []
    out.reserveCapacity(text.count)
    simplify(text) { scalar, _ in out.append(scalar) }
    return out
  }

  /// Hands out each Simplified scalar with the place of what it stands for; the scalars of a phrase
  /// all stand for its beginning.
  @inline(__always)
  func simplify(_ text: [UInt32], _ body: (_ scalar: UInt32, _ place: Int) -> Void) {
    guard !basic.isEmpty else {
      for (place, scalar) in text.enumerated() { body(scalar, place) }
      return
    }
    var index = 0
    while index < text.count {
      let value = text[index]
      if mayBegin(value), let phrase = phrase(in: text, at: index) {
        let isEven = phrase.to.count == phrase.from.count
        for (place, scalar) in phrase.to.enumerated() {
          body(scalar, isEven ? index + place : index)
        }
        index += phrase.from.count
      } else {
        body(character(value), index)
        index += 1
      }
    }
  }

  private func mayBegin(_ value: UInt32) -> Bool {
    value >= 0x10000 || begins[Int(value >> 6)] & (1 << UInt64(value & 63)) != 0
  }

  private func character(_ value: UInt32) -> UInt32 {
    if value < 0x10000, basic[Int(value)] != 0 { return UInt32(basic[Int(value)]) }
    return others.isEmpty ? value : others[value] ?? value
  }

  private func phrase(in text: [UInt32], at index: Int) -> (from: [UInt32], to: [UInt32])? {
    guard let candidates = phrases[text[index]] else { return nil }
    return candidates.first { text[index...].starts(with: $0.from) }
  }
}
