import ArgumentParser
import Brokerage
import Ledger
import Matcher
import RecordFiles

extension Visibility: ExpressibleByArgument {}

/// Records a reply as a claim, and shows what it changes.
struct AnswerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: "Record what a platform or firm answered, and show at once which verdicts change.",
    discussion: """
      What was asked is named as questions name it, or by the name of a key or certificate; the value is the short form
      of cells. The answer counts beside the record until its last day, or until the record says otherwise.
        matchctl answer S101/L1 implant_temperature "max 650 ℃" --source phone --valid-until 2027-06-30
        matchctl answer S101/L1 explosion_proof no
        matchctl answer S101/L1 CNAS "(振动|冲击)@2028-05-31"
        matchctl answer S101/L1 price "32000..45000 CNY / 片"
        matchctl answer S101/L1 window "2027-01-04..2027-06-30 x4"
        matchctl answer HP-2026-0037 quantity "12 片"
      """)

  @Argument(help: "A platform, a line, or a demand.") var addressee: String
  @Argument(help: "What was asked, such as spec:implant_temperature.") var slot: String
  @Argument(help: "The answer.") var value: String

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @Option(help: ArgumentHelp("How it was said: phone, letter, visit, …", valueName: "source"))
  var source = "phone"
  @Option(help: ArgumentHelp("When it was said. Default: today.", valueName: "YYYY-MM-DD"))
  var day: String?
  @Option(help: ArgumentHelp("The last day on which it counts.", valueName: "YYYY-MM-DD"))
  var validUntil: String?
  @Option(help: "Who may read it: public, brokers or named.") var visibility = Visibility.brokers
  @Option(help: ArgumentHelp("Of a demand with several stages: which.", valueName: "id"))
  var stage: String?
  @Flag(help: "Show what would change and record nothing.") var dryRun = false
  @Option(help: "How many changed pairs to list.") var top = 30
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table

  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    guard top >= 0 else { throw ValidationError("--top: got \(top), expected 0 or more") }
  }

  func run() throws {
    let corpus = try corpusOptions.load()
    let today = try time.date()
    var request = AnswerRecorder.Request(
      addressee: addressee, slot: slot, value: value, source: source,
      day: try DayOption.day(day, "--day") ?? today,
      validUntil: try DayOption.day(validUntil, "--valid-until"), visibility: visibility)
    request.stage = stage
    let opened = try ledger.open()
    let recorder = AnswerRecorder(corpus: corpus)
    var (prepared, before) = try opened.read { reader in
      (
        try recorder.prepare(request, today: today, reader),
        try StandingWorld.read(reader, corpus: corpus, asOf: today)
      )
    }
    let after: StandingWorld
    var seq: Int64?
    if dryRun {
      after = before.with(prepared.answer, corpus: corpus)
    } else {
      seq = try opened.write(by: ledger.who()) { writer in
        // Another may have written since: what is recorded is checked against what stands now.
        prepared = try recorder.prepare(request, today: today, writer.reader)
        return try recorder.record(prepared, writer)
      }
      after = try opened.read { try StandingWorld.read($0, corpus: corpus, asOf: today) }
    }
    let effect = AnswerEffect.between(
      before, after, of: prepared.answer.addressee, corpus: corpus)
    AnswerReport(corpus: corpus, language: languages.language, format: format, top: top)
      .write(prepared, value, effect, seq)
  }
}
