import ArgumentParser
import Brokerage
import Ledger
import Matcher
import RecordFiles

/// Everything that happened to a record.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract:
      "List every version, step, question, answer and exposure of a demand or platform, in order.",
    discussion: """
      Changed fields are named, not shown. --sealed shows the values too, for the broker who has the demand and for who
      stated the record; the look is recorded.
      """)

  @Argument(help: "The demand or platform.") var id: String
  @Flag(help: "With the values of fields and of restricted answers.") var sealed = false
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    let corpus = try corpusOptions.load()
    let opened = try ledger.open()
    let history: History
    if sealed {
      let who = try ledger.who()
      history = try opened.write(by: who) { writer in
        let history = try History.read(writer.reader, id, sealed: true, corpus: corpus)
        guard try History.mayRead(writer.reader, id, who: who) else {
          throw CommandError.input(
            "'\(who)' may not read what is restricted of '\(id)'; the broker who has the demand may, "
              + "and who stated the record")
        }
        try writer.append(.look, id, JSONObject([("what", .string("history"))]))
        return history
      }
    } else {
      history = try opened.read { try History.read($0, id, sealed: false, corpus: corpus) }
    }
    write(history, corpus)
  }

  private func write(_ history: History, _ corpus: Corpus) {
    let language = languages.language
    switch format {
    case .json, .jsonl:
      let objects = history.events.map { json($0, corpus) }
      if format == .json { return Output.line(JSONWriter.pretty(.array(objects))) }
      for object in objects { Output.line(JSONWriter.line(object)) }
    case .table, .csv:
      let header = ["at", "who", "what", "with", "fields", "detail"].map {
        corpus.texts.text("history.\($0)", language)
      }
      let rows = history.events.map { event in
        [
          event.day.map { "\($0)" } ?? "\(event.at.day())", event.who,
          event.note.text(corpus, language), event.other ?? "", fields(event),
          event.isSealed ? corpus.texts.text("problem.withheld", language) : event.detail ?? "",
        ]
      }
      if format == .table {
        Output.line(corpus.texts.text("history.title", language, ["id": id]))
      }
      Output.listing(header, rows, format, limits: [10, 14, 40, 24, 60, 80])
    }
  }

  private func fields(_ event: History.Event) -> String {
    event.changes.map { change in
      guard sealed else { return change.path }
      let sides = [change.before, change.after].map { $0.map(JSONWriter.line) ?? "–" }
      return "\(change.path): \(sides[0]) → \(sides[1])"
    }.joined(separator: "; ")
  }

  private func json(_ event: History.Event, _ corpus: Corpus) -> JSONValue {
    var object = JSONObject([
      ("type", .string("event")), ("seq", .integer(Int(event.seq))),
      ("at", .string(event.at.description)), ("who", .string(event.who)),
      ("kind", .string(event.kind.rawValue)),
      ("text", .string(event.note.text(corpus, languages.language))),
    ])
    if let day = event.day { object["day"] = .string("\(day)") }
    if let other = event.other { object["with"] = .string(other) }
    if !event.changes.isEmpty {
      object["fields"] = .array(
        event.changes.map { change in
          guard sealed else { return .string(change.path) }
          return .object(
            JSONObject([
              ("field", .string(change.path)), ("before", change.before ?? .null),
              ("after", change.after ?? .null),
            ]))
        })
    }
    if let detail = event.detail { object["detail"] = .string(detail) }
    if event.isSealed { object["sealed"] = .bool(true) }
    return .object(object)
  }
}
