/// An evaluation in words, for a broker or a file. Rendered on request; every number comes from the
/// record.
public struct Explanation: Sendable {
  public let evaluation: Evaluation
  private let corpus: Corpus
  private let language: Language
  private let words: OutcomeText

  public init(_ evaluation: Evaluation, corpus: Corpus, language: Language) {
    self.evaluation = evaluation
    self.corpus = corpus
    self.language = language
    words = OutcomeText(corpus: corpus, language: language)
  }

  /// The verdict as people read it, with its count.
  public var verdict: String {
    let judgment = evaluation.judgment
    let count = judgment.verdict == .potential ? judgment.pending : judgment.failures
    return text("verdict.\(judgment.verdict.rawValue)", ["count": String(count)])
  }

  public var score: String {
    let score = evaluation.score
    guard score.weight > 0 else { return text("score.none") }
    return text(
      "score",
      [
        "expected": NumberText.points(score.points(score.expected)),
        "low": NumberText.points(score.points(score.low)),
        "high": NumberText.points(score.points(score.high)),
      ])
  }

  public var parts: String {
    func expected(_ score: Score) -> String {
      score.weight > 0 ? NumberText.points(score.points(score.expected)) : "–"
    }
    return text(
      "parts",
      ["technical": expected(evaluation.technical), "commercial": expected(evaluation.commercial)])
  }

  public var coverage: String {
    guard evaluation.coverage.criteria > 0 else { return text("coverage.none") }
    return text(
      "coverage",
      [
        "criteria": String(evaluation.coverage.criteria),
        "known": String(evaluation.coverage.knownCriteria),
      ])
  }

  /// The envelope behind the verdict, in the sector's own words where it has some; nil for a line
  /// with one.
  public var envelope: String? {
    guard let names = evaluation.envelopes else { return nil }
    let own = "explain.envelope.\(evaluation.stage.sector)"
    let id = corpus.texts.localized(own) == nil ? "explain.envelope" : own
    return text(id, ["name": names.verdict])
  }

  /// What speaks for it: met and relaxed criteria.
  public var reasons: [String] {
    evaluation.outcomes.filter { ($0.state == .satisfied || $0.state == .relaxed) && isTold($0) }
      .map(sentence)
  }

  /// What stands against it, closest first: smallest gap, then final failures.
  public var against: [String] {
    let missed = evaluation.outcomes.filter { $0.state == .short || $0.state == .denied }
      .filter { $0.criterion != .text }
    func rank(_ outcome: Outcome) -> Double {
      switch outcome.failure {
      case .final: .infinity
      case .finite(let gap, _): gap
      case nil: -1 + min(outcome.gap ?? 0, 1)
      }
    }
    return missed.enumerated().sorted {
      rank($0.element) == rank($1.element)
        ? $0.offset < $1.offset : rank($0.element) < rank($1.element)
    }.map { sentence($0.element) }
  }

  /// What is not known.
  public var open: [String] {
    evaluation.outcomes.filter { $0.state == .unknown }.map(sentence)
  }

  /// The names of what waits for an answer, short, each once.
  public var pending: [String] {
    var seen: Set<String> = []
    return evaluation.outcomes.filter { $0.pending != nil }.map { words.name($0) }
      .filter { seen.insert($0).inserted }
  }

  public var questions: [String] {
    evaluation.questions.map {
      $0.visibility == .everyone ? words.question($0, evaluation) : words.sealedQuestion($0)
    }
  }

  public var give: [String] {
    evaluation.relaxation?.changes.map { words.give($0, evaluation) } ?? []
  }

  public var gain: [String] {
    evaluation.relaxation?.changes.map { words.gain($0, evaluation) } ?? []
  }

  public var warnings: [String] {
    evaluation.warnings.map { text($0) }
      + evaluation.outcomes.filter { $0.visibility == .everyone }.flatMap { outcome in
        outcome.notes.map { corpus.texts.text($0, language, words.values(outcome, evaluation)) }
      }
  }

  /// The sentence of an outcome with its source; a sealed one says only what became of it.
  private func sentence(_ outcome: Outcome) -> String {
    guard outcome.visibility == .everyone else { return sealed(outcome) }
    var finding = words.finding(outcome, evaluation)
    if let quote = outcome.readFrom, !quote.isEmpty {
      finding += " " + text("explain.read", ["quote": quote])
    }
    guard let own = outcome.provenance, own != evaluation.line.line.provenance, !outcome.has.isEmpty
    else { return finding }
    if let quote = own.quote { return finding + " " + text("explain.inferred", ["quote": quote]) }
    guard !own.reference.isEmpty, let date = own.verifiedAt else { return finding }
    return text(
      "explain.withSource",
      ["text": finding, "source": own.reference, "date": date.description])
  }

  private func sealed(_ outcome: Outcome) -> String {
    text("explain.sealed", ["name": words.name(outcome)]) + " "
      + text("state.\(outcome.state.rawValue)")
  }

  /// Gates that were merely not stated are not worth a line.
  private func isTold(_ outcome: Outcome) -> Bool {
    !outcome.message.hasSuffix(".unstated") && outcome.criterion != .text
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}

extension Places {
  /// `深圳·坪山区`: the city and what is inside it, or the region, or the country.
  public func shortName(_ id: PlaceID, _ language: Language) -> String {
    var parts: [String] = []
    var current: PlaceID? = id
    while let place = current, parts.count < 2 {
      let level = self[place].level
      if level == "country", !parts.isEmpty { break }
      parts.insert(self[place].name.text(language), at: 0)
      if level == "region" || level == "country" { break }
      current = self[place].parent
    }
    return parts.joined(separator: language == .english ? ", " : "·")
  }
}
