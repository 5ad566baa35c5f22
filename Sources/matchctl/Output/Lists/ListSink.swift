import Matcher
import RecordFiles
import TableFiles

/// Takes the rows of lists as they are read: counts, prints, keeps what is shown at the end.
final class ListSink {
  let text: ListText
  let language: Language
  let format: OutputFormat
  private(set) var counts: [ListRow.Action: Int] = [:]
  /// Rows to show to people: returned ones and those to check.
  private(set) var shown: [ListRow] = []
  private(set) var notices: [String: [ListRow]] = [:]
  private(set) var noticeOrder: [String] = []
  /// The sheet to give back; nil where none is asked for.
  private(set) var returned: ReturnedList?
  private(set) var records: [JSONObject] = []
  var keepsRecords = false
  var keepsRows = false
  /// Those taken and those returned, for messages to firms.
  private(set) var rows: [ListRow] = []

  init(
    corpus: Corpus, language: Language, format: OutputFormat, keepsReturned: Bool,
    asOf: CivilDate
  ) {
    text = ListText(corpus)
    self.language = language
    self.format = format
    returned =
      keepsReturned
      ? ReturnedList(corpus: corpus, language: language, confirming: asOf) : nil
  }

  func take(_ row: ListRow) {
    counts[row.action, default: 0] += 1
    returned?.take(row)
    if keepsRows, row.action != .skip { rows.append(row) }
    if keepsRecords, let record = row.record { records.append(record) }
    switch format {
    case .jsonl: Output.line(JSONWriter.line(text.json(row, language)))
    case .csv: Output.line(CSVWriter.row(cells(row)))
    case .json, .table: break
    }
    let isProblem = row.action == .reject || row.action == .acceptWithWarning
    if isProblem || format == .json { shown.append(row) }
    if isProblem, row.findings.contains(where: text.isProblem) { keepNotice(row) }
  }

  private func keepNotice(_ row: ListRow) {
    guard let name = row.enterprise else { return }
    if notices[name] == nil { noticeOrder.append(name) }
    notices[name, default: []].append(row)
  }

  static let csvHeader = ["file", "sheet", "row", "action", "codes", "title", "id", "messages"]

  private func cells(_ row: ListRow) -> [String] {
    [
      row.file, row.sheet ?? "", String(row.number), text.action(row.action, language),
      row.codes.joined(separator: ";"), row.title, row.systemID ?? "",
      problems(row).joined(separator: " "),
    ]
  }

  /// The sentences that a person should read, in order, each once.
  func problems(_ row: ListRow) -> [String] {
    text.problems(row, language)
  }
}
