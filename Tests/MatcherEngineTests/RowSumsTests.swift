import CMatcherKernels
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// 1. The wide sums of rows are those of plain Swift, cell by cell and row by row.
/// 2. A cell is laid out as the kernel has it.
@Suite struct RowSumsTests {
  @Test("Wide and plain sums agree, with and without leaving conflicts", arguments: 0..<40)
  func wideEqualsPlain(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let rows = 1 + Int(random.next() % 300)
    let columns = Columns(count: Int(random.next() % 12), rows: rows, &random)
    let hard = Int(random.next() % UInt64(columns.count + 1))
    // Some slots have several rows.
    var slots: [UInt32] = [0]
    while slots.count < rows {
      slots.append(slots[slots.count - 1] + UInt32(random.next() % 4 / 2))
    }
    let block = LineIndex.Block(
      firstRow: 0, rows: UInt32(rows), firstSlot: 0, slots: (slots.last ?? 0) + 1, service: 0,
      flags: 0, firstSegment: 0, segments: 0)
    let from = Int(random.next() % UInt64(rows))
    slots.withUnsafeBufferPointer { slots in
      guard let base = slots.baseAddress else { return }
      for leaves in [true, false] {
        let run = RowSums.Rows(from..<rows, of: block, slots: base, leaves: leaves)
        let common = Columns.cell(&random, conflicts: false)
        let plain = columns.sums(common, hard, run, isWide: false)
        let wide = columns.sums(common, hard, run, isWide: RowSums.isWide)
        let isSame = plain == wide
        #expect(isSame, "seed \(seed), leaves \(leaves)")
      }
    }
  }

  @Test("A cell is 64 bytes in the kernel's order")
  func layout() {
    #expect(MemoryLayout<Cell>.size == MemoryLayout<ck_cell>.size)
    #expect(MemoryLayout<Cell>.offset(of: \.least) == MemoryLayout<ck_cell>.offset(of: \.least))
    #expect(MemoryLayout<Cell>.offset(of: \.causes) == MemoryLayout<ck_cell>.offset(of: \.causes))
    #expect(MemoryLayout<Cell>.offset(of: \.bits) == MemoryLayout<ck_cell>.offset(of: \.bits))
  }
}

/// Random columns of facets, codes and cells.
private final class Columns {
  let count: Int
  private var facets: [[UInt32]] = []
  private var codes: [[UInt16]] = []
  private var cells: [[Cell]] = []

  init(count: Int, rows: Int, _ random: inout SeededGenerator) {
    self.count = count
    for _ in 0..<count {
      let (some, few) = (1 + random.next() % 90, 1 + random.next() % 20)
      facets.append((0..<rows).map { _ in UInt32(random.next() % some) })
      codes.append((0...some).map { _ in UInt16(random.next() % few) })
      cells.append((0..<few).map { _ in Columns.cell(&random, conflicts: true) })
    }
  }

  static func cell(_ random: inout SeededGenerator, conflicts: Bool) -> Cell {
    func number(_ below: UInt64) -> Int64 { Int64(random.next() % below) }
    var cell = Cell.nothing
    cell.sums = SIMD4(number(1 << 40), number(1 << 40), number(1 << 40), number(1 << 20))
    cell.least = SIMD4(
      Int32(number(1_000_000)), Int32(number(1_000_000)), Int32(number(1_000_000)),
      Int32(number(40_000)) - 100)
    if conflicts, random.next() % 3 == 0 { cell.causes = 1 << (random.next() % 30) }
    if conflicts, random.next() % 40 == 0 { cell.causes |= Cell.final }
    cell.causes |= (random.next() & Cell.pendings)
    cell.bits = random.next() % 2 == 0 ? Cell.oneStrong : 1 << (random.next() % 58)
    return cell
  }

  /// The rows that were kept with their sums, and the days of all, as text.
  func sums(_ common: Cell, _ hard: Int, _ run: RowSums.Rows, isWide: Bool) -> [String] {
    let scratch = Scratch()
    scratch.hardActive = hard
    var held: [UnsafeMutableRawPointer] = []
    func hold<Value>(_ values: [Value]) -> UnsafePointer<Value> {
      let memory = UnsafeMutablePointer<Value>.allocate(capacity: values.count + 1)
      memory.initialize(from: values, count: values.count)
      held.append(UnsafeMutableRawPointer(memory))
      return UnsafePointer(memory)
    }
    for column in 0..<count {
      scratch.active.append(
        ck_column(
          facets: hold(facets[column]), codes: hold(codes[column]),
          cells: UnsafeRawPointer(hold(cells[column])).assumingMemoryBound(to: ck_cell.self)))
    }
    let kept = RowSums.add(common, scratch, run, isWide: isWide)
    let sums = scratch.sums(ofRows: run.run.count)
    let out =
      (0..<kept).map { "\(scratch.rows[$0]) \(sums[$0])" }
      + (0..<run.run.count).map { "\(scratch.days[$0])" }
    for memory in held { memory.deallocate() }
    return out
  }
}
