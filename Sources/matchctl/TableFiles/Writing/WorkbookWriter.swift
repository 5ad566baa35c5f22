/// A sheet to be written.
package struct NewSheet: Sendable {
  package enum Value: Sendable, Equatable {
    case empty
    /// Stays text whatever it begins with.
    case text(String)
    /// A plain decimal number as text.
    case number(String)
  }

  /// How a cell looks and what typing into it makes.
  package enum Style: Int, Sendable, CaseIterable {
    case plain
    case heading
    /// Wrapped text.
    case text
    /// Text that a program would take for a number: codes, phones.
    case code
    case number
    case date
    case example
    case exampleDate
    case title
    /// A title, and a remark, that run on over the empty cells at their right.
    case banner
    case remark
  }

  package struct Column: Sendable {
    /// In characters.
    package var width: Int
    package var style: Style
    /// Cells of another sheet that are offered as choices: sheet, column from 0, rows from 1.
    package var choices: (sheet: String, column: Int, rows: ClosedRange<Int>)?

    package init(width: Int, style: Style = .plain) {
      self.width = width
      self.style = style
    }
  }

  package var name: String
  package var columns: [Column]
  package var rows: [[(value: Value, style: Style)]] = []
  /// Rows at the top that stay in view and are repeated on every printed page.
  package var headerRows = 0
  /// Rows (from 1) whose first cell spans all columns: titles and remarks.
  package var spanningRows: Set<Int> = []
  /// What every printed page says at the top.
  package var pageTitle = ""

  package init(name: String, columns: [Column]) {
    self.name = name
    self.columns = columns
  }
}

/// Writes a workbook: A4 landscape, one page wide, headings repeated, choices from cell ranges.
///
/// Texts stand in the cells themselves and never become formulas. The same sheets give the same
/// bytes. Right in Excel, WPS and LibreOffice.
package struct WorkbookWriter {
  /// Rows in which choices are offered.
  static let choiceRows = 2000

  /// The font's name and its character set.
  package var font = (name: "Arial", charset: 0)
  package var sheets: [NewSheet] = []

  package init() {}

  package func write() -> [UInt8] {
    var zip = ZipWriter()
    zip.add("[Content_Types].xml", contentTypes)
    zip.add("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")]))
    zip.add("xl/workbook.xml", workbook)
    let parts = sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
    zip.add("xl/_rels/workbook.xml.rels", relations(parts + [("styles", "styles.xml")]))
    zip.add("xl/styles.xml", styles)
    for (index, sheet) in sheets.enumerated() {
      zip.add("xl/worksheets/sheet\(index + 1).xml", body(sheet, isFirst: index == 0))
    }
    return zip.finish()
  }

  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  private var contentTypes: String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    let sheetTypes = sheets.indices.map {
      "<Override PartName=\"/xl/worksheets/sheet\($0 + 1).xml\" ContentType=\"\(kind).worksheet+xml\"/>"
    }
    return WorkbookWriter.declaration
      + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(kind).sheet.main+xml\"/>"
      + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(kind).styles+xml\"/>"
      + sheetTypes.joined() + "</Types>"
  }

  private func relations(_ targets: [(kind: String, target: String)]) -> String {
    let items = targets.enumerated().map {
      "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(WorkbookWriter.office)/\($1.kind)\" "
        + "Target=\"\($1.target)\"/>"
    }
    return WorkbookWriter.declaration
      + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      + items.joined() + "</Relationships>"
  }

  private var workbook: String {
    let items = sheets.enumerated().map {
      "<sheet name=\"\(XMLText.encoded($1.name))\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>"
    }
    let titles = sheets.enumerated().filter { $1.headerRows > 0 }.map {
      "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"\($0)\">"
        + "\(XMLText.encoded(quoted($1.name)))!$1:$\($1.headerRows)</definedName>"
    }
    let names = titles.isEmpty ? "" : "<definedNames>\(titles.joined())</definedNames>"
    return WorkbookWriter.declaration
      + "<workbook xmlns=\"\(WorkbookWriter.main)\" xmlns:r=\"\(WorkbookWriter.office)\">"
      + "<bookViews><workbookView activeTab=\"0\"/></bookViews>"
      + "<sheets>\(items.joined())</sheets>\(names)</workbook>"
  }

  /// A sheet's name in a reference.
  private func quoted(_ name: String) -> String {
    "'" + name.replacing("'", with: "''") + "'"
  }

  private func body(_ sheet: NewSheet, isFirst: Bool) -> String {
    var xml = WorkbookWriter.declaration + "<worksheet xmlns=\"\(WorkbookWriter.main)\">"
    xml += "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
    let last = CellReference(column: max(0, sheet.columns.count - 1), row: max(1, sheet.rows.count))
    xml += "<dimension ref=\"A1:\(last.text)\"/>"
    xml += view(sheet, isFirst: isFirst)
    xml += "<sheetFormatPr defaultRowHeight=\"15\"/>"
    xml += "<cols>" + sheet.columns.enumerated().map { column($0, $1) }.joined() + "</cols>"
    xml += "<sheetData>"
    for (index, row) in sheet.rows.enumerated() {
      let isSpanning = sheet.spanningRows.contains(index + 1)
      xml += self.row(row, isSpanning ? whole(sheet.columns) : sheet.columns, number: index + 1)
    }
    xml += "</sheetData>" + merges(sheet) + choices(sheet)
    xml += "<printOptions horizontalCentered=\"1\"/>"
    xml +=
      "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
    xml +=
      "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>"
    let title = XMLText.encoded(sheet.pageTitle.replacing("&", with: "&&"))
    xml += "<headerFooter><oddHeader>&amp;C\(title)</oddHeader>"
    return xml + "<oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
  }

  private func view(_ sheet: NewSheet, isFirst: Bool) -> String {
    let selected = isFirst ? " tabSelected=\"1\"" : ""
    guard sheet.headerRows > 0 else {
      return "<sheetViews><sheetView\(selected) workbookViewId=\"0\"/></sheetViews>"
    }
    return
      "<sheetViews><sheetView\(selected) workbookViewId=\"0\"><pane ySplit=\"\(sheet.headerRows)\" "
      + "topLeftCell=\"A\(sheet.headerRows + 1)\" activePane=\"bottomLeft\" state=\"frozen\"/>"
      + "</sheetView></sheetViews>"
  }

  private func column(_ index: Int, _ column: NewSheet.Column) -> String {
    "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(column.width)\" "
      + "style=\"\(column.style.rawValue)\" customWidth=\"1\"/>"
  }

  private func row(
    _ cells: [(value: NewSheet.Value, style: NewSheet.Style)], _ columns: [NewSheet.Column],
    number: Int
  ) -> String {
    let body = cells.enumerated().map { index, cell in
      let place = CellReference(column: index, row: number).text
      let head = "<c r=\"\(place)\" s=\"\(cell.style.rawValue)\""
      switch cell.value {
      case .empty: return head + "/>"
      case .number(let digits): return head + "><v>\(XMLText.encoded(digits))</v></c>"
      case .text(let text):
        return head + " t=\"inlineStr\"><is><t xml:space=\"preserve\">"
          + XMLText.encoded(text) + "</t></is></c>"
      }
    }
    let isTall = cells.first?.style == .banner
    let height = isTall ? 22 : 13.5 * Double(lines(cells, columns)) + 2
    return "<row r=\"\(number)\" ht=\"\(height)\">\(body.joined())</row>"
  }

  /// The lines that the longest cell takes in its column; ideographs are two characters wide.
  private func lines(
    _ cells: [(value: NewSheet.Value, style: NewSheet.Style)], _ columns: [NewSheet.Column]
  ) -> Int {
    let counts = zip(cells, columns).map { cell, column -> Int in
      guard case .text(let text) = cell.value else { return 1 }
      if cell.style == .banner || cell.style == .remark { return 1 }
      return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { sum, line in
        let width = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
        return sum + max(1, (width + column.width - 1) / max(1, column.width))
      }
    }
    return min(30, counts.max() ?? 1)
  }

  /// All columns as one, for the height of a row that spans them.
  private func whole(_ columns: [NewSheet.Column]) -> [NewSheet.Column] {
    [NewSheet.Column(width: columns.reduce(0) { $0 + $1.width })]
  }

  private func merges(_ sheet: NewSheet) -> String {
    guard !sheet.spanningRows.isEmpty, sheet.columns.count > 1 else { return "" }
    let last = CellReference.letters(sheet.columns.count - 1)
    let items = sheet.spanningRows.sorted().map { "<mergeCell ref=\"A\($0):\(last)\($0)\"/>" }
    return "<mergeCells count=\"\(items.count)\">\(items.joined())</mergeCells>"
  }

  private func choices(_ sheet: NewSheet) -> String {
    let items = sheet.columns.enumerated().compactMap { index, column -> String? in
      guard let choice = column.choices else { return nil }
      let letters = CellReference.letters(index)
      let source = CellReference.letters(choice.column)
      return "<dataValidation type=\"list\" errorStyle=\"warning\" allowBlank=\"1\" "
        + "showInputMessage=\"1\" showErrorMessage=\"1\" "
        + "sqref=\"\(letters)\(sheet.headerRows + 1):\(letters)\(WorkbookWriter.choiceRows)\">"
        + "<formula1>\(XMLText.encoded(quoted(choice.sheet)))!$\(source)$\(choice.rows.lowerBound)"
        + ":$\(source)$\(choice.rows.upperBound)</formula1></dataValidation>"
    }
    if items.isEmpty { return "" }
    return "<dataValidations count=\"\(items.count)\">\(items.joined())</dataValidations>"
  }

  /// The styles in the order of `NewSheet.Style`.
  private var styles: String {
    func font(_ size: Int, _ extra: String = "") -> String {
      "<font>\(extra)<sz val=\"\(size)\"/><name val=\"\(XMLText.encoded(self.font.name))\"/>"
        + "<charset val=\"\(self.font.charset)\"/></font>"
    }
    let gray = "<i/>"
    let fonts = [font(10), font(10, "<b/>"), font(10, gray), font(14, "<b/>")]
    let edge = ["left", "right", "top", "bottom"].map {
      "<\($0) style=\"thin\"><color rgb=\"FFBFBFBF\"/></\($0)>"
    }
    let wrap = "<alignment vertical=\"top\" wrapText=\"1\"/>"
    let single = "<alignment vertical=\"center\"/>"
    let center = "<alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/>"
    func style(_ number: Int, _ font: Int, _ fill: Int, _ border: Int, _ inside: String) -> String {
      "<xf numFmtId=\"\(number)\" fontId=\"\(font)\" fillId=\"\(fill)\" borderId=\"\(border)\" xfId=\"0\" "
        + "applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" "
        + "applyAlignment=\"1\">\(inside)</xf>"
    }
    let cells = [
      style(0, 0, 0, 0, wrap), style(49, 1, 2, 1, center), style(49, 0, 0, 1, wrap),
      style(49, 0, 0, 1, wrap), style(0, 0, 0, 1, wrap), style(164, 0, 0, 1, wrap),
      style(49, 2, 3, 1, wrap), style(164, 2, 3, 1, wrap), style(49, 3, 0, 0, wrap),
      style(49, 3, 0, 0, single), style(49, 0, 0, 0, single),
    ]
    func fill(_ color: String) -> String {
      "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"\(color)\"/>"
        + "<bgColor indexed=\"64\"/></patternFill></fill>"
    }
    return WorkbookWriter.declaration + "<styleSheet xmlns=\"\(WorkbookWriter.main)\">"
      + "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
      + "<fonts count=\"\(fonts.count)\">\(fonts.joined())</fonts>"
      + "<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill>"
      + "<fill><patternFill patternType=\"gray125\"/></fill>\(fill("FFDDEBF7"))\(fill("FFF2F2F2"))</fills>"
      + "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
      + "<border>\(edge.joined())<diagonal/></border></borders>"
      + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
      + "<cellXfs count=\"\(cells.count)\">\(cells.joined())</cellXfs>"
      + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
      + "</styleSheet>"
  }
}
