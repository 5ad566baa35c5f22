/// Several lines for one demand as rows: one criterion a row, one line a column.
public struct SideBySide {
  let corpus: Corpus
  let language: Language

  public init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
  }

  /// The header, the verdict, the score, then every criterion of the demand; a criterion's cell
  /// says state and value.
  public func rows(_ evaluations: [Evaluation]) -> [[String]] {
    let explanations = evaluations.map { Explanation($0, corpus: corpus, language: language) }
    var rows = [
      [text("table.id")] + evaluations.map(\.line.line.id),
      [text("table.platform")] + evaluations.map(platform),
      [text("table.line")] + evaluations.map { $0.line.line.name.text(language) },
      [text("table.verdict")] + explanations.map(\.verdict),
      [text("table.score")] + explanations.map(\.score),
      [text("table.known")]
        + evaluations.map { "\($0.coverage.knownCriteria)/\($0.coverage.criteria)" },
    ]
    let words = OutcomeText(corpus: corpus, language: language)
    for criterion in criteria(evaluations) {
      let found = evaluations.map { evaluation in
        evaluation.outcomes.first { $0.criterion == criterion }.map { ($0, evaluation) }
      }
      guard let named = found.compactMap({ $0 }).first else { continue }
      rows.append([words.name(named.0)] + found.map { $0.map { cell($0, $1, words) } ?? "–" })
    }
    return rows
  }

  private func platform(_ evaluation: Evaluation) -> String {
    let platform = evaluation.line.platform
    let mark = platform.synthetic ? "【\(text("table.synthetic"))】" : ""
    return mark + platform.name.text(language)
  }

  private func criteria(_ evaluations: [Evaluation]) -> [CriterionID] {
    let all = Set(
      evaluations.flatMap {
        $0.outcomes.filter { !$0.message.hasSuffix(".unstated") }.map(\.criterion)
      })
    return all.sorted { $0.order < $1.order }
  }

  private func cell(_ outcome: Outcome, _ evaluation: Evaluation, _ words: OutcomeText) -> String {
    let state = text("state.\(outcome.state.rawValue)")
    guard outcome.visibility == .everyone else { return state }
    let values = words.values(outcome, evaluation)
    if outcome.criterion == .window || outcome.criterion == .status, let date = outcome.facts.date {
      return "\(state) \(date)"
    }
    if outcome.state == .unknown || values["has"] == text("unstated") { return state }
    let brackets = language == .english ? (" (", ")") : ("（", "）")
    let margin = values["margin"].map { brackets.0 + $0 + brackets.1 } ?? ""
    return "\(state) \(values["has"] ?? "")\(margin)"
  }

  private func text(_ id: String) -> String {
    corpus.texts.text(id, language)
  }
}
