import Matcher
import RecordFiles

/// Prints issues for people (in their language) or programs (in English, which stays as it is).
struct IssueWriter {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat
  private let issueText: IssueText

  init(corpus: Corpus, language: Language, format: OutputFormat) {
    self.corpus = corpus
    self.language = language
    self.format = format
    issueText = IssueText(corpus)
  }

  func write(_ issues: [RecordIssue], records: Int) {
    let refused = issues.count { $0.severity == .refused }
    switch format {
    case .jsonl:
      for issue in issues { Output.line(JSONWriter.line(issue.json)) }
      Output.line(JSONWriter.line(summary(issues, records)))
    case .json:
      Output.line(JSONWriter.pretty(.array(issues.map(\.json) + [summary(issues, records)])))
    case .csv:
      Output.raw(CSVWriter.byteOrderMark)
      Output.line(CSVWriter.row(header))
      for issue in issues { Output.line(CSVWriter.row(cells(issue))) }
    case .table:
      for issue in issues { lines(issue) }
      let counts = [
        "refused": String(refused), "warnings": String(issues.count - refused),
        "records": String(records),
      ]
      Output.line(text(issues.isEmpty ? "lint.clean" : "lint.counts", counts))
    }
  }

  /// One line: how bad, where, got, expected, what to do.
  func line(_ issue: RecordIssue) -> String {
    text("issue.line", ["severity": severity(issue), "problem": sentence(issue)])
  }

  /// One line without how bad it is.
  func sentence(_ issue: RecordIssue) -> String {
    let translated = issueText.translate(issue, language)
    let place = place(issue) { text("issue.at.part", ["place": $0, "part": $1]) }
    let values = [
      "place": place, "got": translated.got,
      "expected": translated.expected, "hint": translated.hint ?? "",
    ]
    return text(translated.hint == nil ? "issue.sentence" : "issue.sentence.hint", values)
  }

  private func lines(_ issue: RecordIssue) {
    let translated = issueText.translate(issue, language)
    Output.line("\(severity(issue))  \(place(issue) { $0 + "  " + $1 })")
    Output.line("    \(text("issue.got", ["got": translated.got]))")
    Output.line("    \(text("issue.expected", ["expected": translated.expected]))")
    if let hint = translated.hint { Output.line("    \(text("issue.hint", ["hint": hint]))") }
  }

  /// File and row, record, field: those that are known.
  private func place(_ issue: RecordIssue, joined: (String, String) -> String) -> String {
    var file = issue.file
    if file == "-" { file = text("issue.stdin") }
    if file == TypedDemand.file { file = text("issue.typed") }
    if issue.row > 0 {
      let isList = RecordFormat(fileName: issue.file) == .json
      let values = ["file": file, "row": String(issue.row)]
      file = text(isList ? "issue.at.item" : "issue.at", values)
    }
    let parts = [file, issue.record.map { "[\($0)]" } ?? ""].filter { !$0.isEmpty }
    let whole = parts.joined(separator: " ")
    if whole.isEmpty || issue.field.isEmpty { return whole + issue.field }
    return joined(whole, issue.field)
  }

  private func severity(_ issue: RecordIssue) -> String {
    if let problem = issue.problem { return text("problem.\(problem.severity.rawValue)") }
    return text(issue.severity == .refused ? "issue.refused" : "issue.warning")
  }

  private var header: [String] {
    ["severity", "file", "row", "record", "field", "got", "expected", "hint"].map {
      text("issue.column.\($0)")
    }
  }

  private func cells(_ issue: RecordIssue) -> [String] {
    let translated = issueText.translate(issue, language)
    return [
      severity(issue), issue.file, String(issue.row), issue.record ?? "", issue.field,
      translated.got, translated.expected, translated.hint ?? "",
    ]
  }

  private func summary(_ issues: [RecordIssue], _ records: Int) -> JSONValue {
    let refused = issues.count { $0.severity == .refused }
    return .object(
      JSONObject([
        ("type", .string("summary")), ("records", .integer(records)),
        ("refused", .integer(refused)),
        ("warnings", .integer(issues.count - refused)),
      ]))
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
