import Matcher

extension NightMatch {
  /// What is kept of an evaluation.
  ///
  /// - Parameter label: names a criterion; a sealed certificate by its place alone.
  init(_ evaluation: Evaluation, rank: Int, label: (Outcome) -> String) {
    demand = evaluation.stage.demand.id
    stage = evaluation.stage.stage.id
    self.rank = rank
    platform = evaluation.line.platform.id
    line = evaluation.line.line.id
    verdict = evaluation.verdict
    group = evaluation.judgment.group
    let score = evaluation.score
    low = Int(score.millionths(score.low))
    expected = Int(score.millionths(score.expected))
    high = Int(score.millionths(score.high))
    let known = evaluation.coverage
    coverage =
      known.weight > 0 ? Int((known.known * 1000 + known.weight / 2) / known.weight) : 0
    shortfalls = evaluation.judgment.shortfalls
    var failures: [Finding] = []
    var pending: [Finding] = []
    var relaxed: [Finding] = []
    for outcome in evaluation.outcomes {
      if let failure = outcome.failure { failures.append(Finding(outcome, failure, label)) }
      if let cause = outcome.pending {
        pending.append(Finding(outcome, .pending, gap: nil, cause: cause, label))
      }
      if outcome.state == .relaxed {
        relaxed.append(Finding(outcome, .relaxed, gap: outcome.gap, cause: nil, label))
      }
    }
    self.failures = failures
    self.pending = pending
    self.relaxed = relaxed
    questions = evaluation.questions.map {
      Question(criterion: label($0), to: Addressee.of($0))
    }
    relaxation = evaluation.relaxation.map {
      Relaxation(
        criteria: $0.changes.map(label), group: $0.group,
        price: Int(Degree.millionths(min($0.price, 1000))))
    }
    warnings = evaluation.warnings
    holdsUntil = evaluation.holdsUntil
  }
}

extension NightMatch.Finding {
  fileprivate init(
    _ outcome: Outcome, _ failure: Outcome.Failure, _ label: (Outcome) -> String
  ) {
    switch failure {
    case .finite(let gap, let cause):
      self.init(outcome, .finite, gap: outcome.gap ?? gap, cause: cause, label)
    case .final(let cause):
      self.init(outcome, .final, gap: nil, cause: cause, label)
    }
  }

  /// Of a sealed outcome only that it stands in the way.
  fileprivate init(
    _ outcome: Outcome, _ kind: Kind, gap: Double?, cause: String?,
    _ label: (Outcome) -> String
  ) {
    let name = label(outcome)
    guard outcome.visibility == .everyone else {
      self.init(criterion: name, kind: kind == .pending ? .pending : .sealed, gap: nil, cause: name)
      return
    }
    self.init(
      criterion: name, kind: kind, gap: gap.map { Int(Degree.millionths(min($0, 1))) },
      cause: cause ?? name)
  }
}

/// Names criteria, each name made once.
final class CriterionLabels {
  private let record: MatchRecord
  private var names: [CriterionID: String] = [:]

  init(corpus: Corpus) {
    record = MatchRecord(corpus: corpus, language: .english)
  }

  func name(_ criterion: CriterionID, _ ask: Ask) -> String {
    if case .certificate = criterion { return record.label(criterion, ask) }
    if let name = names[criterion] { return name }
    let name = record.label(criterion, ask)
    names[criterion] = name
    return name
  }
}
