import Matcher

/// Reads an `.xlsx` workbook sheet by sheet, row by row.
///
/// Parts are found through their relationships, not by name, and elements by their local names,
/// so that files of Excel, WPS, LibreOffice and of report generators are read alike, transitional
/// or strict. Memory: the compressed file, the shared strings and one row.
///
/// Blank rows between rows are given too when at most `longestGap` of them follow one another.
/// Chart and dialog sheets are left out.
struct WorkbookReader {
  static let longestGap = 1000

  private let archive: ZipArchive
  private let sheets: [SheetEntry]
  private let context: SheetContext
  private let dated: CivilDate?
  /// Where the cell styles stand; nil when the file has none.
  let stylesPath: String?

  private struct SheetEntry {
    let name: String
    let isHidden: Bool
    let path: String
  }

  init(_ archive: ZipArchive) throws(TableFileError) {
    self.archive = archive
    let package = OfficePackage(archive)
    let workbook = try package.mainPart(default: "xl/workbook.xml")
    guard let entry = archive.entry(workbook) else { throw .damaged(workbook) }
    let relations = try package.relations(of: workbook)
    var found: [(name: String, isHidden: Bool, id: String)] = []
    var dates = SerialDate()
    var scanner = XMLScanner(part: workbook, bytes: try archive.content(entry))
    while true {
      let token = try scanner.next()
      if token == .done { break }
      guard token == .start else { continue }
      if scanner.isNamed("workbookPr") {
        dates.startsIn1904 = scanner.flag("date1904")
      } else if scanner.isNamed("sheet"), let id = scanner.attribute("id", prefixed: true) {
        let state = scanner.attribute("state") ?? ""
        found.append(
          (scanner.attribute("name") ?? "", state.lowercased().hasSuffix("hidden"), id))
      }
    }
    sheets = found.compactMap { sheet in
      guard let relation = relations[sheet.id], relation.kind == "worksheet" else { return nil }
      return SheetEntry(name: sheet.name, isHidden: sheet.isHidden, path: relation.target)
    }
    guard !sheets.isEmpty else { throw TableFileError("file.no_sheet") }
    let styles = package.target("styles", in: relations) ?? "xl/styles.xml"
    stylesPath = archive.entry(styles).map(\.name)
    context = SheetContext(
      strings: try SharedStrings.read(archive, package.target("sharedStrings", in: relations)),
      formats: try CellStyles.read(archive, styles), dates: dates)
    dated = package.dated
  }

  /// Gives every sheet to the consumer, and what is wrong inside as issues.
  func read(
    file: String, into consumer: inout some SheetConsumer
  ) throws(TableFileError) -> [RecordIssue] {
    var issues: [RecordIssue] = []
    for sheet in sheets { issues += try read(sheet, file, into: &consumer) }
    return issues
  }

  /// The part of a sheet, by its name; the first sheet's for nil.
  func path(of sheet: String?) -> String? {
    sheet == nil ? sheets.first?.path : sheets.first { $0.name == sheet }?.path
  }

  /// Gives one sheet, by its part, to the consumer.
  func read(sheet path: String, into consumer: inout some SheetConsumer) throws(TableFileError) {
    for sheet in sheets where sheet.path == path { _ = try read(sheet, "", into: &consumer) }
  }

  private func read(
    _ sheet: SheetEntry, _ file: String, into consumer: inout some SheetConsumer
  ) throws(TableFileError) -> [RecordIssue] {
    guard let entry = archive.entry(sheet.path) else { throw .damaged(sheet.path) }
    let notes = try CellNotes.read(archive, try OfficePackage(archive).relations(of: sheet.path))
    let outline = try SheetOutline(part: sheet.path, archive.open(entry))
    var info = SheetInfo(file: file, sheet: sheet.name)
    info.isHidden = sheet.isHidden
    info.dated = dated
    info.hiddenColumns = outline.hiddenColumns
    consumer.begin(info)
    var reader = SheetReader(info, context, outline, notes)
    try reader.read(part: sheet.path, try archive.open(entry), into: &consumer)
    consumer.end()
    return reader.issues
  }
}

/// What the cells of every sheet refer to.
struct SheetContext {
  let strings: [String]
  /// By the index of the cell's style.
  let formats: [NumberFormat]
  let dates: SerialDate
}
