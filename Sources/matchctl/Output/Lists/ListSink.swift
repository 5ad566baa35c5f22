import Matcher
import RecordFiles
import TableFiles

/// Takes the rows of lists as they are read: counts, prints, keeps what is shown at the end.
final class ListSink {
  let text: ListText
  let language: Language
  let format: OutputFormat
  let keepsReturned: Bool
  private(set) var counts: [ListRow.Action: Int] = [:]
  /// Rows to show to people: returned ones and those to check.
  private(set) var shown: [ListRow] = []
  private(set) var notices: [String: [ListRow]] = [:]
  private(set) var noticeOrder: [String] = []
  private(set) var returned: [ReturnedTable] = []
  private(set) var records: [JSONObject] = []
  var keepsRecords = false
  var keepsRows = false
  /// Those taken and those returned, for messages to firms.
  private(set) var rows: [ListRow] = []
  /// Shows in returned sheets what was read out of words; nil without such a sheet.
  private let confirmation: SheetConfirmation?
  private let asOf: CivilDate
  /// Some row of the returned sheet has items to confirm.
  private(set) var hasConfirmations = false

  init(
    corpus: Corpus, language: Language, format: OutputFormat, keepsReturned: Bool,
    asOf: CivilDate
  ) {
    text = ListText(corpus)
    self.language = language
    self.format = format
    self.keepsReturned = keepsReturned
    self.asOf = asOf
    confirmation =
      keepsReturned
      ? SheetConfirmation(corpus: corpus, tools: ReadingTools(corpus: corpus)) : nil
  }

  func take(_ row: ListRow) {
    counts[row.action, default: 0] += 1
    if keepsReturned { keepReturned(row) }
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
    var seen: Set<String> = []
    return row.findings.filter(text.isProblem).map { text.sentence($0, language) }
      .filter { seen.insert($0).inserted }
  }

  private func keepReturned(_ row: ListRow) {
    if returned.last?.sheet != row.sheet || returned.isEmpty {
      returned.append(ReturnedTable(sheet: row.sheet, headerRow: 0, rows: []))
    }
    let index = returned.count - 1
    if row.action == .skip {
      if row.codes == ["header_row"], returned[index].rows.isEmpty {
        returned[index].headerRow = row.number
      }
      return
    }
    var marks: [Int: ReturnedMark] = [:]
    for finding in row.findings where text.isProblem(finding) {
      guard let column = finding.column else { continue }
      let isRefusal = text.isRefusal(finding)
      if isRefusal || marks[column] == nil { marks[column] = isRefusal ? .refused : .warning }
    }
    var out = ReturnedRow(
      number: row.number, action: text.action(row.action, language),
      problems: problems(row).joined(separator: "\n"), systemID: row.systemID ?? "", marks: marks)
    addConfirmation(of: row, to: &out)
    returned[index].rows.append(out)
  }

  /// What was read out of the row's words, and the answer that stands beside it.
  private func addConfirmation(of row: ListRow, to out: inout ReturnedRow) {
    guard let confirmation, let record = row.record else { return }
    let cells = confirmation.cells(of: record, asOf: asOf, language)
    (out.read, out.answer) = (cells.read, cells.answer)
    hasConfirmations = hasConfirmations || !cells.read.isEmpty
    guard cells.isAskedAgain else { return }
    let values = ["column": text.word("list.returned.confirm", language)]
    let sentence = text.word("list.confirm.again", language, values)
    out.problems += out.problems.isEmpty ? sentence : "\n" + sentence
  }
}
