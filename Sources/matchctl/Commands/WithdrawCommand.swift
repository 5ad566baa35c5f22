import ArgumentParser
import Ledger
import Matcher
import Publishing
import RecordFiles

struct WithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Take back a park's demands.",
    discussion: """
      A demand that was withdrawn takes no part in matching and is in no list. Its number is never given again.
      Publishing the same list later leaves it withdrawn; 'renew' lets it stand again.
      Exit 0 when all were withdrawn, 1 when some could not be.
      """)

  @Argument(help: "Our numbers, such as HP-2026-0037.") var ids: [String]
  @OptionGroup var parks: ParkOptions
  @OptionGroup(title: "Ledger") var ledgers: LedgerOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    let corpus = try corpusOptions.load()
    let park = try parks.code()
    let results = try ledgers.open().write(by: ledgers.who()) {
      try Withdrawal.withdraw(ids, park: park, $0)
    }
    try StandingReport(corpus: corpus, language: languages.language).write(results)
  }
}

struct RenewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "renew", abstract: "Let a park's demands stand until another day.",
    discussion: """
      Also brings back what expired or was withdrawn. Drafts and returned demands have to be corrected and published.
      Exit 0 when all were renewed, 1 when some could not be.
      """)

  @Argument(help: "Our numbers, such as HP-2026-0037.") var ids: [String]
  @Option(help: ArgumentHelp("The last day on which they stand.", valueName: "YYYY-MM-DD"))
  var until: String
  @OptionGroup var parks: ParkOptions
  @OptionGroup(title: "Ledger") var ledgers: LedgerOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    guard let day = CivilDate(iso: until) else {
      throw CommandError.usage("--until: got '\(until)', expected a day as YYYY-MM-DD")
    }
    let today = try time.date()
    guard day >= today else {
      throw CommandError.usage("--until: got \(day), expected a day from \(today) on")
    }
    let corpus = try corpusOptions.load()
    let park = try parks.code()
    let results = try ledgers.open().write(by: ledgers.who()) {
      try Withdrawal.renew(ids, until: day, park: park, $0)
    }
    try StandingReport(corpus: corpus, language: languages.language).write(results)
  }
}

/// Says what became of the demands that were named.
struct StandingReport {
  let corpus: Corpus
  let language: Language

  func write(_ results: [Withdrawal.Result]) throws {
    let words = PublishText(corpus: corpus, language: language)
    for result in results {
      var parts = [result.id, result.title]
      if let refusal = result.refusal {
        // What another park has is not told from what there is not.
        let id = refusal == .foreign ? Withdrawal.Refusal.unknown : refusal
        parts.append(words.text("withdraw.\(id.rawValue)"))
      } else {
        parts.append(result.state.map(words.state) ?? "")
        if result.state == .published, let until = result.validUntil {
          parts.append(words.text("publish.until", ["date": "\(until)"]))
        }
      }
      Output.line(parts.filter { !$0.isEmpty }.joined(separator: "  "))
    }
    if results.contains(where: { $0.refusal != nil && $0.refusal != .already }) {
      throw ExitCode(1)
    }
  }
}
