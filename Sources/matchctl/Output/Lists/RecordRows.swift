import Matcher

/// Records of the product's own form as rows: one object each, then what is wrong, then the summary.
struct RecordRows {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat

  func write(_ reader: RecordReader, _ issues: [RecordIssue], count: Int) {
    let writer = IssueWriter(corpus: corpus, language: language, format: format)
    guard format == .jsonl else { return writer.write(issues, records: count) }
    for row in reader.demandRowsInOrder {
      let own = issues.filter { $0.file == row.file && $0.row == row.row }
      var object = JSONObject([
        ("type", .string("row")), ("file", .string(row.file)), ("sheet", .null),
        ("row", .integer(row.row)),
      ])
      let isClear = own.allSatisfy { $0.problem?.severity == .note }
      let action = isClear ? ListRow.Action.accept : .acceptWithWarning
      object["action"] = .string(action.rawValue)
      object["codes"] = .array(codes(own).map { .string($0) })
      object["fields"] = .object(ListRecord.fields(of: row.object, corpus))
      object["messages"] = .array(
        own.map { .object(JSONObject([("text", .string(writer.sentence($0)))])) })
      Output.line(JSONWriter.line(.object(object)))
    }
    writer.write(issues, records: count)
  }

  /// Each code once, in the order of the issues.
  private func codes(_ issues: [RecordIssue]) -> [String] {
    issues.map { $0.problem?.code ?? "record_issue" }.reduce(into: []) { codes, code in
      if !codes.contains(code) { codes.append(code) }
    }
  }
}
