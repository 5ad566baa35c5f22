import Matcher

/// Prints issues for people (with their language's frame) or programs.
struct IssueWriter {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat

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
      Output.line(
        CSVWriter.row(["severity", "file", "row", "record", "field", "got", "expected", "hint"]))
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

  private func lines(_ issue: RecordIssue) {
    var place = issue.file
    if issue.row > 0 { place = text("issue.at", ["file": issue.file, "row": String(issue.row)]) }
    let record = issue.record.map { " [\($0)]" } ?? ""
    let severity = text(issue.severity == .refused ? "issue.refused" : "issue.warning")
    Output.line("\(severity)  \(place)\(record)  \(issue.field)")
    Output.line("    \(text("issue.got", ["got": issue.got]))")
    Output.line("    \(text("issue.expected", ["expected": issue.expected]))")
    if let hint = issue.hint { Output.line("    \(text("issue.hint", ["hint": hint]))") }
  }

  private func cells(_ issue: RecordIssue) -> [String] {
    [
      issue.severity.rawValue, issue.file, String(issue.row), issue.record ?? "", issue.field,
      issue.got,
      issue.expected, issue.hint ?? "",
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
