import ArgumentParser
import Ledger
import Matcher
import MatcherEngine
import RecordFiles

struct MatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match", abstract: "Rank the service lines that can serve each demand.",
    discussion: """
      A demand comes from a file, or is typed on the spot:
        matchctl match --text "8寸SiC流片，要快" --service ic.sic --require "wafer_diameter=200 mm"
      or out of a ledger, where it is recorded what was shown to whom:
        matchctl match --ledger ledger.sqlite --demand HP-2026-0037 --to 陈
      """)

  enum Rows: String, ExpressibleByArgument, CaseIterable {
    case platform
    case line
  }

  enum Extra: String, ExpressibleByArgument, CaseIterable {
    case conflict
  }

  @OptionGroup(title: "Records") var records: RecordOptions
  @OptionGroup(title: "Typed on the spot") var typed: TypedDemand
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  @Option(help: "How many platforms (or lines) to list for a demand, 1 or more.")
  var top = 10

  @Option(help: "List each platform by its best line, or every line: platform or line.")
  var by = Rows.platform

  @Option(help: "Also list the pairs that do not fit, closest first: conflict.")
  var include: Extra?

  @Option(
    name: .customLong("weights"), parsing: .upToNextOption,
    help: ArgumentHelp("Your weights by part or spec key, 0…1000.", valueName: "key=w"))
  var weights: [String] = []

  @Option(help: "table, csv, json or jsonl.")
  var format = OutputFormat.table

  @Flag(help: "In the table, list also lines of which almost nothing is known.")
  var all = false

  @Flag(help: "In the table, list also lines outside the mainland, Hong Kong and Macao.")
  var overseas = false

  @Option(
    help: ArgumentHelp(
      "Match against a catalogue made by snapshot build, instead of platform files.",
      valueName: "file"))
  var snapshot: String?

  @Option(
    help: ArgumentHelp(
      "Match what stands in a ledger, with answers and without declined pairs, instead of files.",
      valueName: "file"))
  var ledger: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Only these demands of the ledger.", valueName: "demand"))
  var demand: [String] = []

  @Option(
    help: ArgumentHelp(
      "Who sees the ledger's result. Default: MATCHCTL_WHO, else USER.", valueName: "who"))
  var to: String?

  @Flag(help: "Decide every pair with the simple reference evaluator instead of the columns.")
  var reference = false

  @Flag(help: "Exit 1 when any demand has no match or any row was refused.")
  var strict = false

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top: got \(top), expected 1 or more") }
    if ledger == nil {
      guard demand.isEmpty, to == nil else {
        throw ValidationError("--demand and --to: only with --ledger")
      }
      try typed.requireDemand(records)
    } else if typed.isGiven || !records.demands.isEmpty || !records.platforms.isEmpty
      || snapshot != nil || reference
    {
      throw ValidationError(
        "--ledger: takes the place of files, of a typed demand, of --snapshot and of --reference")
    }
    if snapshot != nil, reference || !records.platforms.isEmpty {
      throw ValidationError("--snapshot: takes the place of --platforms and of --reference")
    }
  }

  func run() throws {
    let opening = try openingSnapshot()
    let corpus = try corpusOptions.load()
    // Texts are weighed last, so their tables are read beside everything before.
    _ = Ahead { corpus.textStatisticsVersion }
    var options = MatchOptions(asOf: try time.date())
    options.top = top
    options.countsUnlisted = format == .table
    options.foldsLeads = format == .table && !all
    options.rows = by == .line ? .line : .platform
    options.includesConflict = include != nil
    options.includesOverseas = format != .table || overseas
    options.preferred = try Weights.parse(weights, corpus)
    if ledger != nil { return try matchLedger(corpus, options) }
    var reader =
      snapshot == nil
      ? try records.read(
        corpus, folder: corpusOptions.corpus, asOf: time.date(), language: languages.language)
      : try records.read(
        records.demands, .demand, corpus, asOf: time.date(), language: languages.language)
    if typed.isGiven {
      try typed.add(to: &reader, corpus, languages.language)
      showUnderstanding(reader.demands.last, corpus)
    }
    reader.report(corpus, languages.language)
    guard !reader.demands.isEmpty else { throw CommandError.input("no demand could be read") }
    let engine = try runner(reader, corpus, opening, asOf: options.asOf)
    let writer = MatchWriter(corpus: corpus, language: languages.language, format: format)
    let outcome = try match(reader.demands, engine, options, writer)
    LastHeld.keep(reader, engine)
    if !outcome.anyMatch { throw ExitCode(1) }
    if strict, outcome.anyUnmatched || reader.refused > 0 { throw ExitCode(1) }
  }

  private func matchLedger(_ corpus: Corpus, _ options: MatchOptions) throws {
    let match = LedgerMatch(
      ledger: try Ledger(opening: LedgerOptions.path(ledger)),
      viewer: try LedgerOptions.who(to, option: "--to"), demands: demand, corpus: corpus,
      options: options, language: languages.language)
    let outcome = try match.run(
      MatchWriter(corpus: corpus, language: languages.language, format: format))
    if !outcome.anyMatch { throw ExitCode(1) }
    if strict, outcome.anyUnmatched { throw ExitCode(1) }
  }

  /// The snapshot asked for: opened, its columns held to their checksums, while the corpus and the demands
  /// are read.
  private func openingSnapshot() throws -> Ahead<Snapshot>? {
    guard let snapshot else { return nil }
    let folder = try CorpusFolder.locate(corpusOptions.corpus)
    return Ahead { try SnapshotFile.open(matching: snapshot, files: .folder(folder)) }
  }

  /// The engine over the platforms that were read, or over the snapshot.
  private func runner(
    _ reader: RecordReader, _ corpus: Corpus, _ opening: Ahead<Snapshot>?, asOf: CivilDate
  ) throws -> MatchRunner {
    if let opening, let path = snapshot {
      let snapshot = try opening.value()
      return .snapshot(
        snapshot, path: path, snapshot.engine(corpus, asOf: asOf),
        Worker(helpers: .threads(Processors.count)))
    }
    guard !reader.platforms.isEmpty else { throw CommandError.input("no platform could be read") }
    guard !reference else {
      return .reference(MatchEngine(corpus: corpus, platforms: reader.platforms))
    }
    return .columns(
      ColumnEngine(
        corpus: corpus, platforms: reader.platforms, asOf: asOf, workers: .threads(Processors.count)
      ), Worker(helpers: .threads(Processors.count)))
  }

  /// What was read out of the words, before the result: on the same page for people, beside it for
  /// programs.
  private func showUnderstanding(_ demand: Demand?, _ corpus: Corpus) {
    guard let demand, typed.text != nil else { return }
    let writer = UnderstandingWriter(corpus: corpus, language: languages.language, format: .table)
    for line in writer.table(writer.record(demand)) + [""] {
      if format == .table { Output.line(line) } else { Output.error(line) }
    }
  }

  private func match(
    _ demands: [Demand], _ engine: MatchRunner, _ options: MatchOptions, _ writer: MatchWriter
  ) throws -> (anyMatch: Bool, anyUnmatched: Bool) {
    var writer = writer
    var anyMatch = false
    var anyUnmatched = false
    writer.begin()
    for (index, demand) in demands.enumerated() {
      let results = try engine.match(demand, options: options)
      for result in results {
        let fits = result.matches.contains { $0.verdict != .conflict }
        anyMatch = anyMatch || fits
        anyUnmatched = anyUnmatched || !fits
      }
      writer.write(results, asOf: options.asOf)
      if demands.count > 1 { Output.progress("\(index + 1) of \(demands.count) demands") }
    }
    if demands.count > 1 { Output.progress("") }
    writer.end(asOf: options.asOf)
    return (anyMatch, anyUnmatched)
  }
}

/// A demand given by flags.
struct TypedDemand: ParsableArguments {
  @Option(help: ArgumentHelp("The demand in your own words.", valueName: "words"))
  var text: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("A service asked: code or name; see inspect services.", valueName: "service")
  )
  var service: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "A requirement such as \"implant_temperature>=500 ℃ (soft)\"; see inspect keys.",
      valueName: "clause"))
  var require: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("A place that is allowed, such as 广州.", valueName: "place"))
  var place: [String] = []

  @Option(
    help: ArgumentHelp("At most so far from the place given, instead of in it.", valueName: "km"))
  var within: Double?

  @Option(help: ArgumentHelp("The first day of the work.", valueName: "YYYY-MM-DD"))
  var start: String?

  @Option(help: ArgumentHelp("The last day of the work.", valueName: "YYYY-MM-DD"))
  var finish: String?

  @Option(help: ArgumentHelp("How much, with its unit, such as \"12 片\".", valueName: "amount"))
  var quantity: String?

  @Option(help: ArgumentHelp("The total budget in CNY.", valueName: "cny"))
  var budget: Double?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("A certificate with its scope, such as \"CNAS(振动)\".", valueName: "scheme"))
  var certificate: [String] = []

  static let file = "command line"

  var isGiven: Bool {
    text != nil || !service.isEmpty || !require.isEmpty
  }

  func requireDemand(_ records: RecordOptions) throws {
    guard records.demands.isEmpty, !isGiven else { return }
    throw ValidationError(
      "give --demands FILE, or type a demand with --text, --service or --require")
  }

  /// The record that the flags stand for, and the clauses that could not be read.
  private var record: (object: JSONObject, unread: [String]) {
    var typed = TypedRecord()
    typed.text = text
    typed.services = service
    typed.requirements = require
    typed.places = place
    typed.withinKilometers = within
    typed.start = start
    typed.finish = finish
    typed.quantity = quantity
    typed.budget = budget
    typed.certificates = certificate
    return typed.record(id: "typed")
  }

  func add(to reader: inout RecordReader, _ corpus: Corpus, _ language: Language) throws {
    let (object, unread) = record
    if let bad = unread.first {
      throw CommandError.usage(
        "--require: got '\(bad)', expected key operator value unit, such as \"wafer_diameter=150 mm\""
      )
    }
    let before = reader.refused
    reader.add(demand: object, file: TypedDemand.file)
    if reader.refused > before, let issue = reader.issues.last(where: { $0.severity == .refused }) {
      let writer = IssueWriter(corpus: corpus, language: language, format: .table)
      throw CommandError.usage(writer.sentence(issue))
    }
  }
}

/// `--weights specs=60 window=0`.
enum Weights {
  static func parse(_ texts: [String], _ corpus: Corpus) throws -> [String: Int] {
    var weights: [String: Int] = [:]
    for text in texts {
      let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2, let weight = Int(sides[1]), (0...1000).contains(weight) else {
        throw CommandError.usage("--weights: got '\(text)', expected key=w with w of 0…1000")
      }
      guard Policy.Part(rawValue: sides[0]) != nil || corpus.registry.key(sides[0]) != nil else {
        let parts = Policy.Part.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandError.usage("--weights: got '\(sides[0])', expected \(parts) or a spec key")
      }
      weights[sides[0]] = weight
    }
    return weights
  }
}
