import CMatcherKernels
import Matcher

/// Adds up the cells of rows, by the processor's wide instructions where it has them.
enum RowSums {
  /// A run of a block's rows.
  struct Rows {
    let run: Range<Int>
    /// Of all rows of the block.
    let slots: UnsafePointer<UInt32>
    /// The block's rows.
    let count: Int
    /// Whether a row is left when it is a conflict.
    let leaves: Bool
    private let hasCompany: Bool

    init(
      _ run: Range<Int>, of block: LineIndex.Block, slots: UnsafePointer<UInt32>, leaves: Bool
    ) {
      self.run = run
      self.slots = slots
      count = Int(block.rows)
      self.leaves = leaves
      hasCompany = block.rows != block.slots
    }

    /// Whether a row is its line's only one.
    @inline(__always)
    func isAlone(_ row: Int) -> Bool {
      !hasCompany
        || ((row == 0 || slots[row - 1] != slots[row])
          && (row + 1 == count || slots[row + 1] != slots[row]))
    }
  }

  /// Whether the processor's wide instructions are used.
  static let isWide = ck_level() >= 1

  /// Adds what a run's rows have in the active columns to what all rows share.
  ///
  /// A row that is alone and a conflict after the hard columns is left there. The others stand in
  /// `scratch.rows`, their sums in `scratch.sums`, one behind the other; `scratch.days` holds the
  /// first day of change of every row of the run, as far as it was added up.
  ///
  /// - Returns: how many rows were not left.
  static func add(
    _ common: Cell, _ scratch: Scratch, _ rows: Rows, isWide: Bool = RowSums.isWide
  ) -> Int {
    let kept =
      isWide ? addWide(common, scratch, rows) : addPlainly(common, scratch, rows)
    if let criteria = scratch.criteria {
      let rest = scratch.active.count - scratch.hardActive
      scratch.criteria = criteria + rows.run.count * scratch.hardActive + kept * rest
    }
    return kept
  }

  private static func addWide(_ common: Cell, _ scratch: Scratch, _ rows: Rows) -> Int {
    let sums = scratch.sums(ofRows: rows.run.count)
    let (kept, days) = (scratch.rows, scratch.days)
    let count = scratch.active.count
    let hard = rows.leaves ? scratch.hardActive : count
    let run = ck_rows(
      slots: rows.slots, count: rows.count, from: rows.run.lowerBound, to: rows.run.upperBound,
      final: rows.leaves ? Cell.final : 0, failures: rows.leaves ? Cell.failures : 0)
    return scratch.active.withUnsafeBufferPointer { columns in
      withUnsafePointer(to: common) { common in
        ck_add_cells(
          UnsafeRawPointer(common).assumingMemoryBound(to: ck_cell.self), columns.baseAddress, hard,
          count, run, scratch.places(columns.count * rows.run.count),
          UnsafeMutableRawPointer(sums).assumingMemoryBound(to: ck_cell.self), kept,
          days)
      }
    }
  }

  /// The same in plain Swift: the reference of the other, and what runs elsewhere.
  private static func addPlainly(_ common: Cell, _ scratch: Scratch, _ rows: Rows) -> Int {
    let sums = scratch.sums(ofRows: rows.run.count)
    let (kept, days) = (scratch.rows, scratch.days)
    let (hard, count) = (scratch.hardActive, scratch.active.count)
    var left = 0
    scratch.active.withUnsafeBufferPointer { columns in
      for row in rows.run {
        var cell = common
        for place in 0..<hard { cell.add(columns[place], row) }
        let isLeft = rows.leaves && Scanner.isConflict(cell.causes) && rows.isAlone(row)
        if !isLeft { for place in hard..<count { cell.add(columns[place], row) } }
        days[row - rows.run.lowerBound] = cell.least[3]
        if isLeft { continue }
        sums[left] = cell
        kept[left] = Int32(truncatingIfNeeded: row)
        left += 1
      }
    }
    return left
  }
}

extension Cell {
  /// Adds what a row has in a column.
  @inline(__always)
  fileprivate mutating func add(_ column: ck_column, _ row: Int) {
    let code = Int(column.codes[Int(column.facets[row])])
    add(UnsafeRawPointer(column.cells + code).assumingMemoryBound(to: Cell.self).pointee)
  }
}
