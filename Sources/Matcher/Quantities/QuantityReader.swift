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

  public init(corpus: Corpus) {}

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
    QuantityReading()
  }

  /// The quantities of a table cell whose heading names a unit: `43.2` takes it, `约60万` under
  /// 万元 is not multiplied twice, and a unit written in the cell wins over the heading's.
  ///
  /// - Parameter unit: The heading's unit as written there (`万元`, `MPa`, `天`).
  public func read(
    cell text: String, unit: String, asOf: CivilDate, language: Language? = nil
  ) -> QuantityReading {
    QuantityReading()
  }
}
