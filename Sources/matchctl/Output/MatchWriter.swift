import Matcher
import RecordFiles

/// Prints ranked results in one of the formats, demand by demand.
struct MatchWriter {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat
  private var results: [StageResult] = []
  private let record: MatchRecord
  private var count = 0
  private var asOf: CivilDate?

  init(corpus: Corpus, language: Language, format: OutputFormat) {
    self.corpus = corpus
    self.language = language
    self.format = format
    record = MatchRecord(corpus: corpus, language: language)
  }

  func begin() {
    switch format {
    case .csv:
      Output.raw(CSVWriter.byteOrderMark)
      Output.line(CSVWriter.row(MatchSheet.header(corpus, language)))
    case .json: Output.line("[")
    case .table, .jsonl: break
    }
  }

  mutating func write(_ stages: [StageResult], asOf: CivilDate) {
    self.asOf = asOf
    for result in stages {
      switch format {
      case .table:
        MatchTable(corpus: corpus, language: language).write(result)
      case .csv:
        for row in MatchSheet(corpus: corpus, language: language).rows(result) {
          Output.line(CSVWriter.row(row))
        }
      case .json, .jsonl: writeJSON(result)
      }
      results.append(result.withoutMatches)
    }
    if format == .table { writeOverall(stages) }
  }

  /// The pairs of a stage that are listed, in the order of their numbers.
  func listed(_ result: StageResult) -> [Evaluation] {
    guard format == .table else { return result.matches }
    return MatchTable(corpus: corpus, language: language).listed(result)
  }

  private func writeOverall(_ stages: [StageResult]) {
    guard let date = asOf, let whole = DemandOverall(stages, corpus: corpus, asOf: date) else {
      return
    }
    let expected = whole.expected.map { MatchSheet.whole($0, $0.expected) } ?? "–"
    let group = [
      "full": "fits", "potential": "confirm", "near_miss": "close", "conflict": "conflict",
    ]
    let verdict = corpus.texts.text("group.\(group[whole.verdict.rawValue] ?? "")", language)
    Output.line(
      corpus.texts.text(
        "overall", language,
        ["id": stages[0].demand.id, "verdict": verdict, "expected": expected]))
    if let budget = whole.budget {
      let unknown = corpus.texts.text("unstated", language)
      let total = whole.lowestTotal.map { NumberShown.money($0, language) } ?? unknown
      Output.line(
        corpus.texts.text(
          "overall.budget", language,
          ["amount": total, "other": NumberShown.money(budget, language)]))
    }
    Output.line("")
  }

  private mutating func writeJSON(_ result: StageResult) {
    for (index, match) in result.matches.enumerated() {
      let value = record.json(match, rank: index + 1)
      if format == .json, count > 0 { Output.raw(",\n") }
      count += 1
      if format == .json {
        Output.raw(JSONWriter.pretty(value))
      } else {
        Output.line(JSONWriter.line(value))
      }
    }
  }

  func end(asOf: CivilDate) {
    let summary = record.summary(results, asOf: asOf)
    switch format {
    case .jsonl: Output.line(JSONWriter.line(summary))
    case .json:
      if count > 0 { Output.raw(",\n") }
      Output.line(JSONWriter.pretty(summary))
      Output.line("]")
    case .table, .csv: break
    }
    Output.flush()
  }
}
