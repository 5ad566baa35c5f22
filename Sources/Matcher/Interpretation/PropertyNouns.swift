/// The nouns that properties of one kind are called by, and whether a text calls a number by one that no key
/// has: in 固化温度150℃ the number is about curing, whatever a temperature means in the service asked.
struct PropertyNouns: Sendable {
  /// By kind of value: what the names of several of its keys end with, folded.
  private var nouns: [String: Set<[UInt32]>] = [:]
  private let neutral: WordList
  private let folding: Folding

  /// Characters of a noun.
  private static let length = 2

  /// O(letters of all names of keys).
  init(corpus: Corpus) {
    folding = corpus.folding
    neutral = corpus.reading.words[.specNeutral] ?? WordList()
    var counts: [String: [[UInt32]: Int]] = [:]
    for key in corpus.registry.keys where key.kind == .number {
      let name = LooseText(key.name.simplified, folding: folding).scalars
      guard name.count > PropertyNouns.length else { continue }
      counts[key.domain, default: [:]][Array(name.suffix(PropertyNouns.length)), default: 0] += 1
    }
    for (domain, found) in counts { nouns[domain] = Set(found.filter { $0.value > 1 }.keys) }
  }

  /// Whether such a noun stands right before a number with words before it that say of what, other than
  /// words that any property may have (最高温度, 工作温度).
  func isOther(before span: Range<Int>, _ domain: String, _ text: ReadText) -> Bool {
    guard let nouns = nouns[domain] else { return false }
    let clause = text.clause(at: span.lowerBound)
    guard clause.lowerBound < span.lowerBound else { return false }
    let before = LooseText(text.words(clause.lowerBound..<span.lowerBound), folding: folding)
    let words = before.scalars.suffix(while: { PropertyNouns.isIdeograph($0) })
    guard words.count > PropertyNouns.length,
      nouns.contains(Array(words.suffix(PropertyNouns.length)))
    else { return false }
    let end = words.endIndex - PropertyNouns.length
    return neutral.found(in: before).allSatisfy { $0.part.upperBound != end }
  }

  private static func isIdeograph(_ value: UInt32) -> Bool {
    (0x4E00...0x9FFF).contains(value)
  }
}

extension Array where Element == UInt32 {
  /// The longest end of which all are so.
  fileprivate func suffix(while holds: (UInt32) -> Bool) -> ArraySlice<UInt32> {
    var start = endIndex
    while start > startIndex, holds(self[start - 1]) { start -= 1 }
    return self[start...]
  }
}
