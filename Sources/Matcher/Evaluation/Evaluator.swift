/// The reference evaluator: one stage against one line, obviously right.
///
/// Read it beside `DESIGN` §5. It is pure: the result depends on the stage, the line, the corpus
/// and the as-of date, and on nothing else. O(criteria × envelopes) time.
public struct Evaluator: Sendable {
  let corpus: Corpus

  public init(corpus: Corpus) {
    self.corpus = corpus
  }

  /// Works out what does not depend on a line.
  ///
  /// - Parameter preferred: weights by part (`service`, `specs`, …) or spec key that replace the
  ///   suggested ones, 0…1000.
  public func resolve(
    _ demand: Demand, _ stage: Stage, asOf: CivilDate, preferred: [String: Int] = [:]
  ) -> ResolvedStage {
    ResolvedStage(demand, stage, corpus: corpus, asOf: asOf, preferred: preferred)
  }

  /// Works out what does not depend on a demand.
  public func resolve(_ platform: Platform, _ line: ServiceLine) -> ResolvedLine {
    ResolvedLine(platform, line, corpus: corpus)
  }

  /// As `resolve`, taking over what known stages with the same words made of them.
  package func resolve(
    _ demand: Demand, _ stage: Stage, asOf: CivilDate, like known: [ResolvedStage]
  ) -> ResolvedStage {
    ResolvedStage(demand, stage, corpus: corpus, asOf: asOf, preferred: [:], like: known)
  }

  /// As `resolve`, taking over what known lines with the same words made of them.
  package func resolve(
    _ platform: Platform, _ line: ServiceLine, like known: [ResolvedLine]
  ) -> ResolvedLine {
    ResolvedLine(platform, line, corpus: corpus, like: known)
  }

  public func evaluate(_ stage: ResolvedStage, _ line: ResolvedLine) -> Evaluation {
    let context = EvaluationContext(stage: stage, line: line, corpus: corpus)
    return combine(candidates(context), context)
  }

  /// Verdict and group alone, as `evaluate` gives them, without what is read off them. What fails for
  /// good in every envelope decides, and nothing more is looked at.
  package func standing(
    _ stage: ResolvedStage, _ line: ResolvedLine
  ) -> (verdict: Verdict, group: Int) {
    let context = EvaluationContext(stage: stage, line: line, corpus: corpus)
    let service = ServiceCriterion.evaluate(context)
    guard !service.isFinal else { return Judgment.conflict }
    let gates = Gates.evaluate(context)
    guard !gates.contains(where: \.isFinal) else { return Judgment.conflict }
    let commercial = Evaluator.commercial(context)
    guard !commercial.contains(where: \.isFinal) else { return Judgment.conflict }
    let shared = (gates + [service] + commercial).map { Evaluator.marked($0, context.ask) }
    let judgments = Evaluator.envelopes(line).map { envelope in
      Judgment(
        shared + SpecCriterion.evaluate(context, envelope: envelope), isProse: line.line.isProse,
        policy: corpus.policy)
    }
    let lead = judgments.dropFirst().reduce(judgments[0]) { $1.leads($0) ? $1 : $0 }
    return (lead.verdict, lead.group)
  }

  /// The best of one or more.
  private static func lead(_ candidates: [Candidate]) -> Candidate {
    candidates.dropFirst().reduce(candidates[0]) { $1.leads($0) ? $1 : $0 }
  }

  /// The outcomes in every envelope; one candidate for a line without envelopes.
  private func candidates(_ context: EvaluationContext) -> [Candidate] {
    let before = Gates.evaluate(context) + [ServiceCriterion.evaluate(context)]
    let after = Evaluator.commercial(context) + [TextCriterion.evaluate(context)].compactMap { $0 }
    func marked(_ outcome: Outcome) -> Outcome { Evaluator.marked(outcome, context.ask) }
    return Evaluator.envelopes(context.line).map { envelope in
      Candidate(
        name: envelope?.name ?? "",
        outcomes: before.map(marked) + SpecCriterion.evaluate(context, envelope: envelope)
          + after.map(marked),
        isProse: context.line.line.isProse, policy: corpus.policy)
    }
  }

  /// The criteria after the specs that can fail; the words only weigh.
  private static func commercial(_ context: EvaluationContext) -> [Outcome] {
    CertificateCriterion.evaluate(context)
      + [
        WindowCriterion.evaluate(context), PriceCriterion.evaluate(context),
        PlaceCriterion.evaluate(context), LotCriterion.evaluate(context),
      ].compactMap { $0 }
  }

  private static func marked(_ outcome: Outcome, _ ask: Ask) -> Outcome {
    var outcome = outcome
    outcome.readFrom = ask.readFrom(outcome.criterion)
    return outcome
  }

  /// What a line is judged in: one of nothing for a line without envelopes.
  private static func envelopes(_ line: ResolvedLine) -> [Envelope?] {
    line.line.envelopes.isEmpty ? [nil] : line.line.envelopes
  }

  /// The group of the pair after some changes of what is asked.
  private func group(after changes: [Outcome], _ context: EvaluationContext) -> Int {
    let relaxed = EvaluationContext(
      stage: context.stage.relaxed(by: changes), line: context.line, corpus: corpus)
    // A demand without a window can only wait for a line that opens later.
    let waits = context.ask.window == nil && changes.contains { $0.criterion == .status }
    let gone: Set<String> = waits ? ["date"] : []
    return candidates(relaxed).map {
      Judgment(
        $0.outcomes, without: gone, isProse: context.line.line.isProse, policy: corpus.policy
      ).group
    }
    .min() ?? 6
  }

  /// The lowest list price for the stage's quantity in CNY, whatever the budget; nil while it is
  /// not known.
  package func lowestTotal(_ stage: ResolvedStage, _ line: ResolvedLine) -> Double? {
    PriceCriterion.lowestTotal(EvaluationContext(stage: stage, line: line, corpus: corpus))
  }

  /// One envelope with what it gives.
  private struct Candidate {
    let name: String
    let outcomes: [Outcome]
    let judgment: Judgment
    let score: Score

    init(name: String, outcomes: [Outcome], isProse: Bool, policy: Policy) {
      self.name = name
      self.outcomes = outcomes
      judgment = Judgment(outcomes, isProse: isProse, policy: policy)
      score = Score(outcomes)
    }

    /// Better by group, then expected, then low.
    func leads(_ other: Candidate) -> Bool {
      if judgment.verdict != other.judgment.verdict || judgment.group != other.judgment.group {
        return judgment.leads(other.judgment)
      }
      return (score.expected, score.low) > (other.score.expected, other.score.low)
    }
  }

  private func combine(_ candidates: [Candidate], _ context: EvaluationContext) -> Evaluation {
    let lead = Evaluator.lead(candidates)
    let score = candidates.dropFirst().reduce(candidates[0].score) { $0.best($1.score) }
    let outcomes = lead.outcomes
    let isSeveral = candidates.count > 1
    return Evaluation(
      stage: context.stage, line: context.line, outcomes: outcomes, judgment: lead.judgment,
      score: score, coverage: Coverage(outcomes),
      technical: Score(outcomes.lazy.filter { $0.part == .technical }),
      commercial: Score(outcomes.lazy.filter { $0.part == .commercial }),
      questions: Questions.of(outcomes, lead.judgment, limit: corpus.policy.questionLimit),
      relaxation: Relaxation.cheapest(outcomes, lead.judgment, policy: corpus.policy) {
        group(after: $0, context)
      },
      envelopes: isSeveral ? names(candidates, lead) : nil,
      envelopeScores: isSeveral ? candidates.map(\.score) : [],
      asOf: context.asOf, policyVersion: corpus.policy.version,
      holdsUntil: holdsUntil(candidates, context),
      warnings: warnings(context))
  }

  private func holdsUntil(_ candidates: [Candidate], _ context: EvaluationContext) -> CivilDate? {
    var days = candidates.flatMap(\.outcomes).compactMap(\.holdsUntil)
    if let expires = context.stage.demand.expires, expires >= context.asOf {
      days.append(expires + 1)
    }
    if let verified = context.line.line.provenance.verifiedAt {
      let stale = verified + (corpus.policy.staleDays + 1)
      if stale > context.asOf { days.append(stale) }
    }
    let first = days.min()
    guard context.stage.startMoves else { return first }
    return min(first ?? context.asOf + 1, context.asOf + 1)
  }

  private func names(_ candidates: [Candidate], _ lead: Candidate) -> EnvelopeNames {
    func best(_ bound: (Score) -> Int64) -> String {
      var top = candidates[0]
      for candidate in candidates where bound(candidate.score) > bound(top.score) {
        top = candidate
      }
      return top.name
    }
    return EnvelopeNames(
      verdict: lead.name, low: best(\.low), expected: best(\.expected), high: best(\.high))
  }

  private func warnings(_ context: EvaluationContext) -> [String] {
    var warnings: [String] = []
    let verified = context.line.line.provenance.verifiedAt
    if let verified, context.asOf - verified > corpus.policy.staleDays {
      warnings.append("warning.stale")
    }
    if context.line.platform.synthetic || context.stage.demand.synthetic {
      warnings.append("warning.synthetic")
    }
    if let expires = context.stage.demand.expires, expires < context.asOf {
      warnings.append("warning.expired")
    }
    if context.stage.demand.refusedFields > 0 { warnings.append("warning.refused") }
    return warnings
  }
}
