import Matcher
import RecordFiles
import TableFiles

/// A list as `lint` reads it, with the cells of its rows, so that a page can show and correct them.
struct ListReading: Sendable {
  let rows: [ListRow]
  /// By sheet and number.
  let cells: [String: SheetRow]
  let tables: [ListReader.Table]
  let issues: [RecordIssue]
  let encoding: DetectedEncoding?

  static func key(_ sheet: String?, _ row: Int) -> String {
    "\(sheet ?? "")\u{1F}\(row)"
  }

  /// Reads a list with what a person corrected in it.
  ///
  /// - Throws: `CommandError` for a file that is no list, is damaged, or expands beyond its limits.
  static func read(
    _ bytes: [UInt8], _ list: KeptList, tools: CorpusTools, asOf: CivilDate, language: Language
  ) throws -> ListReading {
    let corpus = tools.corpus
    let input = ListInput(corpus: corpus, language: language, encoding: nil)
    switch try input.open(bytes, name: list.name, format: nil) {
    case .records(let source): return try records(source, list, tools, asOf)
    case .list(let file): return try table(file, bytes, list, input, corpus, asOf)
    }
  }

  private static func table(
    _ file: TableFile, _ bytes: [UInt8], _ list: KeptList, _ input: ListInput, _ corpus: Corpus,
    _ asOf: CivilDate
  ) throws -> ListReading {
    final class Kept {
      var rows: [ListRow] = []
    }
    let kept = Kept()
    var options = try options(list, asOf: asOf)
    options.footDate = try input.footDate(bytes, name: list.name)
    let reader = ListReader(corpus: corpus, options: options) { kept.rows.append($0) }
    var corrected = CorrectedRows(CellKeeper(reader), list.corrections)
    let reading = try TableInput(corpus: corpus, language: input.language)
      .read(file, into: &corrected)
    var keeper = corrected.consumer
    return ListReading(
      rows: kept.rows, cells: keeper.cells, tables: keeper.reader.takeTables(),
      issues: reading.issues + keeper.reader.takeIssues(), encoding: reading.encoding)
  }

  /// Records have no rows to correct; what is wrong with them is said as issues.
  private static func records(
    _ source: ByteSource, _ list: KeptList, _ tools: CorpusTools, _ asOf: CivilDate
  ) throws -> ListReading {
    var options = RecordReader.Options()
    options.prose = asOf
    var reader = RecordReader(corpus: tools.corpus, options: options, tools: tools.reading)
    do {
      try reader.readDemands(source, file: list.name, format: RecordFormat(fileName: list.name))
    } catch {
      throw CommandError.input("'\(list.name)' cannot be read: \(type(of: error))")
    }
    return ListReading(
      rows: [], cells: [:], tables: [], issues: reader.issues + reader.demandIssues, encoding: nil)
  }

  /// How the list is read: relative days from when it came in, columns as a person said.
  static func options(_ list: KeptList, asOf: CivilDate) throws -> ListReader.Options {
    var options = ListReader.Options(asOf: list.received)
    var issues: [RecordIssue] = []
    for column in list.columns {
      options.profile.map(column.heading, to: column.field ?? "", file: "columns", issues: &issues)
    }
    if let issue = issues.first {
      throw APIError(
        .unusable, "\(issue.field): got \(issue.got), expected \(issue.expected)",
        hint: "see /api/v1/registry/fields")
    }
    return options
  }
}

/// Passes rows on and keeps what stands in them.
struct CellKeeper: SheetConsumer {
  var reader: ListReader
  private(set) var cells: [String: SheetRow] = [:]
  private var sheet: String?

  init(_ reader: ListReader) {
    self.reader = reader
  }

  mutating func begin(_ sheet: SheetInfo) {
    self.sheet = sheet.sheet
    reader.begin(sheet)
  }

  mutating func row(_ row: SheetRow) {
    cells[ListReading.key(sheet, row.number)] = row
    reader.row(row)
  }

  mutating func end() {
    reader.end()
  }
}
