/// The quantities that a row's title and description state: read sentence by sentence, each at most
/// once, and only where a sentence may say what is looked for.
struct RowReadings {
  /// What a sentence may hold.
  struct Signs: OptionSet {
    let rawValue: UInt8
    /// An Arabic or Chinese numeral.
    static let numeral = Signs(rawValue: 1)
    /// A sign or word of money behind a numeral, or before one.
    static let money = Signs(rawValue: 2)
    /// 万 or 亿.
    static let multiplier = Signs(rawValue: 4)
    /// Part of a date.
    static let date = Signs(rawValue: 8)
    /// Long numbers, powers, large multipliers, deep cold.
    static let large = Signs(rawValue: 16)
  }

  private struct Sentence {
    let span: Range<Int>
    let signs: Signs
    var quantities: [WrittenQuantity]?
  }

  private let quantities: QuantityReader
  private let asOf: CivilDate
  private var sentences: [Sentence] = []
  private var language: QuantityReader.Language?
  /// The title, a line break, the description.
  private(set) var bytes: [UInt8] = []
  /// A character stands there that shows up where a text was read in a wrong encoding.
  private(set) var mayBeDamaged = false
  /// A long number, an @ or a colon stands there.
  private(set) var mayBePrivate = false
  /// Where the description begins.
  private(set) var textStart = 0

  init(quantities: QuantityReader, asOf: CivilDate) {
    self.quantities = quantities
    self.asOf = asOf
  }

  /// Takes another row.
  mutating func begin(title: String, text: String) {
    bytes.removeAll(keepingCapacity: true)
    sentences.removeAll(keepingCapacity: true)
    language = nil
    bytes.append(contentsOf: title.utf8)
    bytes.append(10)
    textStart = bytes.count
    bytes.append(contentsOf: text.utf8)
    split()
  }

  /// What the sentences state that `wanted` takes, in order.
  ///
  /// - Parameter wanted: Gets a sentence's signs and its bytes; `startIndex` tells where it stands.
  mutating func stated(where wanted: (Signs, ArraySlice<UInt8>) -> Bool) -> [WrittenQuantity] {
    var out: [WrittenQuantity] = []
    for index in sentences.indices
    where wanted(sentences[index].signs, bytes[sentences[index].span]) {
      out += read(index)
    }
    return out
  }

  /// The first sentence behind another that has these signs, with what it states; sentences behind it
  /// are left unread.
  mutating func firstStated(
    where signs: Signs, behind: Int = -1
  ) -> (sentence: Int, quantities: [WrittenQuantity])? {
    for index in sentences.indices where index > behind && sentences[index].signs.contains(signs) {
      return (index, read(index))
    }
    return nil
  }

  private mutating func read(_ index: Int) -> [WrittenQuantity] {
    if let known = sentences[index].quantities { return known }
    let span = sentences[index].span
    if sentences.count > 1, language == nil { language = quantities.language(of: bytes) }
    var found = quantities.read(utf8: Array(bytes[span]), asOf: asOf, language: language).quantities
    for place in found.indices { found[place] = found[place].moved(by: span.lowerBound) }
    sentences[index].quantities = found
    return found
  }

  // MARK: sentences and their signs

  private mutating func split() {
    let found = SentenceSplit.split(bytes) { span, signs in
      if !span.isEmpty { sentences.append(Sentence(span: span, signs: signs)) }
    }
    (mayBeDamaged, mayBePrivate) = found
  }
}
