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

  private var table: TodoTable {
    TodoTable(
      corpus: corpus, language: language, broker: broker, asOf: asOf, newcomers: newcomers)
  }

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
    case .csv: Output.listing(table.header, items.map(table.row), .csv)
    case .table:
      Output.line(table.title)
      if items.isEmpty { Output.line(text("todo.none")) }
      if !items.isEmpty {
        Output.listing(
          table.header, items.map(table.row), .table, limits: [16, 18, 30, 24, 16, 10, 44, 8, 60])
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
      try Output.write(table.csv(items), to: path)
    } else if lower.hasSuffix(".xlsx") {
      try Output.write(table.workbook(items), to: path)
    } else {
      throw CommandError.usage(
        "--out: got '\(path)', expected a name ending in .xlsx, .csv or .jsonl")
    }
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
    if item.isOpen { object["next"] = .string(table.next(item)) }
    if let new = newcomers?.matches[item.demand] {
      object["new"] = .array(new.map { .string($0.line.line.id) })
    }
    return .object(object)
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
