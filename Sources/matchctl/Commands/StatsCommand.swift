import ArgumentParser
import Matcher

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Make the frozen tables of a catalogue: text statistics and base rates.",
    subcommands: [StatsText.self, StatsPriors.self])
}

struct StatsText: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "text", abstract: "Print text-stats.tsv: in how many lines each term occurs.")

  @OptionGroup(title: "Records") var records: RecordOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    let corpus = try corpusOptions.load()
    let reader = try records.read(corpus, folder: corpusOptions.corpus)
    reader.report(corpus, languages.language)
    Output.raw(CatalogueStatistics(corpus: corpus).textTable(reader.platforms))
  }
}

struct StatsPriors: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "priors",
    abstract: "Print priors.jsonl: what known lines state for each key and sector.")

  @OptionGroup(title: "Records") var records: RecordOptions
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func run() throws {
    let corpus = try corpusOptions.load()
    let reader = try records.read(corpus, folder: corpusOptions.corpus)
    reader.report(corpus, languages.language)
    for row in CatalogueStatistics(corpus: corpus).priors(reader.platforms) {
      Output.line(JSONWriter.line(row))
    }
  }
}
