import ArgumentParser
import Brokerage
import Ledger
import Matcher
import RecordFiles

/// One message a platform over all of a broker's open demands.
struct AskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract: "Write what is to be asked: one message a platform, one a firm, each fact once.",
    discussion: """
      Nothing is sent. A platform never reads the firm's name, contact, budget or rivals. What is answered, or asked and
      still in time, is left out. Send the messages yourself, then record that with --sent.
      """)

  @Option(help: ArgumentHelp("Whose demands. Default: who acts.", valueName: "who"))
  var broker: String?
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Only these of the broker's demands.", valueName: "demand"))
  var demand: [String] = []
  @Option(help: "How many platforms of each demand's list are asked, 1 or more.") var top = 5
  @Option(
    name: .customLong("as"),
    help: "message or letter. Default: a message where all fits into 300 characters.")
  var register: TextRegister?
  @Flag(help: "Record that these messages were sent.") var sent = false
  @Option(help: ArgumentHelp("When they were sent. Default: today.", valueName: "YYYY-MM-DD"))
  var day: String?
  @Option(help: "table (the texts), json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top: got \(top), expected 1 or more") }
    guard format != .csv else { throw ValidationError("--format: expected table, json or jsonl") }
  }

  func run() throws {
    let corpus = try corpusOptions.load()
    let today = try time.date()
    let sentOn = try DayOption.day(day, "--day") ?? today
    guard sentOn <= today else {
      throw CommandError.input("--day: got '\(sentOn)', expected a day up to today, \(today)")
    }
    let who = try ledger.who()
    let opened = try ledger.open()
    func make(_ reader: LedgerReader) throws -> AskRound {
      let desk = try BrokerDesk.read(
        reader, broker: broker ?? who, corpus: corpus, asOf: today, only: demand)
      return AskRound.make(
        desk.demands, desk.matches, try AskedFacts.read(reader, corpus: corpus, asOf: today),
        corpus: corpus, language: languages.language, top: top, register: register)
    }
    guard sent else { return show(try opened.read(make), corpus) }
    // What is recorded is what is shown, even if others write meanwhile.
    let round = try opened.write(by: who) { writer in
      let round = try make(writer.reader)
      try round.record(writer, day: sentOn)
      return round
    }
    show(round, corpus)
    say("round.sent", round, corpus, ["day": "\(sentOn)"])
  }

  private func show(_ round: AskRound, _ corpus: Corpus) {
    let language = languages.language
    switch format {
    case .json, .jsonl:
      let objects = round.messages.map(json)
      if format == .json {
        Output.line(JSONWriter.pretty(.array(objects)))
      } else {
        for object in objects { Output.line(JSONWriter.line(object)) }
      }
    case .table, .csv:
      for message in round.messages {
        let id = message.addressees.joined(separator: ", ")
        Output.line(
          "== "
            + corpus.texts.text(
              "round.\(message.to.rawValue)", language, ["id": id, "name": message.name]))
        Output.line(message.text + "\n")
      }
    }
    say(round.messages.isEmpty ? "round.none" : "round.count", round, corpus)
    if !sent, !round.messages.isEmpty { say("round.notSent", round, corpus) }
  }

  private func json(_ message: AskRound.Message) -> JSONValue {
    .object(
      JSONObject([
        ("type", .string("message")), ("to", .string(message.to.rawValue)),
        ("addressees", .array(message.addressees.map { .string($0) })),
        ("demands", .array(message.demands.map { .string($0) })),
        ("text", .string(message.text)),
        (
          "facts",
          .array(
            message.facts.map { addressee, fact in
              .object(
                JSONObject([
                  ("addressee", .string(addressee)),
                  ("line", fact.line.map { .string($0) } ?? .null),
                  ("slot", .string("\(fact.slot)")),
                  ("demands", .array(fact.demands.map { .string($0) })),
                  ("text", .string(fact.text)),
                ]))
            })
        ),
      ]))
  }

  private func say(
    _ id: String, _ round: AskRound, _ corpus: Corpus, _ more: [String: String] = [:]
  ) {
    let values = [
      "count": "\(round.messages.count)",
      "facts": "\(round.messages.reduce(0) { $0 + $1.facts.count })",
      "settled": "\(round.settled)",
    ].merging(more) { $1 }
    Output.error(corpus.texts.text(id, languages.language, values))
  }
}
