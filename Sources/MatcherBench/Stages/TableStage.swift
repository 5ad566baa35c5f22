import Matcher
import TableFiles

/// A list of 100,000 rows as CSV into rows and cells: the library's part, from UTF-8.
enum TableStage: Stage {
  static let name = "table"

  static func prepare(_ workload: Workload) { _ = workload.tableChunks }

  static func run(_ workload: Workload) -> [(String, Int)] {
    var counter = CellCounter()
    var reader = DelimitedReader(SheetInfo(file: "list.csv"))
    for chunk in workload.tableChunks { reader.feed(chunk, into: &counter) }
    reader.finish(into: &counter)
    return counter.counts(workload.tableChunks)
  }
}

/// The same list in GB18030 as a file: its encoding told, decoded, into rows and cells.
enum TableFileStage: Stage {
  static let name = "table_gb18030"

  static func prepare(_ workload: Workload) { _ = workload.encodedTableChunks }

  static func run(_ workload: Workload) -> [(String, Int)] {
    var counter = CellCounter()
    var rest = workload.encodedTableChunks[...]
    let file = try? TableFile.open(
      { rest.popFirst() }, name: "list.csv", corpus: workload.corpus)
    _ = try? file?.read(into: &counter)
    return counter.counts(workload.encodedTableChunks)
  }
}

private struct CellCounter: SheetConsumer {
  private var rows = 0
  private var cells = 0

  mutating func begin(_ sheet: SheetInfo) {}

  mutating func row(_ row: SheetRow) {
    rows += 1
    cells += row.cells.count
  }

  mutating func end() {}

  func counts(_ chunks: [[UInt8]]) -> [(String, Int)] {
    [("bytes", chunks.reduce(0) { $0 + $1.count }), ("rows", rows), ("cells", cells)]
  }
}
