import ArgumentParser
import Matcher
import RecordFiles

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Show two or more lines side by side for a demand.")

  @Argument(help: "The ids of two or more service lines.") var lines: [String]
  @Option(name: .customLong("for"), help: ArgumentHelp("The demand's id.", valueName: "demand"))
  var demand: String
  @Option(help: "The stage of a demand with several.") var stage: String?
  @Option(help: "table, csv, json or jsonl.") var format = OutputFormat.table
  @OptionGroup(title: "Records") var records: RecordOptions
  @OptionGroup(title: "Typed on the spot, named typed") var typed: TypedDemand
  @OptionGroup(title: "Corpus") var corpusOptions: CorpusOptions
  @OptionGroup(title: "Time") var time: TimeOptions
  @OptionGroup(title: "Language") var languages: LanguageOptions

  func validate() throws {
    try typed.requireDemand(records)
    if lines.count < 2 { throw ValidationError("give two or more line ids") }
  }

  func run() throws {
    let corpus = try corpusOptions.load()
    let pairs = try PairFinder(
      records, typed, corpusOptions, corpus, time, [], languages.language)
    let evaluations = try lines.map { try pairs.evaluation(demand: demand, stage: stage, line: $0) }
    let record = MatchRecord(corpus: corpus, language: languages.language)
    switch format {
    case .json:
      Output.line(JSONWriter.pretty(.array(evaluations.map { record.fullJSON($0, rank: nil) })))
    case .jsonl:
      for evaluation in evaluations {
        Output.line(JSONWriter.line(record.fullJSON(evaluation, rank: nil)))
      }
    case .table, .csv: write(evaluations, corpus)
    }
  }

  private func write(_ evaluations: [Evaluation], _ corpus: Corpus) {
    let language = languages.language
    let side = SideBySide(corpus: corpus, language: language)
    if format == .csv {
      Output.raw(CSVWriter.byteOrderMark)
      for row in side.rows(evaluations) { Output.line(CSVWriter.row(row)) }
      return
    }
    let rows = side.rows(evaluations)
    var table = TextTable(header: rows[0], limits: [24] + evaluations.map { _ in 44 })
    for row in rows.dropFirst() { table.add(row) }
    for line in table.lines() { Output.line(line) }
    let sorted = evaluations.sorted(by: Evaluation.precedes)
    Output.line("")
    for (first, second) in zip(sorted, sorted.dropFirst()) {
      Output.line(Ordering(corpus: corpus, language: language).reason(first, second))
    }
  }
}
