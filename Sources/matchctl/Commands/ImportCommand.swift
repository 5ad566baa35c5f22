import ArgumentParser
import Ledger
import Matcher
import Publishing
import RecordFiles

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take platforms' profiles into the ledger.",
    discussion: """
      Shows what is new, changed and unchanged, then writes it. A profile is known by its id. Names and numbers of people
      are kept apart. Says which profiles nobody has looked at for longer than the policy allows, and which earliest
      free dates no longer count.
        matchctl import profiles.jsonl --ledger zs.db --yes
      """)

  @Argument(help: "Profiles (.jsonl, .json, .csv, .xlsx after the template).")
  var file: String
  @OptionGroup var consent: ConsentOptions
  @Flag(help: "The file has all platforms: what it does not have is withdrawn.") var whole = false
  @Flag(help: "Take contact data again that were erased.") var takeErasedContacts = false
  @Option(help: "The format of the input when its name does not say.") var inputFormat:
    RecordFormat?
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup var encoding: EncodingOptions
  @OptionGroup(title: "Ledger") var ledgers: LedgerOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    let corpus = try corpusOptions.load()
    let ledger = try ledgers.open()
    let asOf = try time.date()
    var importer = PlatformImporter(corpus: corpus, language: languages.language, asOf: asOf)
    importer.isWhole = whole
    importer.takesErasedContacts = takeErasedContacts
    importer.encoding = encoding.encoding
    importer.format = inputFormat
    let submission = try importer.read(try SubmissionReader.file(file))
    try PublishRun(
      ledger: ledger, who: try ledgers.who(), consent: consent, corpus: corpus,
      language: languages.language,
      report: PublishReport(
        corpus: corpus, language: languages.language, format: format, asOf: asOf)
    ).run(
      file: submission.file, plan: { [importer] in try importer.plan(submission, $0) },
      apply: { [importer] in try importer.apply($0, of: submission.file, $1) })
  }
}
