import ArgumentParser
import Foundation
import Ledger
import Matcher
import Publishing
import RecordFiles
import TableFiles

struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Publish a park's list: show the difference, then write it.",
    discussion: """
      The list is read as 'lint' reads it and compared with what the park has published: new, changed (which fields),
      unchanged, refused with reasons. What is fit is published; the rest is kept as a draft (待补正) or returned (退回).
      Warnings keep nothing back. Publishing the same file again changes nothing.
        matchctl publish list.xlsx --park HP --ledger zs.db --dry-run
        matchctl publish list.xlsx --park HP --ledger zs.db --yes --public-list out/ --returned back.xlsx
      A demand that the list no longer has stays, unless --whole says that the file is the park's whole list.
      Exit 0 done (also when rows were refused), 2 not done.
      """)

  @Argument(help: "The list (.xlsx, .csv, .tsv) or demand records (.jsonl, .json).")
  var file: String
  @OptionGroup var parks: ParkOptions
  @OptionGroup var consent: ConsentOptions
  @Flag(help: "The file is the park's whole list: what it does not have is withdrawn.")
  var whole = false
  @Option(
    help: ArgumentHelp("The last day of everything in the list.", valueName: "YYYY-MM-DD"))
  var validUntil: String?
  @Option(help: ArgumentHelp("For how many days what is new or changed stands.", valueName: "days"))
  var validDays: Int?
  @Flag(help: "Take contact data again that were erased.") var takeErasedContacts = false
  @Option(
    help: ArgumentHelp(
      "Write the list back with our numbers, what became of each row and marks on the cells.",
      valueName: "file"))
  var returned: String?
  @Option(help: "The format of the input when its name does not say.") var inputFormat:
    RecordFormat?
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Lists for people") var sheets: DemandListOptions
  @OptionGroup(title: "Reading lists") var lists: ListOptions
  @OptionGroup(title: "Ledger") var ledgers: LedgerOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    if returned != nil, file == "-" {
      throw ValidationError("--returned takes a list that is a file")
    }
    if let validUntil, CivilDate(iso: validUntil) == nil {
      throw ValidationError("--valid-until: got '\(validUntil)', expected a day as YYYY-MM-DD")
    }
    if let validDays, !(1...3650).contains(validDays) {
      throw ValidationError("--valid-days: got \(validDays), expected 1 to 3650")
    }
  }

  func run() throws {
    let corpus = try corpusOptions.load()
    let ledger = try ledgers.open()
    let who = try ledgers.who()
    let asOf = try time.date()
    let code = try parks.code()
    guard let park = try ledger.read({ try Park.read(code, $0) }) else {
      throw CommandError.input(
        "no park '\(code)'; add it: matchctl park add \(code) --name …; matchctl park list shows all"
      )
    }
    let submission = try submission(corpus, asOf, ledger)
    let publisher = publisher(corpus, code, asOf)
    let plan = try PublishRun(
      ledger: ledger, who: who, consent: consent, corpus: corpus, language: languages.language,
      report: PublishReport(
        corpus: corpus, language: languages.language, format: format, asOf: asOf)
    ).run(
      file: submission.file, plan: { try publisher.plan(submission, $0) },
      apply: { try publisher.apply($0, of: submission.file, $1) })
    if let returned, let plan {
      try Output.write(
        PublishedSheet(corpus: corpus, language: languages.language, asOf: asOf)
          .write(submission, plan, encoding: lists.encoding.encoding), to: returned)
    }
    if !consent.dryRun {
      try DemandLists(
        corpus: corpus, language: languages.language, asOf: asOf, options: sheets
      ).write(park, ledger)
    }
  }

  private func submission(
    _ corpus: Corpus, _ asOf: CivilDate, _ ledger: Ledger
  ) throws -> Submission {
    let handed = try SubmissionReader.file(file)
    let seen = try ledger.read { try $0.fileSeen(handed.hash) }
    var reader = SubmissionReader(
      corpus: corpus, language: languages.language, asOf: asOf,
      options: try lists.options(corpus, asOf: asOf))
    reader.encoding = lists.encoding.encoding
    reader.format = inputFormat
    reader.keepsRows = returned != nil
    return try reader.read(handed, firstSeen: seen?.day())
  }

  private func publisher(_ corpus: Corpus, _ park: String, _ asOf: CivilDate) -> Publisher {
    var publisher = Publisher(corpus: corpus, park: park, asOf: asOf)
    publisher.isWhole = whole
    publisher.validUntil = validUntil.flatMap { CivilDate(iso: $0) }
    publisher.validDays = validDays
    publisher.takesErasedContacts = takeErasedContacts
    return publisher
  }
}

/// Shows a difference, asks, and writes it: for demands and for profiles.
struct PublishRun {
  let ledger: Ledger
  let who: String
  let consent: ConsentOptions
  let corpus: Corpus
  let language: Language
  let report: PublishReport

  /// - Returns: what was done, or shown with `--dry-run`; nil where somebody said no.
  @discardableResult
  func run(
    file: SubmittedFile, plan: (LedgerReader) throws -> PublishPlan,
    apply: (PublishPlan, LedgerWriter) throws -> PublishPlan
  ) throws -> PublishPlan? {
    let shown = try ledger.read(plan)
    guard !shown.changes.isEmpty else {
      report.write(shown, isWritten: false)
      throw CommandError.input(
        "'\(file.name)' has nothing that could be taken; nothing was changed")
    }
    guard !consent.dryRun, !shown.isEmpty else {
      report.write(shown, isWritten: false)
      return shown
    }
    if !consent.yes {
      report.write(shown, isWritten: false)
      let words = text("publish.yesWords").split(separator: " ").map(String.init)
      guard
        try consent.consents(
          text("publish.ask"), yesWords: words,
          hint:
            "nothing was changed: there is no terminal to ask on; look with --dry-run, then give --yes"
        )
      else {
        Output.error(text("publish.notDone"))
        return nil
      }
    }
    let done = try ledger.write(by: who) { writer in
      let now = try plan(writer.reader)
      // What somebody said yes to is what was shown.
      guard consent.yes || now.digest == shown.digest else {
        throw CommandError.input(
          "somebody else published meanwhile; nothing was changed: look at the difference again")
      }
      return try apply(now, writer)
    }
    if consent.yes || report.format != .table { report.write(done, isWritten: true) }
    Output.flush()
    Output.error(text("publish.done"))
    return done
  }

  private func text(_ id: String) -> String {
    corpus.texts.text(id, language)
  }
}
