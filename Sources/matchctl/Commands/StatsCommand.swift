import ArgumentParser
import Matcher

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Make the frozen tables of a catalogue: text statistics, base rates, known ranges.",
    subcommands: [StatsText.self, StatsPriors.self, StatsRanges.self])
}

struct StatsText: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "text", abstract: "Print text-stats.tsv: in how many lines each term occurs.")

  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let (corpus, platforms) = try catalogue.read()
    Output.raw(CatalogueStatistics(corpus: corpus).textTable(platforms))
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

struct StatsRanges: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ranges",
    abstract: "Print ranges.tsv: the least and greatest number that known lines state for each key."
  )

  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let (corpus, platforms) = try catalogue.read()
    Output.raw(CatalogueStatistics(corpus: corpus).knownRanges(platforms))
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
