import Brokerage
import Matcher
import RecordFiles
import TableFiles

/// The follow-up sheet of a broker.
struct TodoSheet {
  let corpus: Corpus
  let language: Language
  let broker: String
  let asOf: CivilDate
  let newcomers: Newcomers?

  private var columns: [String] {
    ["due", "demand", "name", "target", "step", "since", "next", "waits"]
      + (newcomers == nil ? [] : ["new"])
  }

  private var header: [String] { columns.map { text("todo.\($0)") } }

  static func key(_ item: Todo.Item) -> String {
    [item.demand, item.platform ?? "", item.line ?? ""].joined(separator: "\u{1F}")
  }

  /// Prints the list with its counts.
  func show(_ items: [Todo.Item], _ todo: Todo, _ format: OutputFormat) {
    switch format {
    case .json, .jsonl:
      let objects = items.map(json)
      if format == .json {
        Output.line(JSONWriter.pretty(.array(objects)))
      } else {
        for object in objects { Output.line(JSONWriter.line(object)) }
      }
    case .csv: Output.listing(header, items.map(row), .csv)
    case .table:
      Output.line(title)
      if items.isEmpty { Output.line(text("todo.none")) }
      if !items.isEmpty {
        Output.listing(
          header, items.map(row), .table, limits: [16, 18, 30, 24, 16, 10, 44, 8, 60])
      }
      Output.line(counts(todo))
    }
  }

  /// Writes the sheet by the ending of its name.
  func write(_ items: [Todo.Item], to path: String) throws {
    let lower = path.lowercased()
    if lower.hasSuffix(".jsonl") {
      try Output.write(
        Array(items.map { JSONWriter.line(json($0)) + "\n" }.joined().utf8), to: path)
    } else if lower.hasSuffix(".csv") {
      let lines = ([header] + items.map(row)).map { CSVWriter.row($0) + "\r\n" }
      try Output.write(Array((CSVWriter.byteOrderMark + lines.joined()).utf8), to: path)
    } else if lower.hasSuffix(".xlsx") {
      try Output.write(workbook(items), to: path)
    } else {
      throw CommandError.usage(
        "--out: got '\(path)', expected a name ending in .xlsx, .csv or .jsonl")
    }
  }

  private func workbook(_ items: [Todo.Item]) -> [UInt8] {
    let widths = [12, 18, 32, 24, 14, 12, 36, 8, 40]
    let styles: [NewSheet.Style] = [
      .date, .code, .text, .text, .text, .date, .text, .text, .text,
    ]
    var sheet = NewSheet(
      name: text("todo.next"),
      columns: columns.indices.map { NewSheet.Column(width: widths[$0], style: styles[$0]) })
    sheet.pageTitle = title
    sheet.headerRows = 2
    sheet.rows = [[(.text(title), .title)], header.map { (.text($0), .heading) }]
    for item in items {
      sheet.rows.append(
        row(item, marksLate: false).enumerated().map { place, cell in
          if cell.isEmpty { return (.empty, .text) }
          if styles[place] == .date, let day = CivilDate(iso: cell) {
            return (.number(String(day.dayNumber + 25_569)), .date)
          }
          return (.text(cell), styles[place] == .date ? .text : styles[place])
        })
    }
    sheet.rows.append([(.text(text("todo.source")), .plain)])
    var writer = ListTemplate(corpus: corpus, language: language, list: .demands).writer
    writer.sheets = [sheet]
    return writer.write()
  }

  private var title: String {
    text("todo.title", ["broker": broker, "date": "\(asOf)"])
  }

  private func counts(_ todo: Todo) -> String {
    let open = todo.items.filter(\.isOpen)
    let late = open.count { $0.due.map { $0 < asOf } ?? false }
    return text(
      "todo.count",
      [
        "open": "\(open.count)", "late": "\(late)",
        "demands": "\(Set(open.map(\.demand)).count)",
        "closed": "\(todo.items.count - open.count)",
      ])
  }

  private func row(_ item: Todo.Item) -> [String] { row(item, marksLate: true) }

  private func row(_ item: Todo.Item, marksLate: Bool) -> [String] {
    var due = item.due.map { "\($0)" } ?? ""
    if marksLate, item.isOpen, let day = item.due, day < asOf { due += " " + text("todo.late") }
    let cells = [
      due, item.demand, item.title, item.line ?? item.platform ?? "",
      item.closed.map { text($0) } ?? text("step.\(item.step)"), "\(item.since)", next(item),
      item.waitsFor.map { text("todo.waits.\($0.rawValue)") } ?? "",
    ]
    return newcomers == nil ? cells : cells + [fitting(item)]
  }

  private func next(_ item: Todo.Item) -> String {
    guard item.isOpen else { return "" }
    if item.isUnanswered { return text("todo.unanswered") }
    return corpus.broker.next[item.step]?.name.text(language) ?? ""
  }

  private func fitting(_ item: Todo.Item) -> String {
    (newcomers?.matches[item.demand] ?? []).prefix(5).map { match in
      let verdict = Explanation(match, corpus: corpus, language: language).verdict
      return "\(match.line.line.id) \(verdict)"
    }.joined(separator: "; ")
  }

  private func json(_ item: Todo.Item) -> JSONValue {
    var object = JSONObject([
      ("type", .string("todo")), ("demand", .string(item.demand)), ("title", .string(item.title)),
      ("step", .string(item.step)), ("since", .string("\(item.since)")),
      ("open", .bool(item.isOpen)),
    ])
    if let platform = item.platform { object["platform"] = .string(platform) }
    if let line = item.line { object["line"] = .string(line) }
    if let due = item.due { object["due"] = .string("\(due)") }
    if let party = item.waitsFor { object["waits_for"] = .string(party.rawValue) }
    if item.isUnanswered { object["unanswered"] = .bool(true) }
    if item.isOpen { object["next"] = .string(next(item)) }
    if let new = newcomers?.matches[item.demand] {
      object["new"] = .array(new.map { .string($0.line.line.id) })
    }
    return .object(object)
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
