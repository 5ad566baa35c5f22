/// A table for people, made once and shown on pages, in workbooks and as CSV.
struct ReportTable: Sendable, Equatable {
  struct Column: Sendable, Equatable {
    let title: String
    /// In characters of a workbook's column.
    let width: Int
    var isNumber = false
    /// Ids, days, verdicts: never broken over lines on a page.
    var isShort = false
  }

  var title: String
  let columns: [Column]
  /// As many cells as columns, in the order of reading.
  var rows: [[String]] = []
  /// Rows that there are beyond these.
  var left = 0
  /// What is counted: 条, 个, ….
  var unit: String
  /// Said below it.
  var note = ""
}
