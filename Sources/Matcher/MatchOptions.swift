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
  /// Leaves out leads of which nothing but the service is known (`Evaluation.isBareLead`), and counts
  /// them; where there is nothing else, the first five are listed.
  public var foldsLeads = false
  /// Counts the pairs that stand behind the list too.
  public var countsUnlisted = false
  public var asOf: CivilDate
  /// The broker's weights by part or spec key, 0…1000.
  public var preferred: [String: Int] = [:]

  /// Whether all pairs are to be ranked, not only the best.
  package var ranksAll: Bool { foldsLeads || countsUnlisted }

  public init(asOf: CivilDate) {
    self.asOf = asOf
  }
}
