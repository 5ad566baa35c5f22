import ArgumentParser
import Matcher

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract:
      "Make and show the frozen tables of a catalogue: text statistics, base rates, ranges.",
    subcommands: [
      StatsBuild.self, StatsShow.self, StatsPriors.self, StatsRanges.self, StatsStated.self,
    ])
}

struct StatsBuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Print text-stats.tsv: in how many of a catalogue's lines each term occurs.",
    discussion: """
      Keep what it prints as policy/text-stats.tsv of the corpus. General language, in
      policy/text-general.tsv, counts beside it; a run's summary names both.
      """)

  @OptionGroup var catalogue: CatalogueOptions

  @Option(
    name: .customLong("table-version"),
    help: ArgumentHelp("The name that a run's summary gives.", valueName: "name"))
  var version = "catalogue"

  func validate() throws {
    let isName = !version.isEmpty && version.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
    guard isName else {
      throw ValidationError(
        "--table-version: got '\(version)', expected letters, digits and hyphens")
    }
  }

  func run() throws {
    let (corpus, platforms) = try catalogue.read()
    Output.raw(CatalogueStatistics(corpus: corpus).textTable(platforms, version: version))
    Output.flush()
  }
}

struct StatsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the text tables in force, and how they read and weigh a text.")

  @Argument(help: "A text whose terms are shown, heaviest first.") var text: String?
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions

  func run() throws {
    let corpus = try corpusOptions.load()
    guard let text else {
      return Output.listing(["tables"], [[corpus.textStatisticsVersion]], format)
    }
    let rows = CatalogueStatistics(corpus: corpus).termWeights(text).map { term in
      [
        term.term, term.kind, String(term.count), StatsShow.text(term.weight),
        StatsShow.text(term.general), StatsShow.text(term.catalogue),
      ]
    }
    Output.listing(["term", "kind", "count", "weight", "general", "catalogue"], rows, format)
    if rows.isEmpty { throw ExitCode(1) }
  }

  /// To three decimals.
  private static func text(_ value: Double) -> String {
    let thousandths = (value * 1000).rounded(.toNearestOrEven) / 1000
    return thousandths == thousandths.rounded() ? String(Int(thousandths)) : String(thousandths)
  }
}

struct StatsPriors: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "priors",
    abstract: "Print priors.jsonl: what known lines state for each key and sector.")

  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let (corpus, platforms) = try catalogue.read()
    for row in CatalogueStatistics(corpus: corpus).priors(platforms) {
      Output.line(JSONWriter.line(row))
    }
  }
}

struct StatsStated: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stated",
    abstract: "Print stated.tsv: how many of a catalogue's lines state each key.",
    discussion: """
      Keep what it prints as policy/stated.tsv of the corpus: what a demand's words ask on a key that no line states is
      for information, unless they say it must be.
      """)

  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let (corpus, platforms) = try catalogue.read()
    Output.raw(CatalogueStatistics(corpus: corpus).statedTable(platforms))
    Output.flush()
  }
}

struct StatsRanges: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ranges",
    abstract: "Print ranges.tsv: the least and greatest number that known lines state for each key."
  )

  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let (corpus, platforms) = try catalogue.read()
    Output.raw(CatalogueStatistics(corpus: corpus).knownRanges(platforms))
    Output.flush()
  }
}

/// A catalogue and the corpus it is read with.
struct CatalogueOptions: ParsableArguments {
  @OptionGroup(title: "Records") var records: RecordOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  /// The platforms; problems of rows go to standard error.
  func read() throws -> (corpus: Corpus, platforms: [Platform]) {
    let corpus = try corpusOptions.load()
    let reader = try records.read(corpus, folder: corpusOptions.corpus)
    reader.report(corpus, languages.language)
    return (corpus, reader.platforms)
  }
}
