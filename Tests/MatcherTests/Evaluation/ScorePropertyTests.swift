// Proves that an explanation recomputes to the score (DESIGN §4.4, §5 Score):
//  1. Σ w·d over the outcomes with the caps of strong ones equals the score's sums, exactly; with
// several envelopes the
//     sums of the leading one are among the envelopes' and the score is the best of them; likewise
//   the parts and coverage;
//  2. the weights are those the policy or the broker gives, shared by registry weight;
//  3. every criterion that the demand states appears exactly once, and no other weighs anything.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct ScorePropertyTests {
  @Test("outcomes recompute to the score", arguments: UInt64(0)..<200)
  func recomputes(seed: UInt64) {
    let problem = EvaluatedWorlds.violation(seed: seed, recomputed)
    #expect(problem == nil, "\(problem ?? "")")
  }

  private func recomputed(_ evaluation: Evaluation) -> String? {
    let own = sums(evaluation.outcomes)
    if evaluation.envelopeScores.isEmpty {
      if own != values(evaluation.score) { return "sums \(own), score \(evaluation.score)" }
    } else {
      let all = evaluation.envelopeScores.map(values)
      if !all.contains(own) { return "sums \(own) of no envelope" }
      let best = (0..<3).map { bound in all.map { $0[bound] }.max() ?? 0 } + [own[3]]
      if best != values(evaluation.score) { return "best \(best), score \(evaluation.score)" }
    }
    for (part, score) in [
      (CriterionPart.technical, evaluation.technical), (.commercial, evaluation.commercial),
    ] where sums(evaluation.outcomes.filter { $0.part == part }) != values(score) {
      return "\(part) is \(score)"
    }
    let known = evaluation.outcomes.filter { $0.weight > 0 && $0.state != .unknown }
    let share = known.map(\.weight).reduce(0, +)
    return share == evaluation.coverage.known && own[3] == evaluation.coverage.weight
      ? nil : "coverage \(evaluation.coverage), known \(share)"
  }

  private func values(_ score: Score) -> [Int64] {
    [score.low, score.expected, score.high, score.weight]
  }

  /// Low, expected, high and weight.
  private func sums(_ outcomes: [Outcome]) -> [Int64] {
    let weight = outcomes.map(\.weight).reduce(0, +)
    return [\Degree.low, \.expected, \.high].map { bound in
      let sum = outcomes.map { $0.weight * $0.degree[keyPath: bound] }.reduce(0, +)
      let caps = outcomes.filter { $0.strictness == .strong && $0.weight > 0 }.map {
        min(1_000_000, 600_000 + 2 * $0.degree[keyPath: bound])
      }
      return min(sum, weight * (caps.min() ?? 1_000_000))
    } + [weight]
  }

  @Test("weights are the policy's or the broker's", arguments: UInt64(0)..<200)
  func weights(seed: UInt64) {
    let preferred = World.random(seed: seed, platforms: 4).preferred
    let problem = EvaluatedWorlds.violation(seed: seed) { weightProblem($0, preferred) }
    #expect(problem == nil, "\(problem ?? "")")
  }

  private func weightProblem(_ evaluation: Evaluation, _ preferred: [String: Int]) -> String? {
    let policy = TestCorpus.shared.policy
    let ask = evaluation.stage.ask
    let multiple = evaluation.stage.weights.multiple
    func part(_ part: Policy.Part) -> Int64 {
      Int64(preferred[part.rawValue] ?? policy.weights[part] ?? 0)
    }
    var own: [KeyID: Int64] = [:]
    var groups: [String: Int64] = [:]
    for requirement in ask.requirements {
      let key = TestCorpus.shared.registry[requirement.key].id
      own[requirement.key] =
        requirement.strictness == .info ? 0 : Int64(preferred[key] ?? requirement.weight)
      guard let group = requirement.group else { continue }
      groups[group] = max(groups[group] ?? 0, own[requirement.key] ?? 0)
    }
    for requirement in ask.requirements {
      if let group = requirement.group { own[requirement.key] = groups[group] }
    }
    let single = ask.requirements.filter { $0.group == nil }.compactMap { own[$0.key] }
    let total = single.reduce(0, +) + groups.values.reduce(0, +)
    let certificates = Int64(ask.certificates.filter { $0.strictness != .info }.count)
    for outcome in evaluation.outcomes {
      let isInfo = outcome.strictness == .info
      let expected: (share: Int64, of: Int64)
      switch outcome.criterion {
      case .spec(let key): expected = ((own[key] ?? 0) * part(.specs), max(1, total))
      case .certificate: expected = (part(.certificates), max(1, certificates))
      case .service: expected = (ask.services.isEmpty ? 0 : part(.service), 1)
      case .window: expected = (part(.window), 1)
      case .price: expected = (part(.price), 1)
      case .place: expected = (part(.place), 1)
      case .lot: expected = (part(.lot), 1)
      case .text: expected = (part(.text), 1)
      default: expected = (0, 1)
      }
      let weight = isInfo ? 0 : expected.share * multiple
      if outcome.weight * expected.of != weight {
        return "\(outcome.criterion) weighs \(outcome.weight) of \(multiple), expected \(expected)"
      }
    }
    return nil
  }

  @Test("every stated criterion appears exactly once", arguments: UInt64(0)..<200)
  func complete(seed: UInt64) {
    let problem = EvaluatedWorlds.violation(seed: seed, missing)
    #expect(problem == nil, "\(problem ?? "")")
  }

  private func missing(_ evaluation: Evaluation) -> String? {
    let ask = evaluation.stage.ask
    let outcomes = evaluation.outcomes
    func count(_ wanted: (Outcome) -> Bool) -> Int { outcomes.filter(wanted).count }
    for requirement in ask.requirements where requirement.group == nil {
      if count({ $0.criterion == .spec(requirement.key) }) != 1 { return "spec not once" }
    }
    for group in Set(ask.requirements.compactMap(\.group)) {
      let keys = ask.requirements.filter { $0.group == group }.map(\.key)
      if count({ outcome in keys.contains { outcome.criterion == .spec($0) } }) != 1 {
        return "group \(group) not once"
      }
    }
    for index in ask.certificates.indices where count({ $0.criterion == .certificate(index) }) != 1
    {
      return "certificate \(index) not once"
    }
    let hasPlace = ask.place.map { !$0.allowedTexts.isEmpty || $0.withinKilometers != nil } ?? false
    let hasText = evaluation.stage.text != nil && !evaluation.line.text.isEmpty
    for (criterion, isStated) in [
      (CriterionID.service, true), (.openness, true), (.status, true), (.window, ask.window != nil),
      (.price, ask.budget != nil), (.place, hasPlace), (.lot, ask.quantity != nil),
      (.text, hasText),
    ] where count({ $0.criterion == criterion }) != (isStated ? 1 : 0) {
      return "\(criterion) not \(isStated ? "once" : "absent")"
    }
    return nil
  }
}
