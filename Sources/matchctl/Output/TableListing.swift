import ArgumentParser
import Matcher
import RecordFiles
import TableFiles

/// Shows a file's sheets, rows and cells as they are read: to find out why a list is misread.
struct TableListing {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat

  func show(_ path: String, encoding: TextEncoding?) throws {
    let input = TableInput(corpus: corpus, language: language)
    let file = try input.open(path, encoding: encoding)
    var printer = CellPrinter(format: format)
    let reading = try input.read(file, into: &printer)
    printer.finish()
    let issues = IssueWriter(corpus: corpus, language: language, format: format)
    switch format {
    case .jsonl, .json:
      for issue in reading.issues { Output.line(JSONWriter.line(issue.json)) }
      Output.line(JSONWriter.line(summary(path, reading, printer)))
    case .table, .csv:
      if let encoding = reading.encoding { Output.error(input.sentence(encoding)) }
      for issue in reading.issues { Output.error(issues.line(issue)) }
    }
    if printer.rows == 0 { throw ExitCode(1) }
  }

  private func summary(
    _ path: String, _ reading: TableFile.Reading, _ printer: CellPrinter
  ) -> JSONValue {
    var object = JSONObject([
      ("type", .string("summary")), ("file", .string(path)), ("sheets", .integer(printer.sheets)),
      ("rows", .integer(printer.rows)),
    ])
    if let found = reading.encoding {
      object["encoding"] = .string(found.encoding.rawValue)
      object["basis"] = .string(found.basis.rawValue)
      if let other = found.other { object["other"] = .string(other.rawValue) }
    }
    if let separator = reading.separator {
      object["separator"] = .string(String(UnicodeScalar(separator)))
    }
    return .object(object)
  }
}

/// Prints rows as they come.
private struct CellPrinter: SheetConsumer {
  let format: OutputFormat
  private(set) var sheets = 0
  private(set) var rows = 0
  private var sheet: SheetInfo?
  private var waiting: [SheetRow] = []

  init(format: OutputFormat) {
    self.format = format
  }

  mutating func begin(_ sheet: SheetInfo) {
    sheets += 1
    self.sheet = sheet
    switch format {
    case .json, .jsonl: Output.line(JSONWriter.line(json(sheet)))
    case .table:
      let marks = [sheet.isHidden ? "hidden" : nil, sheet.dated.map { "dated \($0)" }]
      let words = [sheet.file, sheet.sheet] + marks
      Output.line("\n== " + words.compactMap { $0 }.joined(separator: " · "))
    case .csv: break
    }
  }

  mutating func row(_ row: SheetRow) {
    rows += 1
    switch format {
    case .json, .jsonl: Output.line(JSONWriter.line(json(row)))
    case .csv: Output.line(CSVWriter.row(row.cells.map(\.text)))
    case .table:
      waiting.append(row)
      if waiting.count == 200 { finish() }
    }
  }

  mutating func end() { finish() }

  /// Prints the rows that wait to be aligned.
  mutating func finish() {
    guard !waiting.isEmpty else { return }
    let width = waiting.map(\.cells.count).max() ?? 0
    let letters = (0..<width).map { CellPrinter.letters($0) }
    var table = TextTable(header: [""] + letters, limits: [8] + letters.map { _ in 24 })
    for row in waiting {
      table.add(["\(row.number)\(row.isHidden ? " −" : "")"] + row.cells.map(shown))
    }
    for line in table.lines() { Output.line(line) }
    waiting = []
  }

  /// The cell's text with a mark for what a sheet does not show at once.
  private func shown(_ cell: Cell) -> String {
    var text =
      switch cell.content {
      case .error(let error): "⚠\(error)"
      case .formula(let formula): "=\(formula)"
      default: cell.text
      }
    if cell.mergedFrom != nil { text = "↖" + text }
    if cell.isComputed { text += " ƒ" }
    if let note = cell.note { text += " ✎\(note)" }
    return text
  }

  private static func letters(_ column: Int) -> String {
    let high = column / 26
    let low = String(UnicodeScalar(UInt8(65 + column % 26)))
    return high == 0 ? low : letters(high - 1) + low
  }

  private func json(_ sheet: SheetInfo) -> JSONValue {
    var object = JSONObject([("type", .string("sheet")), ("file", .string(sheet.file))])
    if let name = sheet.sheet { object["sheet"] = .string(name) }
    if sheet.isHidden { object["hidden"] = .bool(true) }
    if let day = sheet.dated { object["dated"] = .string(day.description) }
    if !sheet.hiddenColumns.isEmpty {
      object["hiddenColumns"] = .array(
        sheet.hiddenColumns.prefix(1000).map { .string(CellPrinter.letters($0)) })
    }
    return .object(object)
  }

  private func json(_ row: SheetRow) -> JSONValue {
    var object = JSONObject([("type", .string("row"))])
    if let name = sheet?.sheet { object["sheet"] = .string(name) }
    object["row"] = .integer(row.number)
    if row.isHidden { object["hidden"] = .bool(true) }
    let cells = row.cells.enumerated().filter { $0.element != Cell(.empty) }
    object["cells"] = .array(cells.map { json($0.element, CellPrinter.letters($0.offset)) })
    return .object(object)
  }

  private func json(_ cell: Cell, _ column: String) -> JSONValue {
    var object = JSONObject([("column", .string(column))])
    switch cell.content {
    case .empty: break
    case .text(let text): object["text"] = .string(text)
    case .number(_, let text): object["number"] = .string(text)
    case .date(let day): object["date"] = .string(day.description)
    case .flag(let flag): object["flag"] = .bool(flag)
    case .error(let error): object["error"] = .string(error)
    case .formula(let formula): object["formula"] = .string(formula)
    }
    if cell.isComputed { object["computed"] = .bool(true) }
    if let row = cell.mergedFrom { object["mergedFrom"] = .integer(row) }
    if let note = cell.note { object["note"] = .string(note) }
    return .object(object)
  }
}
