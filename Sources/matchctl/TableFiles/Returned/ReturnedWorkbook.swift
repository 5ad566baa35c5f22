import Matcher

/// Adds columns to the sheets of a workbook by changing the XML of the parts concerned.
struct ReturnedWorkbook {
  private let archive: ZipArchive
  private let labels: ReturnedLabels
  private let reader: WorkbookReader

  init(_ archive: ZipArchive, _ labels: ReturnedLabels) throws(TableFileError) {
    self.archive = archive
    self.labels = labels
    reader = try WorkbookReader(archive)
  }

  func write(_ tables: [ReturnedTable]) throws(TableFileError) -> [UInt8] {
    var parts: [String: [UInt8]] = [:]
    var styles = try StylePatch(archive, reader.stylesPath)
    for table in tables {
      guard let path = reader.path(of: table.sheet), let entry = archive.entry(path) else {
        continue
      }
      var survey = SheetSurvey(headerRow: table.headerRow)
      try reader.read(sheet: path, into: &survey)
      let outline = try SheetOutline(part: path, archive.open(entry))
      let columns = try columns(survey, outline)
      var patch = SheetPatch(
        part: path, bytes: try archive.content(entry), columns: columns, labels: labels,
        table: table)
      parts[path] = try patch.write(&styles)
    }
    if let path = reader.stylesPath, let content = styles.content { parts[path] = content }
    return try archive.replacing(parts)
  }

  /// Where the columns stand: those of an earlier return, else behind the used range.
  private func columns(
    _ survey: SheetSurvey, _ outline: SheetOutline
  ) throws(TableFileError) -> [Int] {
    var next = max(survey.lastColumn, merged(outline, below: survey.headerRow)) + 1
    var columns: [Int] = []
    for index in labels.texts.indices {
      let known = survey.header.firstIndex {
        $0.mergedFrom == nil && labels.isHeading($0.text, of: index)
      }
      if let known, !columns.contains(known) {
        columns.append(known)
      } else {
        columns.append(next)
        next += 1
      }
    }
    guard (columns.max() ?? 0) <= CellReference.lastColumn else {
      throw TableFileError("file.no_room")
    }
    return columns
  }

  /// The last column of merged areas that reach into the rows of the list. One that goes over a
  /// whole row says nothing.
  private func merged(_ outline: SheetOutline, below row: Int) -> Int {
    outline.merges.filter { $0.rows.upperBound >= row && $0.columns.upperBound < 1000 }
      .map(\.columns.upperBound).max() ?? -1
  }
}

/// Looks for the used range and the headings of a sheet.
private struct SheetSurvey: SheetConsumer {
  let headerRow: Int
  private(set) var header: [Cell] = []
  private(set) var lastColumn = -1

  init(headerRow: Int) {
    self.headerRow = headerRow
  }

  mutating func begin(_ sheet: SheetInfo) {}

  mutating func row(_ row: SheetRow) {
    if row.number == headerRow { header = row.cells }
    let last = row.cells.lastIndex { $0.content != .empty && $0.mergedFrom == nil }
    lastColumn = max(lastColumn, last ?? -1)
  }

  mutating func end() {}
}
