/// Says what is wrong with a demand, in the language asked.
public struct ProblemText: Sendable {
  let corpus: Corpus

  public init(_ corpus: Corpus) {
    self.corpus = corpus
  }

  /// One sentence for a table, without a full stop.
  public func sentence(_ problem: DemandProblem, _ language: Language) -> String {
    filled(corpus.lint.problems[problem.code]?.text, problem, language)
  }

  /// What to ask or to correct: one sentence or two for the firm or the park.
  public func ask(_ problem: DemandProblem, _ language: Language) -> String {
    filled(corpus.lint.problems[problem.code]?.ask, problem, language)
  }

  private func filled(
    _ pattern: LocalizedName?, _ problem: DemandProblem, _ language: Language
  ) -> String {
    guard let pattern else { return "[\(problem.code)]" }
    var values = problem.values.mapValues { $0.text(language) }
    if problem.isWithheld {
      let hidden = corpus.texts.text("problem.withheld", language)
      for name in Texts.placeholders(pattern.text(language)) where values[name] == nil {
        values[name] = hidden
      }
    }
    return Texts.filled(pattern.text(language), values)
  }
}

extension DemandProblem {
  /// What would be right instead, one phrase a kind.
  var expected: String {
    switch kind {
    case .vague: "a demand that can be held to a line"
    case .contradiction: "requirements that one line can meet"
    case .implausible: "a value that can be"
    case .unit: "a unit that fits what is named"
    case .scale: "a value near those of known lines"
    case .time: "a window that can still be met"
    case .words: "words with one meaning"
    case .confidential: "nothing confidential in a public demand"
    case .term: "a known term"
    }
  }

  /// The place in the record: the key, else the part, behind the stage.
  var field: String {
    (stage.map { "stages[\($0)]." } ?? "") + (key ?? part)
  }

  /// The problem as an issue of a record file. The record was used, so it never refuses.
  func issue(_ demand: Demand, _ text: ProblemText) -> RecordIssue {
    var issue = RecordIssue(
      .warning, record: demand.id, field: field, got: text.sentence(self, .english),
      expected: expected, hint: text.ask(self, .english))
    issue.problem = self
    return issue
  }
}

extension DemandProblem {
  /// What programs need of it beside the sentences: code, how bad, where.
  func add(to object: inout JSONObject) {
    object["code"] = .string(code)
    object["level"] = .string(severity.rawValue)
    object["part"] = .string(part)
    if let key { object["key"] = .string(key) }
    guard let quote else { return }
    object["quote"] = .string(quote.words)
    object["span"] = .object(
      JSONObject([
        ("field", .string(quote.field.rawValue)), ("start", .integer(quote.range.lowerBound)),
        ("end", .integer(quote.range.upperBound)),
      ]))
  }
}
