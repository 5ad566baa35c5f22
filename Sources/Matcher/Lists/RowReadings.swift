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
    /// In pieces, when it was cut but not read further.
    var pieces: PhraseTokens?
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
  /// - Parameters:
  ///   - wanted: Gets a sentence's signs and its bytes; `startIndex` tells where it stands.
  ///   - mayState: False for the pieces of a sentence that states nothing of what is looked for.
  mutating func stated(
    where wanted: (Signs, ArraySlice<UInt8>) -> Bool,
    mayState: (PhraseTokens) -> Bool = { _ in true }
  ) -> [WrittenQuantity] {
    var out: [WrittenQuantity] = []
    for index in sentences.indices
    where wanted(sentences[index].signs, bytes[sentences[index].span]) {
      out += read(index, mayState)
    }
    return out
  }

  /// The first sentence behind another that has a numeral and may state counts, with what it states;
  /// sentences behind it are left unread.
  mutating func firstCounts(
    behind: Int = -1
  ) -> (sentence: Int, quantities: [WrittenQuantity])? {
    let lexicon = quantities.lexicon
    for index in sentences.indices
    where index > behind && sentences[index].signs.contains(.numeral) {
      let found = read(index) { $0.mayStateCounts(lexicon) }
      if !found.isEmpty { return (index, found) }
    }
    return nil
  }

  private mutating func read(
    _ index: Int, _ mayState: (PhraseTokens) -> Bool
  ) -> [WrittenQuantity] {
    if let known = sentences[index].quantities { return known }
    let span = sentences[index].span
    let cut = sentences[index].pieces
    sentences[index].pieces = nil
    let pieces = cut ?? quantities.pieces(utf8: Array(bytes[span]), asOf: asOf)
    guard mayState(pieces) else {
      sentences[index].pieces = pieces
      return []
    }
    if sentences.count > 1, language == nil { language = quantities.language(of: bytes) }
    var found = quantities.read(pieces, asOf: asOf, language: language).quantities
    for place in found.indices { found[place].move(by: span.lowerBound) }
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
