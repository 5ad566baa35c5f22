import Matcher

/// Prints ranked results in one of the formats, demand by demand.
struct MatchWriter {
  let corpus: Corpus
  let language: Language
  let format: OutputFormat
  let showsAll: Bool
  let showsOverseas: Bool
  private var results: [StageResult] = []
  private let record: MatchRecord
  private var count = 0

  init(
    corpus: Corpus, language: Language, format: OutputFormat, showsAll: Bool, showsOverseas: Bool
  ) {
    self.corpus = corpus
    self.language = language
    self.format = format
    self.showsAll = showsAll
    self.showsOverseas = showsOverseas
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

  mutating func write(_ stages: [StageResult]) {
    for result in stages {
      switch format {
      case .table:
        MatchTable(
          corpus: corpus, language: language, showsAll: showsAll, showsOverseas: showsOverseas
        )
        .write(result)
      case .csv:
        for row in MatchSheet(corpus: corpus, language: language).rows(result) {
          Output.line(CSVWriter.row(row))
        }
      case .json, .jsonl: writeJSON(result)
      }
      results.append(result.withoutMatches)
    }
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
