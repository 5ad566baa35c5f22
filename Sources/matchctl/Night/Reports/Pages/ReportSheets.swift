import Matcher
import RecordFiles
import TableFiles

/// Tables as workbooks and CSV.
struct ReportSheets {
  let corpus: Corpus
  let language: Language

  /// A workbook of one sheet a table: the title and what it rests on first, then the heading, both
  /// repeated on every printed page.
  func workbook(_ tables: [(name: String, table: ReportTable)], facts: (ReportTable) -> String)
    -> [UInt8]
  {
    var writer = WorkbookWriter()
    writer.font =
      switch language {
      case .simplified: ("宋体", 134)
      case .traditional: ("新細明體", 136)
      case .english: ("Arial", 0)
      }
    writer.sheets = tables.map { sheet($0.name, $0.table, facts: facts($0.table)) }
    return writer.write()
  }

  private func sheet(_ name: String, _ table: ReportTable, facts: String) -> NewSheet {
    var sheet = NewSheet(
      name: ReportSheets.sheetName(name),
      columns: table.columns.map {
        NewSheet.Column(width: $0.width, style: $0.isNumber ? .number : .text)
      })
    sheet.pageTitle = table.title
    sheet.headerRows = 3
    // Beside the title nothing stands, so it may run over the columns to its right.
    sheet.rows = [
      line(table.title, .banner, table), line(facts, .remark, table),
      table.columns.map { (.text($0.title), .heading) },
    ]
    for row in table.rows {
      sheet.rows.append(
        zip(table.columns, row).map { column, cell in
          if cell.isEmpty { return (.empty, .text) }
          let isNumber = column.isNumber && ReportSheets.isPlain(cell)
          return isNumber ? (.number(cell), .number) : (.text(cell), .text)
        })
    }
    if !table.note.isEmpty {
      sheet.rows.append(line("", .remark, table))
      sheet.rows.append(line(table.note, .remark, table))
    }
    return sheet
  }

  /// A text with free cells at its right, which have no borders of their columns.
  private func line(
    _ text: String, _ style: NewSheet.Style, _ table: ReportTable
  ) -> [(value: NewSheet.Value, style: NewSheet.Style)] {
    table.columns.indices.map { place in
      place == 0 && !text.isEmpty ? (.text(text), style) : (.empty, .remark)
    }
  }

  /// A decimal number as a workbook stores it.
  static func isPlain(_ text: String) -> Bool {
    let digits = text.first == "-" ? text.dropFirst() : text[...]
    return !digits.isEmpty && digits.utf8.count < 16
      && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// At most 31 characters, none of `[]:*?/\`.
  static func sheetName(_ text: String) -> String {
    String(text.map { "[]:*?/\\".contains($0) ? " " : $0 }.prefix(31))
  }

  /// With a byte order mark, so that Excel reads it as UTF-8; a cell that a spreadsheet would run as a
  /// formula stays text.
  static func csv(_ table: ReportTable) -> [UInt8] {
    var out = "\u{FEFF}"
    for row in [table.columns.map(\.title)] + table.rows {
      out += row.map(csvCell).joined(separator: ",") + "\r\n"
    }
    return Array(out.utf8)
  }

  private static func csvCell(_ text: String) -> String {
    var text = text
    if let first = text.first, "=+-@\t\r".contains(first), !isPlain(text) { text = "'" + text }
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
