import ArgumentParser
import Matcher
import RecordFiles

struct FindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "List service lines by sector, service, spec and place; no demand needed.",
    discussion: """
      A spec is asked as a requirement: matchctl find --service ic.sic --where "wafer_diameter=150 mm" --place 广东
      Lines that do not state it are listed behind those that do, and say so.
      """)

  @Option(help: "A sector code; see inspect sectors.") var sector: String?
  @Option(parsing: .upToNextOption, help: "A service: code or name.") var service: [String] = []
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("A spec the line must reach.", valueName: "clause"))
  var `where`: [String] = []
  @Option(help: "A place the line must lie in.") var place: String?
  @Option(help: "How many lines to list.") var top = 50
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Records") var records: RecordOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    guard top >= 1 else { throw ValidationError("--top: got \(top), expected 1 or more") }
  }

  func run() throws {
    let corpus = try corpusOptions.load()
    var typed = TypedDemand.empty
    typed.service = service.isEmpty ? sector.map { [$0] } ?? [] : service
    typed.require = `where`
    typed.place = place.map { [$0] } ?? []
    if let sector, corpus.taxonomy.node(sector)?.isSector(corpus) != true {
      let known = corpus.sectors.map(\.code).joined(separator: ", ")
      throw CommandError.usage("--sector: got '\(sector)', expected one of \(known)")
    }
    var reader = try records.read(
      corpus, folder: corpusOptions.corpus, asOf: time.date())
    try typed.add(to: &reader, corpus, languages.language)
    reader.report(corpus, languages.language)
    guard let demand = reader.demands.last else { throw CommandError.input("nothing to look for") }
    var options = MatchOptions(asOf: try time.date())
    options.top = .max
    options.rows = .line
    let engine = MatchEngine(corpus: corpus, platforms: reader.platforms)
    let found = engine.match(demand, options: options).flatMap(\.matches).filter { match in
      ![.nearMiss, .conflict].contains(match.verdict)
    }
    FoundLines(corpus: corpus, language: languages.language, format: format)
      .write(Array(found.prefix(top)), total: found.count)
    if found.isEmpty { throw ExitCode(1) }
  }
}

extension ServiceID {
  func isSector(_ corpus: Corpus) -> Bool {
    corpus.taxonomy[self].level == .sector
  }
}

extension TypedDemand {
  static var empty: TypedDemand {
    var typed = TypedDemand()
    typed.text = nil
    typed.service = []
    typed.require = []
    typed.place = []
    typed.within = nil
    typed.start = nil
    typed.finish = nil
    typed.quantity = nil
    typed.budget = nil
    typed.certificate = []
    return typed
  }
}
