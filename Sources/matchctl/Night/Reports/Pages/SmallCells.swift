/// Counts of fewer than three that involve restricted demands are never shown alone: they are put
/// together with others until they are three or concern none.
package struct SmallCells {
  /// A count and how many of it are restricted.
  struct Cell: Sendable, Equatable {
    var count = 0
    var restricted = 0

    /// May stand alone.
    var isSafe: Bool { restricted == 0 || count == 0 || count >= SmallCells.least }

    static func += (left: inout Cell, right: Cell) {
      left.count += right.count
      left.restricted += right.restricted
    }
  }

  /// The least count that stands alone.
  package static let least = 3

  /// Neighbours in their order, put together where one must not stand alone.
  ///
  /// - Returns: runs of places that are shown as one; all of them may stand alone, but for a single
  ///   run of fewer than three in all.
  static func merged(_ cells: [Cell]) -> [Range<Int>] {
    var runs = cells.indices.map { $0..<($0 + 1) }
    func sum(_ run: Range<Int>) -> Cell { run.reduce(into: Cell()) { $0 += cells[$1] } }
    while runs.count > 1, let unsafe = runs.firstIndex(where: { !sum($0).isSafe }) {
      let next = unsafe + 1 < runs.count ? unsafe : unsafe - 1
      let joined = runs[next].lowerBound..<runs[next + 1].upperBound
      runs.replaceSubrange(next...next + 1, with: [joined])
    }
    return runs
  }
}
