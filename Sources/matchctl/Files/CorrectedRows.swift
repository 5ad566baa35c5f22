import Matcher

/// A cell that somebody corrected after the file came in.
package struct CellCorrection: Sendable, Equatable {
  /// nil in files that have no sheets.
  package let sheet: String?
  /// From 1, as the file's program shows it.
  package let row: Int
  /// From 0.
  package let column: Int
  package let text: String

  package init(sheet: String?, row: Int, column: Int, text: String) {
    self.sheet = sheet
    self.row = row
    self.column = column
    self.text = text
  }
}

/// Gives rows on with corrected cells in the place of the file's. Rows that the file does not have stay
/// away.
package struct CorrectedRows<Consumer: SheetConsumer>: SheetConsumer {
  package private(set) var consumer: Consumer
  private let corrections: [String: [Int: [CellCorrection]]]
  private var ofSheet: [Int: [CellCorrection]] = [:]

  package init(_ consumer: Consumer, _ corrections: [CellCorrection]) {
    self.consumer = consumer
    self.corrections = Dictionary(grouping: corrections) { $0.sheet ?? "" }
      .mapValues { Dictionary(grouping: $0) { $0.row } }
  }

  package mutating func begin(_ sheet: SheetInfo) {
    ofSheet = corrections[sheet.sheet ?? ""] ?? [:]
    consumer.begin(sheet)
  }

  package mutating func row(_ row: SheetRow) {
    guard let own = ofSheet[row.number] else { return consumer.row(row) }
    var row = row
    for correction in own where correction.column < 16_384 {
      while row.cells.count <= correction.column { row.cells.append(Cell(.empty)) }
      row.cells[correction.column] = Cell(
        correction.text.isEmpty ? .empty : .text(correction.text))
    }
    consumer.row(row)
  }

  package mutating func end() {
    consumer.end()
  }
}
