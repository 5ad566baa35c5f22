/// Reads quantities out of running text and table cells. Any thread may use one reader.
///
/// What it reads and what it leaves alone is data (`Corpus/quantities`) and a grammar; it knows no
/// keys of the registry and decides nothing about strictness.
public struct QuantityReader: Sendable {
  /// The writing of the text, where the caller knows it better than the characters tell.
  public enum Language: Sendable {
    case simplified
    case traditional
    case english
  }

  let lexicon: QuantityLexicon

  public init(corpus: Corpus) {
    lexicon = corpus.quantities
  }

  init(lexicon: QuantityLexicon) {
    self.lexicon = lexicon
  }

  /// The arithmetic of the UCUM spellings in the readings.
  public var algebra: UnitAlgebra { lexicon.algebra }

  /// The quantities of a text.
  ///
  /// - Parameters:
  ///   - asOf: The day from which relative and year-less dates count.
  ///   - language: Nil: as the characters tell. It decides units and currencies that differ by
  ///     place (斤, 元, gallon).
  /// - Complexity: O(*n*) for *n* bytes of ordinary text.
  public func read(
    _ text: String, asOf: CivilDate, language: Language? = nil
  ) -> QuantityReading {
    read(utf8: Array(text.utf8), asOf: asOf, language: language, heading: nil)
  }

  /// The quantities of a table cell whose heading names a unit: `43.2` takes it, `约60万` under
  /// 万元 is not multiplied twice, and a unit written in the cell wins over the heading's.
  ///
  /// - Parameter unit: The heading's unit as written there (`万元`, `MPa`, `天`).
  public func read(
    cell text: String, unit: String, asOf: CivilDate, language: Language? = nil
  ) -> QuantityReading {
    read(utf8: Array(text.utf8), asOf: asOf, language: language, heading: unit)
  }

  /// The UCUM spelling of a unit as people write it (`千瓦时/公斤`), or nil.
  public func ucum(of unit: String) -> String? {
    unitText(unit, language: nil)?.unit.ucum
  }

  /// A text cut into its pieces: the first half of reading it.
  func pieces(utf8 bytes: [UInt8], asOf: CivilDate) -> PhraseTokens {
    PhraseScanner.tokens(lexicon.folding.fold(utf8: bytes), lexicon: lexicon, asOf: asOf)
  }

  /// What pieces state: the second half.
  func read(
    _ pieces: consuming PhraseTokens, asOf: CivilDate, language: Language?
  ) -> QuantityReading {
    guard pieces.phrase.count > 0 else { return QuantityReading() }
    let language = language ?? QuantityReader.language(of: pieces.phrase)
    return QuantityGrammar.read(pieces, lexicon: lexicon, asOf: asOf, language: language)
  }

  func read(
    utf8 bytes: [UInt8], asOf: CivilDate, language: Language?, heading: String? = nil
  ) -> QuantityReading {
    var tokens = pieces(utf8: bytes, asOf: asOf)
    guard tokens.phrase.count > 0 else { return QuantityReading() }
    let own = language ?? QuantityReader.language(of: tokens.phrase)
    guard let heading, let unit = unitText(heading, language: own) else {
      return read(tokens, asOf: asOf, language: own)
    }
    for slot in tokens.numbers.indices where tokens.numbers[slot].unit == nil {
      guard !tokens.numbers[slot].hasMultiplier else { continue }
      tokens.numbers[slot].multiplier = unit.multiplier
    }
    return QuantityGrammar.read(
      tokens, lexicon: lexicon, asOf: asOf, language: own, heading: unit.unit)
  }

  /// A unit that stands alone, with the power of ten before it: 万元 is 元 and 4.
  private func unitText(_ text: String, language: Language?) -> (unit: UnitText, multiplier: Int)? {
    let phrase = lexicon.folding.fold(utf8: Array("1\(text)".utf8))
    let units = UnitScanner(lexicon: lexicon, phrase: phrase)
    let numbers = NumberScanner(lexicon: lexicon, phrase: phrase, units: units)
    guard var number = numbers.number(at: 0) else { return nil }
    numbers.takeMultiplier(&number)
    guard let unit = units.unit(at: number.numberEnd), unit.end >= phrase.count else { return nil }
    return (unit, number.multiplier)
  }

  /// The writing of a text, as its characters tell.
  func language(of utf8: [UInt8]) -> Language {
    let found = lexicon.folding.scripts(utf8: utf8)
    if found.ideographs == 0 { return .english }
    return found.traditional > found.simplified ? .traditional : .simplified
  }

  private static func language(of phrase: FoldedPhrase) -> Language {
    if phrase.ideographs == 0 { return .english }
    return phrase.traditional > phrase.simplified ? .traditional : .simplified
  }
}
