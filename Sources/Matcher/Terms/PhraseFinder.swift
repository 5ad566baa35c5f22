/// Finds phrases in folded text: from left to right, the longest that begins at a place, none inside
/// another.
///
/// A phrase that begins or ends with a Latin letter or digit is found as a word only (`NDA`, not in
/// `agenda`).
struct PhraseFinder: Sendable {
  /// By first character: the phrases' numbers, longest first.
  private var byFirst: [UInt32: [Int32]] = [:]
  /// A bit for each first character of the basic plane.
  private var firsts = [UInt64](repeating: 0, count: 1024)
  private var phrases: [[UInt32]] = []

  init() {}

  /// Adds a phrase in folded form; gives its number. An empty one is never found.
  mutating func add(_ phrase: [UInt32]) -> Int {
    let number = phrases.count
    phrases.append(phrase)
    guard let first = phrase.first else { return number }
    byFirst[first, default: []].append(Int32(number))
    byFirst[first]?.sort { phrases[Int($0)].count > phrases[Int($1)].count }
    if first < 0x10000 { firsts[Int(first >> 6)] |= 1 << UInt64(first & 63) }
    return number
  }

  /// Calls `body` with each phrase found and where, in the order of the text.
  ///
  /// - Parameter wanted: Which phrases count here; others neither are found nor hide any.
  /// - Complexity: O(*n* · *p*) for *n* characters and the *p* phrases that begin alike.
  func scan(
    _ text: [UInt32], wanted: (Int) -> Bool, _ body: (_ phrase: Int, _ place: Range<Int>) -> Void
  ) {
    var index = 0
    while index < text.count {
      let first = text[index]
      if mayBegin(first), let (phrase, end) = longest(in: text, at: index, first, wanted) {
        body(phrase, index..<end)
        index = end
      } else {
        index += 1
      }
    }
  }

  private func mayBegin(_ first: UInt32) -> Bool {
    first >= 0x10000 || firsts[Int(first >> 6)] & (1 << UInt64(first & 63)) != 0
  }

  private func longest(
    in text: [UInt32], at start: Int, _ first: UInt32, _ wanted: (Int) -> Bool
  ) -> (phrase: Int, end: Int)? {
    for number in byFirst[first] ?? [] where wanted(Int(number)) {
      let phrase = phrases[Int(number)]
      let end = start + phrase.count
      guard end <= text.count, matches(phrase, text, start), isWhole(text, start, end) else {
        continue
      }
      return (Int(number), end)
    }
    return nil
  }

  private func matches(_ phrase: [UInt32], _ text: [UInt32], _ start: Int) -> Bool {
    for offset in 1..<max(1, phrase.count) where text[start + offset] != phrase[offset] {
      return false
    }
    return true
  }

  private func isWhole(_ text: [UInt32], _ start: Int, _ end: Int) -> Bool {
    if start > 0, isLatin(text[start]), isLatin(text[start - 1]) { return false }
    if end < text.count, isLatin(text[end - 1]), isLatin(text[end]) { return false }
    return true
  }

  private func isLatin(_ value: UInt32) -> Bool {
    (0x61...0x7A).contains(value) || (0x30...0x39).contains(value) || (0x41...0x5A).contains(value)
  }
}
