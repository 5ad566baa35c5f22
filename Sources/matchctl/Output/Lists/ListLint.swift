import Foundation
import Matcher
import RecordFiles
import TableFiles

/// One run of `lint` over lists: reads them, prints rows as they come, then what sums them up.
final class ListLint {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat
  let input: ListInput
  private let sink: ListSink
  private let encoding: TextEncoding?
  private var reader: ListReader
  private var tables: [ListTableSummary] = []
  private var issues: [RecordIssue] = []

  init(
    corpus: Corpus, language: Language, format: OutputFormat, options: ListReader.Options,
    encoding: TextEncoding?, keepsReturned: Bool, keepsRecords: Bool, keepsRows: Bool = false
  ) {
    self.corpus = corpus
    self.language = language
    self.format = format
    let own = options.profile.encoding.flatMap { TextEncoding(name: $0) }
    self.encoding = encoding ?? own
    input = ListInput(corpus: corpus, language: language, encoding: encoding ?? own)
    let sink = ListSink(
      corpus: corpus, language: language, format: format, keepsReturned: keepsReturned,
      asOf: options.asOf)
    sink.keepsRecords = keepsRecords
    sink.keepsRows = keepsRows
    self.sink = sink
    reader = ListReader(corpus: corpus, options: options) { sink.take($0) }
  }

  /// Reads one list; rows are printed at once in formats of lines.
  func read(_ file: TableFile, _ path: String) throws {
    if format == .csv, tables.isEmpty {
      Output.raw(CSVWriter.byteOrderMark)
      Output.line(CSVWriter.row(ListSink.csvHeader))
    }
    reader.options.footDate = try input.footDate(path)
    let reading = try TableInput(corpus: corpus, language: language).read(file, into: &reader)
    issues += reading.issues + reader.takeIssues()
    tables += reader.takeTables().map { table in
      ListTableSummary(
        file: path, sheet: table.sheet, encoding: reading.encoding, columns: table.columns,
        park: table.park, basis: table.basis)
    }
    if tables.last?.file != path {
      tables.append(
        ListTableSummary(
          file: path, sheet: nil, encoding: reading.encoding, columns: nil, park: nil,
          basis: reader.basis))
    }
  }

  func hasRefused(_ records: RecordReader) -> Bool {
    (sink.counts[.reject] ?? 0) > 0 || records.refused > 0
      || issues.contains { $0.severity == .refused }
  }

  /// Prints what sums up the run: for records alone as before, for lists with counts and messages.
  func finish(_ records: RecordReader, _ recordIssues: [RecordIssue], hasLists: Bool) throws {
    let count = records.demands.count + records.platforms.count
    let writer = IssueWriter(corpus: corpus, language: language, format: format)
    if !hasLists {
      if format == .jsonl || format == .json {
        return RecordRows(corpus: corpus, language: language, format: format)
          .write(records, recordIssues, count: count)
      }
      return writer.write(recordIssues, records: count)
    }
    let summary = ListSummary(
      corpus: corpus, language: language, sink: sink, tables: tables,
      issues: issues + recordIssues, records: count)
    switch format {
    case .jsonl: summary.writeLines()
    case .json: summary.writeDocument()
    case .table: summary.writeTable()
    case .csv: break
    }
  }

  func writeReturned(_ path: String, to target: String) throws {
    let file = try FileSource.whole(path)
    let hadThem = reader.columns.columns.contains { $0.field == .understood }
    guard
      let out = try sink.returned?.write(
        file, name: path, encoding: encoding, hadConfirmations: hadThem)
    else { return }
    try Output.write(out, to: target)
  }

  /// The rows taken and those returned, where they are kept.
  var rows: [ListRow] { sink.rows }

  func writeRecords(to target: String) throws {
    let lines = sink.records.map { JSONWriter.line(.object($0)) + "\n" }
    try Output.write(Array(lines.joined().utf8), to: target)
  }

  /// Keeps the columns as understood, so that the next list of the park is read alike.
  func saveProfile(to target: String) throws {
    var profile = reader.options.profile
    for column in reader.columns.columns {
      guard !profile.headings.contains(where: { $0.heading == column.heading }) else { continue }
      profile.headings.append((column.heading, column.field))
    }
    if profile.park == nil { profile.park = reader.park }
    if profile.encoding == nil { profile.encoding = tables.last?.encoding?.encoding.rawValue }
    try Output.write(Array((JSONWriter.pretty(profile.json) + "\n").utf8), to: target)
  }
}

/// One table of a list and how it was understood.
struct ListTableSummary {
  let file: String
  let sheet: String?
  let encoding: DetectedEncoding?
  let columns: ListColumns?
  let park: String?
  let basis: DateBasis
}
