import Matcher

/// Says whether demands are fit to be published.
struct DemandJudge {
  let corpus: Corpus
  let language: Language
  let asOf: CivilDate
  private let lint: DemandLint
  private let text: ProblemText
  private let tools: ReadingTools

  init(corpus: Corpus, language: Language, asOf: CivilDate, tools: ReadingTools) {
    self.corpus = corpus
    self.language = language
    self.asOf = asOf
    self.tools = tools
    lint = DemandLint(corpus: corpus, tools: tools)
    text = ProblemText(corpus)
  }

  /// Makes drafts of those that are not fit, with the codes of what keeps them back and what to
  /// correct, in words. Warnings keep nothing back.
  func judge(_ rows: inout [SubmittedRow]) {
    var options = RecordReader.Options()
    options.prose = asOf
    var reader = RecordReader(corpus: corpus, options: options, tools: tools)
    for (index, row) in rows.enumerated() where row.standing == .published {
      var record = row.record
      record["id"] = .string(String(index))
      reader.add(demand: record, file: "")
    }
    for demand in reader.demands {
      guard let index = Int(demand.id) else { continue }
      for problem in lint.problems(demand, asOf: asOf)
      where corpus.publishing.demands[problem.code] == .draft {
        rows[index].standing = .draft
        if !rows[index].reasons.contains(problem.code) { rows[index].reasons.append(problem.code) }
        let ask = text.ask(problem, language)
        if !rows[index].messages.contains(ask) { rows[index].messages.append(ask) }
      }
    }
  }
}
