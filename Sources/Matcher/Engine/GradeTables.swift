import Matcher

/// The tables of grades that one worker keeps from demand to demand for one index on one day, by
/// what criteria ask.
///
/// Bounded: when they have outgrown `bytes`, those that no demand asked for since the last time go,
/// and all if that does not help. Only between demands, so that a scan may hold them unowned.
final class GradeTables {
  let matching: Matching
  private var tables: [CriterionContent: GradeTable] = [:]
  /// Measured when a table is made: tables grow a little after that.
  private var taken = 0
  private let room: Int

  /// - Parameter matching: kept, so that no other can be taken for it.
  init(_ matching: Matching) {
    self.matching = matching
    room = GradeTables.room(rows: matching.index.rows)
  }

  /// Bytes that the tables of an index may take: 32 MB and 1 KB a row.
  static func room(rows: Int) -> Int {
    32 << 20 + rows << 10
  }

  /// Makes room before a demand's tables are asked for.
  func begin() {
    guard taken > room else { return }
    tables = tables.filter { $0.value.isUsed }
    count()
    if taken > room / 2 { tables = [:] }
    count()
    for table in tables.values { table.isUsed = false }
  }

  private func count() {
    taken = tables.values.reduce(0) { $0 + $1.bytes }
  }

  /// The table of some content. Valid until the next `begin`.
  func table(_ content: CriterionContent, facets: Int) -> Unmanaged<GradeTable> {
    if let known = tables[content] {
      known.isUsed = true
      return .passUnretained(known)
    }
    let made = GradeTable(
      facets: facets, blocks: matching.index.blocks.count, limit: matching.gradeLimit)
    tables[content] = made
    taken += made.bytes + 8 * content.words.count + 64
    return .passUnretained(made)
  }
}
