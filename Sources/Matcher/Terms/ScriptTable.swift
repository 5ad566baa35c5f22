/// Traditional to Simplified: characters one to one, phrases where the characters alone would be
/// wrong.
///
/// The table is data (`lexicon/scripts.tsv`). Longest phrase first, from left to right.
struct ScriptTable: Sendable {
  private var characters: [UInt32: UInt32] = [:]
  /// By first character: phrase and replacement, longest first.
  private var phrases: [UInt32: [(from: [UInt32], to: [UInt32])]] = [:]

  init() {}

  init(pairs: [(traditional: String, simplified: String)]) {
    for (traditional, simplified) in pairs {
      let from = traditional.unicodeScalars.map(\.value)
      let to = simplified.unicodeScalars.map(\.value)
      guard let first = from.first, !to.isEmpty else { continue }
      if from.count == 1, to.count == 1 {
        characters[first] = to[0]
      } else {
        phrases[first, default: []].append((from, to))
      }
    }
    for key in phrases.keys {
      phrases[key]?.sort { $0.from.count > $1.from.count }
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
  func simplify(_ text: [UInt32], _ body: (_ scalar: UInt32, _ place: Int) -> Void) {
    var index = 0
    while index < text.count {
      if let phrase = phrase(in: text, at: index) {
        let isEven = phrase.to.count == phrase.from.count
        for (place, scalar) in phrase.to.enumerated() {
          body(scalar, isEven ? index + place : index)
        }
        index += phrase.from.count
      } else {
        body(characters[text[index]] ?? text[index], index)
        index += 1
      }
    }
  }

  private func phrase(in text: [UInt32], at index: Int) -> (from: [UInt32], to: [UInt32])? {
    guard let candidates = phrases[text[index]] else { return nil }
    return candidates.first { text[index...].starts(with: $0.from) }
  }
}
