import Matcher

/// Reads the rows of one sheet.
struct SheetReader {
  /// Cells of one sheet, covered ones included.
  static let cellLimit = 100_000_000

  private let info: SheetInfo
  private let context: SheetContext
  private let outline: SheetOutline
  private let notes: [Int: [(column: Int, text: String)]]
  private var merges: MergeFiller
  private(set) var issues: [RecordIssue] = []
  /// Formulas that several cells share, by their number in the file.
  private var shared: [Int: String] = [:]
  private var lastRow = 0
  private var cellCount = 0

  init(
    _ info: SheetInfo, _ context: SheetContext, _ outline: SheetOutline,
    _ notes: [CellReference: String]
  ) {
    self.info = info
    self.context = context
    self.outline = outline
    self.notes = Dictionary(grouping: notes, by: \.key.row).mapValues {
      $0.map { ($0.key.column, $0.value) }
    }
    merges = MergeFiller(outline.merges)
  }

  mutating func read(
    part: String, _ source: PartSource, into consumer: inout some SheetConsumer
  ) throws(TableFileError) {
    var scanner = XMLScanner(part: part) { () throws(TableFileError) in try source.next() }
    while true {
      switch try scanner.next() {
      case .done: return
      case .start where scanner.isNamed("row"):
        let row = try row(&scanner)
        fillGap(before: row.number, into: &consumer)
        give(row, into: &consumer)
        if cellCount > SheetReader.cellLimit { throw .tooLarge(part) }
      case .end where scanner.isNamed("sheetData"): return
      default: continue
      }
    }
  }

  private mutating func fillGap(before row: Int, into consumer: inout some SheetConsumer) {
    guard lastRow + 1 < row, row - lastRow <= WorkbookReader.longestGap else { return }
    for number in lastRow + 1..<row {
      var blank = SheetRow(number: number, cells: [])
      blank.isHidden = outline.hidesRows
      give(blank, into: &consumer)
    }
  }

  private mutating func give(_ row: SheetRow, into consumer: inout some SheetConsumer) {
    var row = row
    for (column, text) in notes[row.number] ?? [] {
      while row.cells.count <= column { row.cells.append(Cell(.empty)) }
      row.cells[column].note = text
    }
    merges.fill(&row.cells, row: row.number)
    while let last = row.cells.last, last == Cell(.empty) { row.cells.removeLast() }
    lastRow = row.number
    cellCount += row.cells.count + 1
    consumer.row(row)
  }

  private mutating func row(_ scanner: inout XMLScanner) throws(TableFileError) -> SheetRow {
    var number = lastRow + 1
    if let stated = scanner.integer("r"), stated > lastRow, stated <= CellReference.lastRow {
      number = stated
    }
    var row = SheetRow(number: number, cells: [])
    row.isHidden =
      scanner.flag("hidden") || scanner.attribute("ht").flatMap(Double.init) == 0
      || outline.hidesRows && scanner.attribute("hidden") == nil
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      let token = try scanner.next()
      if token == .done { break }
      if token == .start, scanner.isNamed("c") { try cell(&scanner, into: &row) }
    }
    return row
  }

  private mutating func cell(
    _ scanner: inout XMLScanner, into row: inout SheetRow
  ) throws(TableFileError) {
    var column = row.cells.count
    if let range = scanner.value("r"), let place = CellReference(scanner.buffer[range]) {
      column = place.column
    }
    guard column <= CellReference.lastColumn else { return try scanner.skipElement() }
    let style = scanner.integer("s")
    let kind = scanner.attribute("t") ?? "n"
    let parts = try CellParts(&scanner, shared: &shared)
    while row.cells.count <= column { row.cells.append(Cell(.empty)) }
    row.cells[column] = cell(
      kind, parts, style, CellReference(column: column, row: row.number))
  }

  private mutating func cell(
    _ kind: String, _ parts: CellParts, _ style: Int?, _ place: CellReference
  ) -> Cell {
    let value = parts.value ?? ""
    if let formula = parts.formula, value.isEmpty, parts.text == nil, kind != "str" {
      return Cell(.formula(formula))
    }
    let content: Cell.Content =
      switch kind {
      case "s": sharedText(value, place)
      case "inlineStr": text(parts.text ?? value)
      case "str": text(XMLText.unescaped(value))
      case "b": value.isEmpty ? .empty : .flag(value == "1" || value == "true")
      case "e": .error(value)
      case "d": isoDate(value)
      default: number(value, style)
      }
    var cell = Cell(content)
    cell.isComputed = parts.formula != nil
    return cell
  }

  private func text(_ text: String) -> Cell.Content {
    text.isEmpty ? .empty : .text(text)
  }

  private mutating func sharedText(_ value: String, _ place: CellReference) -> Cell.Content {
    if value.isEmpty { return .empty }
    guard let index = Int(value), context.strings.indices.contains(index) else {
      issues.append(
        RecordIssue(
          .warning, file: info.file, row: place.row, field: field(place),
          got: "text number '\(value)'",
          expected: "one of the \(context.strings.count) texts of the file",
          hint: "the cell is read as empty; save the file again and send it"))
      return .empty
    }
    return text(context.strings[index])
  }

  private func isoDate(_ value: String) -> Cell.Content {
    CivilDate(iso: value.prefix(10)).map { .date($0) } ?? text(value)
  }

  private mutating func number(_ raw: String, _ style: Int?) -> Cell.Content {
    if raw.isEmpty { return .empty }
    guard let number = NumberText(raw), let value = Double(raw), value.isFinite else {
      return .text(raw)
    }
    let format = style.flatMap { context.formats.indices.contains($0) ? context.formats[$0] : nil }
    switch format ?? .general {
    case .general: return .number(value, number.text)
    case .percent: return .number(value, number.shifted(2).text + "%")
    case .worded(let before, let after): return .number(value, before + number.text + after)
    case .date: return moment(value) ?? .number(value, number.text)
    case .time where value >= 1: return .number(value, number.text)
    case .time: return moment(value) ?? .number(value, number.text)
    case .yearAndMonth:
      guard let day = context.dates.day(value) else { return .number(value, number.text) }
      return .text(String(day.description.prefix(7)))
    }
  }

  /// A serial number below one is a clock time, whatever its format says.
  private func moment(_ value: Double) -> Cell.Content? {
    if value >= 0, value < 1 { return .text(SerialDate.clock(value)) }
    return context.dates.day(value).map { .date($0) }
  }

  private func field(_ place: CellReference) -> String {
    [info.sheet, place.text].compactMap { $0 }.joined(separator: "!")
  }
}

/// The children of a cell.
struct CellParts {
  private(set) var value: String?
  private(set) var formula: String?
  private(set) var text: String?

  init(_ scanner: inout XMLScanner, shared: inout [Int: String]) throws(TableFileError) {
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      switch try scanner.next() {
      case .start where scanner.isNamed("v"): value = try scanner.elementText()
      case .start where scanner.isNamed("is"): text = try scanner.richText()
      case .start where scanner.isNamed("f"):
        let group = scanner.attribute("t") == "shared" ? scanner.integer("si") : nil
        var body = try scanner.elementText()
        if let group {
          if body.isEmpty { body = shared[group] ?? "" } else { shared[group] = body }
        }
        formula = body
      case .done: return
      default: continue
      }
    }
  }
}
