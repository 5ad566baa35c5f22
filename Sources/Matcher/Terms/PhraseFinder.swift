/// Finds phrases in folded text: from left to right, the longest that begins at a place, none inside
/// another.
///
/// A phrase that begins or ends with a Latin letter or digit is found as a word only (`NDA`, not in
/// `agenda`).
struct PhraseFinder: Sendable {
  private var index = PhraseIndex()

  init() {}

  /// Adds a phrase in folded form; gives its number. An empty one is never found.
  mutating func add(_ phrase: [UInt32]) -> Int {
    index.add(phrase)
  }

  /// The same for one that may have been added before: then that one's number.
  mutating func addOnce(_ phrase: [UInt32]) -> Int {
    index.number(of: phrase) ?? index.add(phrase)
  }

  /// The phrase of a number that `add` gave.
  func phrase(_ number: Int) -> [UInt32] { index.phrase(number) }

  /// Calls `body` with each phrase found and where, in the order of the text.
  ///
  /// - Parameter wanted: Which phrases count here; others neither are found nor hide any.
  /// - Complexity: O(*n* · *p*) for *n* characters and the *p* phrases that begin alike; no
  ///   allocation.
  @inline(__always)
  func scan(
    _ text: [UInt32], wanted: (Int) -> Bool, _ body: (_ phrase: Int, _ place: Range<Int>) -> Void
  ) {
    var next = index.firstPlace(in: text, from: 0)
    while let place = next {
      var phrase = index.first(in: text, at: place)
      var end = place + 1
      while phrase >= 0 {
        if wanted(Int(phrase)), let found = index.end(of: phrase, in: text, at: place),
          PhraseFinder.isWhole(text, place, found)
        {
          body(Int(phrase), place..<found)
          end = found
          break
        }
        phrase = index.next(phrase, in: text, at: place)
      }
      next = index.firstPlace(in: text, from: end)
    }
  }

  /// Whether any phrase stands in the text.
  func isIn(_ text: [UInt32]) -> Bool {
    var next = index.firstPlace(in: text, from: 0)
    while let place = next {
      var phrase = index.first(in: text, at: place)
      while phrase >= 0 {
        if let end = index.end(of: phrase, in: text, at: place),
          PhraseFinder.isWhole(text, place, end)
        {
          return true
        }
        phrase = index.next(phrase, in: text, at: place)
      }
      next = index.firstPlace(in: text, from: place + 1)
    }
    return false
  }

  private static func isWhole(_ text: [UInt32], _ start: Int, _ end: Int) -> Bool {
    if start > 0, isLatin(text[start]), isLatin(text[start - 1]) { return false }
    if end < text.count, isLatin(text[end - 1]), isLatin(text[end]) { return false }
    return true
  }

  private static func isLatin(_ value: UInt32) -> Bool {
    (0x61...0x7A).contains(value) || (0x30...0x39).contains(value) || (0x41...0x5A).contains(value)
  }
}
