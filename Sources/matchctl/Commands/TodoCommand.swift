import ArgumentParser
import Brokerage
import Ledger
import Matcher
import RecordFiles

/// A broker's day.
struct TodoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "todo",
    abstract: "List a broker's demands with the next step, its date and who waits for whom.")

  @Option(help: ArgumentHelp("Whose list. Default: who acts.", valueName: "who"))
  var broker: String?
  @Option(
    help: ArgumentHelp("Only questions unanswered for so many working days.", valueName: "days"))
  var noReply: Int?
  @Option(help: ArgumentHelp("Only what is due within so many days.", valueName: "days"))
  var due: Int?
  @Flag(help: "Only demands with lines that fit and were never shown.") var new = false
  @Flag(help: "Also list what is closed.") var all = false
  @Option(
    help: ArgumentHelp("Write the follow-up sheet: .xlsx, .csv or .jsonl.", valueName: "file"))
  var out: String?
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    for (name, days) in [("--no-reply", noReply), ("--due", due)] {
      guard let days else { continue }
      guard (0...3650).contains(days) else {
        throw ValidationError("\(name): got \(days), expected 0 to 3650 days")
      }
    }
  }

  func run() throws {
    let corpus = try corpusOptions.load()
    let today = try time.date()
    let who = try broker ?? ledger.who()
    let (todo, newcomers) = try ledger.open().read { reader in
      let todo = try Todo.read(reader, broker: who, corpus: corpus, asOf: today)
      guard new else { return (todo, nil as Newcomers?) }
      let desk = try BrokerDesk.read(reader, broker: who, corpus: corpus, asOf: today)
      return (todo, try Newcomers.find(desk.demands, desk.matches, reader, top: 20))
    }
    var items = all ? todo.items : todo.items.filter(\.isOpen)
    func keep(_ wanted: [Todo.Item]) {
      let keys = Set(wanted.map(TodoSheet.key))
      items.removeAll { !keys.contains(TodoSheet.key($0)) }
    }
    if let noReply { keep(todo.unanswered(noReply, corpus: corpus)) }
    if let due { keep(todo.due(within: due)) }
    if let newcomers { items.removeAll { newcomers.matches[$0.demand] == nil } }
    let sheet = TodoSheet(
      corpus: corpus, language: languages.language, broker: who, asOf: today,
      newcomers: newcomers)
    if let out { return try sheet.write(items, to: out) }
    sheet.show(items, todo, format)
  }
}
