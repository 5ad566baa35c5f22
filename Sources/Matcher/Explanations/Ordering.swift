/// Why one pair of a demand stands above another: the first property of the order in which they
/// differ.
public struct Ordering {
  let corpus: Corpus
  let language: Language

  public init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
  }

  public func reason(_ one: Evaluation, _ two: Evaluation) -> String {
    let (first, second) = Evaluation.precedes(one, two) ? (one, two) : (two, one)
    let title = text("above.title", ["a": first.line.line.id, "b": second.line.line.id])
    let (id, a, b) = difference(first, second)
    return text("above.whole", ["title": title, "reason": text(id, ["a": a, "b": b])])
  }

  private func difference(_ first: Evaluation, _ second: Evaluation) -> (String, String, String) {
    func shown(_ evaluation: Evaluation, _ sum: Int64) -> String {
      NumberText.points(evaluation.score.points(sum))
    }
    if first.judgment.group != second.judgment.group {
      let words = [first, second].map {
        Explanation($0, corpus: corpus, language: language).verdict
      }
      return ("above.group", words[0], words[1])
    }
    let expected = Score.compare(
      first.score.expected, first.score.weight, second.score.expected, second.score.weight)
    if expected != 0 {
      return (
        "above.expected", shown(first, first.score.expected), shown(second, second.score.expected)
      )
    }
    let low = Score.compare(
      first.score.low, first.score.weight, second.score.low, second.score.weight)
    if low != 0 {
      return ("above.low", shown(first, first.score.low), shown(second, second.score.low))
    }
    let coverage = Score.compare(
      first.coverage.known, first.coverage.weight, second.coverage.known, second.coverage.weight)
    if coverage != 0 {
      return (
        "above.coverage", "\(first.coverage.knownCriteria)/\(first.coverage.criteria)",
        "\(second.coverage.knownCriteria)/\(second.coverage.criteria)"
      )
    }
    if first.questions.count != second.questions.count {
      return ("above.questions", String(first.questions.count), String(second.questions.count))
    }
    return ("above.id", first.line.line.id, second.line.line.id)
  }

  private func text(_ id: String, _ values: [String: String]) -> String {
    corpus.texts.text(id, language, values)
  }
}
