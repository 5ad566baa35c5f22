import Matcher
import RecordFiles
import TableFiles

/// What sums up lists: how columns were understood, counts, what each row and each firm must correct.
struct ListSummary {
  let corpus: Corpus
  let language: Language
  let sink: ListSink
  let tables: [ListTableSummary]
  let issues: [RecordIssue]
  let records: Int

  func writeLines() {
    for issue in issues { Output.line(JSONWriter.line(issue.json)) }
    Output.line(JSONWriter.line(json))
  }

  func writeDocument() {
    let rows = sink.shown.map { sink.text.json($0, language) }
    Output.line(JSONWriter.pretty(.array(rows + issues.map(\.json) + [json])))
  }

  private var json: JSONValue {
    var object = JSONObject([("type", .string("summary"))])
    let actions = ListRow.Action.allCases
    object["rows"] = .integer(sink.counts.values.reduce(0, +))
    for action in actions { object[action.rawValue] = .integer(sink.counts[action] ?? 0) }
    let taken = (sink.counts[.accept] ?? 0) + (sink.counts[.acceptWithWarning] ?? 0)
    object["records"] = .integer(taken + records)
    object["tables"] = .array(tables.map(json))
    object["notices"] = .array(
      sink.noticeOrder.map { name in
        .object(JSONObject([("enterprise", .string(name)), ("text", .string(notice(name)))]))
      })
    return .object(object)
  }

  private func json(_ table: ListTableSummary) -> JSONValue {
    var object = JSONObject([
      ("file", .string(table.file)), ("sheet", table.sheet.map { .string($0) } ?? .null),
    ])
    if let encoding = table.encoding {
      object["encoding"] = .string(encoding.encoding.rawValue)
      object["encoding_basis"] = .string(encoding.basis.rawValue)
    }
    if let park = table.park { object["park"] = .string(park) }
    object["dates_from"] = .object(
      JSONObject([
        ("kind", .string(table.basis.kind.rawValue)),
        ("date", .string(table.basis.day.description)),
      ]))
    object["columns"] = .array((table.columns?.columns ?? []).map(json))
    return .object(object)
  }

  private func json(_ column: ListColumns.Column) -> JSONValue {
    var object = JSONObject([
      ("heading", .string(column.heading)),
      ("field", column.field.map { .string($0.rawValue) } ?? .null),
      ("basis", .string(column.basis.rawValue)),
    ])
    if let unit = column.unit { object["unit"] = .string(unit) }
    return .object(object)
  }

  // MARK: for people

  func writeTable() {
    for table in tables { writeColumns(table) }
    writeRows()
    for issue in issues {
      Output.line(IssueWriter(corpus: corpus, language: language, format: .table).line(issue))
    }
    writeNotices()
    writeCounts()
  }

  private func writeColumns(_ table: ListTableSummary) {
    let place = [table.file, table.sheet].compactMap { $0 }.joined(separator: " · ")
    Output.line(place)
    if let encoding = table.encoding {
      Output.line("  " + TableInput(corpus: corpus, language: language).sentence(encoding))
    }
    let columns = table.columns?.columns ?? []
    let read = columns.compactMap { column in
      column.field.map { "\(column.heading) = \(text("list.field.\($0.rawValue)"))" }
    }
    if !read.isEmpty {
      Output.line("  " + text("list.table.columns", ["columns": list(read)]))
    }
    let kept = columns.filter { $0.field == nil }.map(\.heading)
    if !kept.isEmpty { Output.line("  " + text("list.table.kept", ["columns": list(kept)])) }
    let guessed = columns.filter { $0.basis == .part }.map(\.heading)
    if !guessed.isEmpty {
      Output.line("  " + text("list.table.guessed", ["columns": list(guessed)]))
    }
    if columns.isEmpty { return }
    let kind = text("list.basis.\(table.basis.kind.rawValue)")
    Output.line(
      "  " + text("list.table.basis", ["date": table.basis.day.description, "kind": kind]))
  }

  private func writeRows() {
    for action in [ListRow.Action.reject, .acceptWithWarning] {
      let rows = sink.shown.filter { $0.action == action }
      if rows.isEmpty { continue }
      Output.line("\n\(sink.text.action(action, language))")
      for row in rows { write(row) }
    }
    Output.line("")
  }

  private func write(_ row: ListRow) {
    let several = Set(tables.map { "\($0.file)\($0.sheet ?? "")" }).count > 1
    let sheet = row.sheet.map { " · \($0)" } ?? ""
    let place = text(
      "issue.at", ["file": several ? row.file + sheet : "", "row": String(row.number)])
    let line = [trimmedStart(place), row.title].filter { !$0.isEmpty }.joined(separator: "  ")
    Output.line("  \(line)")
    for problem in sink.problems(row) { Output.line("    - \(problem)") }
  }

  private func trimmedStart(_ text: String) -> String {
    String(text.drop { $0 == " " || $0 == "," })
  }

  private func writeNotices() {
    guard !sink.noticeOrder.isEmpty else { return }
    Output.line(text("list.notice.title"))
    for name in sink.noticeOrder { Output.line("\n" + notice(name)) }
    Output.line("")
  }

  /// One message to a firm: its rows and what to correct in each.
  private func notice(_ name: String) -> String {
    let rows = sink.notices[name] ?? []
    var lines = [
      text("list.notice.head", ["enterprise": name, "count": String(rows.count)])
    ]
    for row in rows {
      let title = row.title.isEmpty ? text("list.notice.untitled") : row.title
      lines.append(text("list.notice.row", ["row": String(row.number), "title": title]))
      lines += sink.problems(row).map { "  - \($0)" }
    }
    return lines.joined(separator: "\n")
  }

  private func writeCounts() {
    let parts = ListRow.Action.allCases.map { action in
      text(
        "list.table.count",
        ["action": sink.text.action(action, language), "count": String(sink.counts[action] ?? 0)])
    }
    Output.line(list(parts))
  }

  private func list(_ items: [String]) -> String {
    corpus.texts.list(items, language)
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
