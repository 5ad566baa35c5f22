import Matcher

/// One row a match, for a spreadsheet that a broker forwards, and the cells that the table shares
/// with it.
struct MatchSheet {
  let corpus: Corpus
  let language: Language

  static func header(_ corpus: Corpus, _ language: Language) -> [String] {
    [
      "sheet.demand", "sheet.title", "sheet.stage", "table.rank", "table.verdict", "table.platform",
      "sheet.lineID", "table.line", "table.place", "sheet.expected", "sheet.low", "sheet.high",
      "table.known",
      "sheet.questions", "sheet.gaps", "sheet.give", "sheet.source", "sheet.note", "sheet.asOf",
    ].map { corpus.texts.text($0, language) }
  }

  func rows(_ result: StageResult) -> [[String]] {
    result.matches.enumerated().map { index, match in
      let explanation = Explanation(match, corpus: corpus, language: language)
      let line = match.line
      return [
        result.demand.id, result.demand.title, result.stage.id ?? "", String(index + 1),
        explanation.verdict,
        line.platform.name.text(language), line.line.id, line.line.name.text(language),
        MatchSheet.place(line, corpus, language),
        MatchSheet.whole(match.score, match.score.expected),
        MatchSheet.whole(match.score, match.score.low),
        MatchSheet.whole(match.score, match.score.high),
        explanation.coverage, explanation.questions.joined(separator: "\n"),
        explanation.against.joined(separator: "\n"), explanation.give.joined(separator: "\n"),
        line.line.provenance.reference, explanation.warnings.joined(separator: "\n"),
        match.asOf.description,
      ]
    }
  }

  static func whole(_ score: Score, _ sum: Int64) -> String {
    let points = score.points(sum)
    return String((points + 50) / 100)
  }

  static func place(_ line: ResolvedLine, _ corpus: Corpus, _ language: Language) -> String {
    line.line.site.place.map { corpus.places.shortName($0, language) } ?? line.line.site.placeText
  }

  /// The next step: what to ask about, else the closest gap, else nothing.
  static func next(_ match: Evaluation, _ corpus: Corpus, _ language: Language) -> String {
    let explanation = Explanation(match, corpus: corpus, language: language)
    guard match.verdict == .potential else { return explanation.against.first ?? "" }
    return corpus.texts.text(
      "next.ask", language, ["list": corpus.texts.list(explanation.pending, language)])
  }

  static func counts(_ summary: StageSummary, _ corpus: Corpus, _ language: Language) -> String {
    corpus.texts.text(
      "summary.counts", language,
      [
        "lines": String(summary.lines), "full": String(summary.verdicts[.full] ?? 0),
        "potential": String(summary.verdicts[.potential] ?? 0),
        "near": String(summary.verdicts[.nearMiss] ?? 0),
        "conflict": String(summary.verdicts[.conflict] ?? 0),
      ])
  }

  static func name(
    _ criterion: CriterionID, _ ask: Ask, _ corpus: Corpus, _ language: Language
  ) -> String {
    switch criterion {
    case .spec(let key): corpus.registry[key].name.text(language)
    case .certificate(let index): ask.certificates[index].schemeText
    default: corpus.texts.text("name.\(criterion)", language)
    }
  }
}
