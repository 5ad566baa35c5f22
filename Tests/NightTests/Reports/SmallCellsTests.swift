import Matcher
import MatcherTestSupport
import Testing

@testable import Night

// 1. after merging no count below three that involves a restricted demand stands alone, and sums stay
// 2. runs are as they were where nothing is restricted
// 3. the same for sector × city, where nothing can be told from sums of rows either
@Suite("Small cells")
struct SmallCellsTests {
  @Test("no small restricted count stands alone", arguments: UInt64(0)..<200)
  func runs(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let cells = (0..<random.int(1...6)).map { _ in
      let count = random.int(0...6)
      return SmallCells.Cell(
        count: count, restricted: random.chance(50) ? random.int(0...count) : 0)
    }
    let runs = SmallCells.merged(cells)
    #expect(runs.flatMap(Array.init) == Array(cells.indices))
    let sums = runs.map { run in
      run.reduce(into: SmallCells.Cell()) { $0 += cells[$1] }
    }
    #expect(runs.count == 1 || sums.allSatisfy(\.isSafe))
    if cells.allSatisfy(\.isSafe) { #expect(runs.count == cells.count) }
  }

  @Test("nor in a table of sectors and cities", arguments: UInt64(0)..<200)
  func table(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let items = (0..<random.int(0...60)).map { _ in
      let isDemand = random.chance(50)
      return SupplyDemand.Item(
        sector: random.pick(["", "ic", "nm", "bm"]),
        city: random.pick(["", "a", "b", "c", "d", "e"]),
        demand: isDemand
          ? SmallCells.Cell(count: 1, restricted: random.chance(30) ? 1 : 0) : nil)
    }
    let table = SupplyDemand(items, columns: 3)
    let cells = table.rows.flatMap(\.cells)
    #expect(cells.reduce(0) { $0 + $1.demands.count } == items.count { $0.demand != nil })
    #expect(cells.reduce(0) { $0 + $1.lines } == items.count { $0.demand == nil })
    #expect(table.rows.allSatisfy { $0.cells.count == table.cities.count })
    let isWhole = table.rows.count == 1 && cells.count { $0.demands.count > 0 } == 1
    #expect(isWhole || cells.allSatisfy(\.demands.isSafe))
    #expect(table == SupplyDemand(items.reversed(), columns: 3))
  }

  @Test("what anybody could tell apart is not merged")
  func openStaysApart() {
    let item = SupplyDemand.Item(
      sector: "ic", city: "a", demand: SmallCells.Cell(count: 1, restricted: 0))
    let other = SupplyDemand.Item(
      sector: "nm", city: "b", demand: SmallCells.Cell(count: 1, restricted: 0))
    #expect(SupplyDemand([item, other]).rows.map(\.sector) == ["ic", "nm"])
  }
}
