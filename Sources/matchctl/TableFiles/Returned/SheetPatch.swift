/// Writes the added columns and marks into the XML of one sheet.
struct SheetPatch {
  private let part: String
  private let bytes: [UInt8]
  private let columns: [Int]
  private let labels: ReturnedLabels
  private let headerRow: Int
  private let rows: [Int: ReturnedRow]
  private var edits = XMLEdits()
  private var prefix = ""
  private var lastRow = 0
  /// Styles of the heading at the left of the added columns and of the first row's cell there.
  private var headingStyle: Int?
  private var textStyle: Int?
  private var written: Set<Int> = []

  /// A cell as it stands in the file.
  private struct Place {
    let column: Int
    let tag: Range<Int>
    var whole: Range<Int>
    let style: Int
  }

  /// A row as it stands in the file.
  private struct Row {
    let number: Int
    let tag: Range<Int>
    var cells: [Place] = []
    /// Where the end tag stands; nil for an empty element.
    var end: Int?
  }

  init(
    part: String, bytes: [UInt8], columns: [Int], labels: ReturnedLabels, table: ReturnedTable
  ) {
    self.part = part
    self.bytes = bytes
    self.columns = columns
    self.labels = labels
    headerRow = table.headerRow
    rows = Dictionary(table.rows.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
  }

  /// The sheet's new content.
  mutating func write(_ styles: inout StylePatch) throws(TableFileError) -> [UInt8] {
    var scanner = XMLScanner(part: part, bytes: bytes)
    var columnTags: [Range<Int>] = []
    var hasColumns = false
    loop: while true {
      switch try scanner.next() {
      case .done: break loop
      case .start where scanner.isNamed("dimension"): widen(scanner.range)
      case .start where scanner.isNamed("cols"): hasColumns = true
      case .start where scanner.isNamed("col"): columnTags.append(scanner.range)
      case .end where scanner.isNamed("cols"):
        setWidths(columnTags, insertAt: scanner.range.lowerBound)
      case .start where scanner.isNamed("sheetData"):
        prefix = XMLTag(bytes[scanner.range]).prefix
        if !hasColumns { addWidths(at: scanner.range.lowerBound) }
        let isEmpty = scanner.isEmptyElement
        try sheetData(&scanner, &styles)
        if isEmpty { continue }
        break loop
      default: continue
      }
    }
    return edits.applied(to: bytes)
  }

  private mutating func sheetData(
    _ scanner: inout XMLScanner, _ styles: inout StylePatch
  ) throws(TableFileError) {
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      let token = try scanner.next()
      if token == .done { return }
      if token == .start, scanner.isNamed("row") {
        let row = try row(&scanner)
        addMissing(before: row.number, at: row.tag.lowerBound, &styles)
        write(row, &styles)
        lastRow = row.number
      }
    }
    addMissing(before: .max, at: scanner.range.lowerBound, &styles)
  }

  private func row(_ scanner: inout XMLScanner) throws(TableFileError) -> Row {
    var number = lastRow + 1
    if let stated = scanner.integer("r"), stated > lastRow, stated <= CellReference.lastRow {
      number = stated
    }
    var row = Row(number: number, tag: scanner.range)
    if !scanner.isEmptyElement { row.end = scanner.range.upperBound }
    let outer = scanner.depth - 1
    var next = 0
    while scanner.depth > outer {
      let token = try scanner.next()
      if token == .done { break }
      guard token == .start, scanner.isNamed("c") else {
        if token == .end, row.end != nil { row.end = scanner.range.lowerBound }
        continue
      }
      let place = scanner.value("r").flatMap { CellReference(scanner.buffer[$0]) }
      let column = place?.column ?? next
      next = column + 1
      let start = scanner.range
      let style = scanner.integer("s") ?? 0
      try scanner.skipElement()
      let whole = start.lowerBound..<scanner.range.upperBound
      row.cells.append(Place(column: column, tag: start, whole: whole, style: style))
    }
    return row
  }

  // MARK: rows

  private mutating func write(_ row: Row, _ styles: inout StylePatch) {
    let isHeader = row.number == headerRow
    let returned = rows[row.number]
    guard isHeader || returned != nil, !written.contains(row.number) else { return }
    written.insert(row.number)
    var added = returned.map { mark(row, $0, &styles) } ?? []
    let texts = isHeader ? labels.texts : returned?.texts ?? []
    for (column, text) in zip(columns, texts) {
      if let old = row.cells.first(where: { $0.column == column }) {
        let style = old.style == 0 ? style(in: row, isHeader, &styles) : old.style
        edits.replace(old.whole, cell(column, row.number, text, style))
      } else if !text.isEmpty {
        added.append((column, cell(column, row.number, text, style(in: row, isHeader, &styles))))
      }
    }
    insert(added, into: row)
  }

  /// Puts new cells into a row, each before the first cell at its right.
  private mutating func insert(_ cells: [(column: Int, text: String)], into row: Row) {
    let cells = cells.sorted { $0.column < $1.column }
    guard let last = cells.last else { return }
    var tag = XMLTag(bytes[row.tag])
    if let spans = tag.value("spans"), let start = spans.split(separator: ":").first,
      let end = spans.split(separator: ":").last.flatMap({ Int($0) }), end < last.column + 1
    {
      tag.set("spans", "\(start):\(last.column + 1)")
    }
    guard let end = row.end else {
      tag.open()
      let text = cells.map(\.text).joined()
      return edits.replace(row.tag, "\(tag.text)\(text)</\(prefix)row>")
    }
    if tag.text != XMLTag(bytes[row.tag]).text { edits.replace(row.tag, tag.text) }
    for cell in cells {
      let next = row.cells.first { $0.column > cell.column }?.tag.lowerBound ?? end
      edits.replace(next..<next, cell.text)
    }
  }

  /// Writes rows that the file leaves out because they are blank.
  private mutating func addMissing(
    before row: Int, at place: Int, _ styles: inout StylePatch
  ) {
    let missing = rows.values.filter { returned in
      returned.number > lastRow && returned.number < row && !written.contains(returned.number)
        && (!returned.marks.isEmpty || returned.texts.contains { !$0.isEmpty })
    }
    for returned in missing.sorted(by: { $0.number < $1.number }) {
      written.insert(returned.number)
      var cells = mark(Row(number: returned.number, tag: place..<place), returned, &styles)
      for (column, text) in zip(columns, returned.texts) where !text.isEmpty {
        cells.append((column, cell(column, returned.number, text, textStyle)))
      }
      let text = cells.sorted { $0.column < $1.column }.map(\.text).joined()
      edits.replace(
        place..<place, "<\(prefix)row r=\"\(returned.number)\">\(text)</\(prefix)row>")
    }
  }

  private func cell(_ column: Int, _ row: Int, _ text: String, _ style: Int?) -> String {
    let place = CellReference(column: column, row: row).text
    let styled = style.map { $0 == 0 ? "" : " s=\"\($0)\"" } ?? ""
    if text.isEmpty { return "<\(prefix)c r=\"\(place)\"\(styled)/>" }
    return "<\(prefix)c r=\"\(place)\"\(styled) t=\"inlineStr\"><\(prefix)is>"
      + "<\(prefix)t xml:space=\"preserve\">\(XMLText.encoded(text))</\(prefix)t></\(prefix)is>"
      + "</\(prefix)c>"
  }

  // MARK: styles

  /// A heading looks like the one at its left; other cells like the first row's last cell.
  private mutating func style(
    in row: Row, _ isHeader: Bool, _ styles: inout StylePatch
  ) -> Int? {
    let left = row.cells.last { $0.column < (columns.min() ?? 0) }?.style ?? 0
    if isHeader {
      headingStyle = headingStyle ?? styles.unmarked(left) ?? left
      return headingStyle
    }
    if textStyle == nil { textStyle = styles.text(left) }
    return textStyle
  }

  /// Marks cells that are there; gives the cells to add where a marked one is not.
  private mutating func mark(
    _ row: Row, _ returned: ReturnedRow, _ styles: inout StylePatch
  ) -> [(column: Int, text: String)] {
    for place in row.cells where !columns.contains(place.column) {
      let plain = styles.unmarked(place.style)
      var style = plain ?? place.style
      if let mark = returned.marks[place.column] {
        style = styles.marked(style, mark) ?? style
      }
      guard style != place.style else { continue }
      var tag = XMLTag(bytes[place.tag])
      tag.set("s", String(style))
      edits.replace(place.tag, tag.text)
    }
    var added: [(column: Int, text: String)] = []
    for (column, mark) in returned.marks
    where !columns.contains(column) && !row.cells.contains(where: { $0.column == column }) {
      if let style = styles.marked(0, mark) {
        added.append((column, cell(column, row.number, "", style)))
      }
    }
    return added
  }

  // MARK: the sheet's frame

  /// The stated size of the used range takes in the new columns.
  private mutating func widen(_ range: Range<Int>) {
    var tag = XMLTag(bytes[range])
    guard let reference = tag.value("ref"), let area = CellArea(reference) else { return }
    let last = max(area.columns.upperBound, columns.max() ?? 0)
    let lastRow = max(area.rows.upperBound, rows.keys.max() ?? 0, headerRow)
    let first = CellReference(column: area.columns.lowerBound, row: area.rows.lowerBound)
    let text = "\(first.text):\(CellReference(column: last, row: lastRow).text)"
    guard text != reference else { return }
    tag.set("ref", text)
    edits.replace(range, tag.text)
  }

  /// Widths in characters: action, problems, id, what was read, the answer.
  private static let widths = [14, 60, 22, 60, 22]

  private func widthTag(_ column: Int, _ index: Int) -> String {
    "<\(prefix)col min=\"\(column + 1)\" max=\"\(column + 1)\" width=\"\(SheetPatch.widths[index])\" "
      + "customWidth=\"1\"/>"
  }

  private mutating func addWidths(at place: Int) {
    let tags = columns.enumerated().sorted { $0.element < $1.element }
      .map { widthTag($0.element, $0.offset) }
    edits.replace(place..<place, "<\(prefix)cols>\(tags.joined())</\(prefix)cols>")
  }

  /// Gives the added columns a width where the file states none for them; a statement for all
  /// columns up to the last is divided.
  private mutating func setWidths(_ tags: [Range<Int>], insertAt end: Int) {
    prefix = tags.first.map { XMLTag(bytes[$0]).prefix } ?? prefix
    var open = columns.enumerated().sorted { $0.element < $1.element }
    for range in tags {
      let tag = XMLTag(bytes[range])
      guard let first = tag.value("min").flatMap({ Int($0) }),
        let last = tag.value("max").flatMap({ Int($0) }), first <= last
      else { continue }
      let before = open.filter { $0.element + 1 < first }
      if !before.isEmpty {
        let text = before.map { widthTag($0.element, $0.offset) }.joined()
        edits.replace(range.lowerBound..<range.lowerBound, text)
      }
      let inside = open.filter { (first...last).contains($0.element + 1) }
      if last > first, !inside.isEmpty { divide(tag, range, first, last, inside) }
      open.removeAll { $0.element + 1 <= last }
    }
    let text = open.map { widthTag($0.element, $0.offset) }.joined()
    if !text.isEmpty { edits.replace(end..<end, text) }
  }

  private mutating func divide(
    _ tag: XMLTag, _ range: Range<Int>, _ first: Int, _ last: Int,
    _ inside: [(offset: Int, element: Int)]
  ) {
    var text = ""
    var next = first
    func rest(_ from: Int, _ to: Int) -> String {
      guard from <= to else { return "" }
      var piece = tag
      piece.set("min", String(from))
      piece.set("max", String(to))
      return piece.text.hasSuffix("/>") ? piece.text : piece.text + "</\(prefix)col>"
    }
    for (index, column) in inside {
      text += rest(next, column) + widthTag(column, index)
      next = column + 2
    }
    edits.replace(range, text + rest(next, last))
  }
}
