import ArgumentParser
import Ledger
import Matcher
import Publishing
import RecordFiles

struct PublishedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "published", abstract: "List what stands: a park's demands, or platforms.",
    discussion: """
      With its state, the park's own number and its last day; --expiring shows those that expire soon or have expired.
        matchctl published --park HP --ledger zs.db --expiring
        matchctl published --park HP --ledger zs.db --public-list 清单.xlsx --internal-list 内部清单.html
        matchctl published --platforms --ledger zs.db
      """)

  @Option(help: ArgumentHelp("The park's code, such as HP.", valueName: "code"))
  var park: String?
  @Flag(help: "Platforms instead of a park's demands.") var platforms = false
  @Flag(help: "Only what expires soon or has expired; of platforms, what is out of date.")
  var expiring = false
  @Flag(help: "Withdrawn ones too.") var all = false
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Lists for people") var sheets: DemandListOptions
  @OptionGroup(title: "Ledger") var ledgers: LedgerOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    if (park == nil) != platforms {
      throw ValidationError("give --park CODE for a park's demands, or --platforms")
    }
    if platforms, !sheets.isEmpty {
      throw ValidationError("lists for people are of a park's demands; give --park CODE")
    }
  }

  func run() throws {
    let corpus = try corpusOptions.load()
    let ledger = try ledgers.open()
    let asOf = try time.date()
    guard let park else { return try listPlatforms(corpus, ledger, asOf) }
    let code = try ParkOptions.checked(park)
    guard let known = try ledger.read({ try Park.read(code, $0) }) else {
      throw CommandError.input("no park '\(code)'; matchctl park list shows all")
    }
    try DemandLists(
      corpus: corpus, language: languages.language, asOf: asOf, options: sheets
    ).write(known, ledger)
    if sheets.isEmpty { try listDemands(corpus, ledger, code, asOf) }
  }

  private func isSoon(_ version: RecordVersion, _ corpus: Corpus, _ asOf: CivilDate) -> Bool {
    guard version.state == .published, let until = version.validUntil else { return false }
    return until - asOf <= Int(corpus.listSetting("expiring_days", 30))
  }

  private func listDemands(
    _ corpus: Corpus, _ ledger: Ledger, _ code: String, _ asOf: CivilDate
  ) throws {
    let words = PublishText(corpus: corpus, language: languages.language)
    let records = try ledger.read { try $0.records(.demand) }.filter { record in
      record.version.park == code && (all || record.version.state != .withdrawn)
        && (!expiring || isSoon(record.version, corpus, asOf))
    }
    let heads = ["id", "own", "title", "state", "until", "reasons", "twin"]
    let rows = records.map { record in
      let version = record.version
      let isClosed = version.publicTitle.isEmpty && version.record["title"]?.string != nil
      var why = words.reasons(version.reasons)
      if version.stands(on: asOf), isSoon(version, corpus, asOf) {
        why = words.text("publish.soon")
      }
      return [
        record.id, version.own ?? "", isClosed ? words.text("publish.sealed") : version.publicTitle,
        words.state(version, asOf), version.validUntil.map { "\($0)" } ?? "", why,
        version.notes["twin_of"]?.string ?? "",
      ]
    }
    Output.listing(
      heads.map { words.text("publish.column.\($0)") }, rows, format,
      limits: [16, 12, 44, 12, 12, 40, 16])
  }

  private func listPlatforms(_ corpus: Corpus, _ ledger: Ledger, _ asOf: CivilDate) throws {
    let words = PublishText(corpus: corpus, language: languages.language)
    let records = try ledger.read { try $0.records(.platform) }.filter { record in
      (all || record.version.state != .withdrawn)
        && (!expiring || record.version.isStale(on: asOf, corpus: corpus))
    }
    let levels = Dictionary(
      corpus.publishing.levels.map { ($0.code, $0.name.text(languages.language)) },
      uniquingKeysWith: { $1 })
    let heads = ["id", "name", "state", "level", "earliest", "verified", "note"]
    let rows = records.map { record in
      let version = record.version
      let earliest = version.earliest.map { earliest in
        earliest.counts(on: asOf, corpus: corpus)
          ? "\(earliest.date)"
          : words.text("publish.earliest.old", ["date": "\(earliest.date)"])
      }
      return [
        record.id, PlatformImporter.name(version.record, languages.language),
        words.state(version, asOf), version.recognition.flatMap { levels[$0] } ?? "",
        earliest ?? "", version.record["source"]?.object?["verified_at"]?.string ?? "",
        version.isStale(on: asOf, corpus: corpus) ? words.text("publish.stale") : "",
      ]
    }
    Output.listing(
      heads.map { words.text("publish.column.\($0)") }, rows, format,
      limits: [16, 40, 12, 12, 24, 12, 30])
  }
}
