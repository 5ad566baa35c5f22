/// Everything that was found out about one stage and one line. All texts and orders are read off
/// it.
public struct Evaluation: Sendable {
  public let stage: ResolvedStage
  public let line: ResolvedLine
  /// In order: gates, service, specs, certificates, window, price, place, lot, text. Of the leading
  /// envelope.
  public let outcomes: [Outcome]
  public let judgment: Judgment
  public let score: Score
  public let coverage: Coverage
  public let technical: Score
  public let commercial: Score
  /// The criteria to ask about, in order of what an answer settles; at most the policy's number.
  public let questions: [Outcome]
  /// The smallest set of changes that lifts the rank group; nil when there is none.
  public let relaxation: Relaxation?
  /// The envelopes behind verdict, low, expected and high; nil for a line with one.
  public let envelopes: EnvelopeNames?
  /// Scores of every envelope in order, from which the bounds are recomputed; empty for a line with
  /// one.
  public let envelopeScores: [Score]
  public let asOf: CivilDate
  public let policyVersion: String
  /// The first day on which any of this can change by itself; nil if none is known.
  public let holdsUntil: CivilDate?
  /// Ids of texts a reader should see: a stale record, made-up data.
  public let warnings: [String]

  public var verdict: Verdict { judgment.verdict }

  /// The order of a ranking: group, expected, low, coverage, fewer questions, id. Properties of the
  /// pair alone.
  public static func precedes(_ left: Evaluation, _ right: Evaluation) -> Bool {
    if left.judgment.group != right.judgment.group {
      return left.judgment.group < right.judgment.group
    }
    let orders = [
      Score.compare(
        left.score.expected, left.score.weight, right.score.expected, right.score.weight),
      Score.compare(left.score.low, left.score.weight, right.score.low, right.score.weight),
      Score.compare(
        left.coverage.known, left.coverage.weight, right.coverage.known, right.coverage.weight),
    ]
    for order in orders where order != 0 { return order > 0 }
    if left.questions.count != right.questions.count {
      return left.questions.count < right.questions.count
    }
    return left.line.line.id < right.line.line.id
  }
}

/// Which envelope stands behind each best value.
public struct EnvelopeNames: Sendable, Equatable {
  public let verdict: String
  public let low: String
  public let expected: String
  public let high: String
}
