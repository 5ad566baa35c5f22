/// What a caller may choose for a match.
public struct MatchOptions: Sendable {
  public enum Rows: Sendable {
    /// At most K platforms, each by its best line.
    case platform
    /// At most K lines.
    case line
  }

  /// K, 1….
  public var top = 10
  public var rows = Rows.platform
  /// Adds the pairs that do not fit, closest first.
  public var includesConflict = false
  /// Lists lines outside mainland China, Hong Kong and Macao; else they are only counted.
  public var includesOverseas = true
  public var asOf: CivilDate
  /// The broker's weights by part or spec key, 0…1000.
  public var preferred: [String: Int] = [:]

  public init(asOf: CivilDate) {
    self.asOf = asOf
  }
}
