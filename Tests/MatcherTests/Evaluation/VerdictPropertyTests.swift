// Proves that verdicts follow from outcomes (DESIGN §3, §5):
//  1. verdict, group and counts of the leading envelope are those of an independent re-statement of
// the table;
//  2. what an outcome is to the verdict follows from its strictness and state;
//  3. with several envelopes the verdict is the best of the envelopes alone.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct VerdictPropertyTests {
  @Test("the verdict follows from the outcomes", arguments: UInt64(0)..<200)
  func verdictFollows(seed: UInt64) {
    for (pair, evaluations) in EvaluatedWorlds.pairs(seed: seed) {
      for evaluation in evaluations {
        let again = JudgeAgain(evaluation.outcomes)
        let judgment = evaluation.judgment
        #expect(judgment.verdict == again.verdict, "\(pair.text)")
        #expect(judgment.group == again.group, "\(pair.text)")
        #expect(judgment.failures == again.final.union(again.finite.keys).count, "\(pair.text)")
        #expect(judgment.pending == again.pending.count, "\(pair.text)")
        let shortfalls = evaluation.outcomes.filter {
          $0.strictness == .strong && [.short, .denied].contains($0.state) && $0.failure == nil
        }
        #expect(judgment.shortfalls == shortfalls.count, "\(pair.text)")
      }
    }
  }

  @Test("an outcome fails by its strictness and state alone", arguments: UInt64(0)..<200)
  func outcomesFail(seed: UInt64) {
    let problem = EvaluatedWorlds.violation(seed: seed) {
      $0.outcomes.compactMap(self.problem).first
    }
    #expect(problem == nil, "\(problem ?? "")")
  }

  private func problem(_ outcome: Outcome) -> String? {
    let text =
      "\(outcome.criterion) \(outcome.strictness) \(outcome.state) gap \(outcome.gap ?? -1)"
    switch (outcome.strictness, outcome.state) {
    case (.hard, .short), (.hard, .denied):
      return outcome.failure == nil ? text + " does not fail" : nil
    case (.strong, .short):
      let limit = outcome.criterion == .window ? 1 : 0.5
      let isFar = (outcome.gap ?? 0) > limit
      let mayFail = ![.place].contains(outcome.criterion) && !isCertificate(outcome)
      if outcome.failure == nil {
        return isFar && mayFail ? text + " is far and does not fail" : nil
      }
      return isFar ? nil : text + " is near and fails"
    default:
      return outcome.failure == nil ? nil : text + " fails"
    }
  }

  private func isCertificate(_ outcome: Outcome) -> Bool {
    if case .certificate = outcome.criterion { true } else { false }
  }

  @Test("several envelopes give the best of each alone", arguments: UInt64(0)..<200)
  func envelopes(seed: UInt64) {
    for (pair, together) in EvaluatedWorlds.pairs(seed: seed)
    where pair.line.list("envelopes").count > 1 {
      let alone = pair.line.list("envelopes").map { envelope in
        var line = pair.line
        line["envelopes"] = .array([envelope])
        return pair.with(line: line).evaluations()
      }
      for (stage, evaluation) in together.enumerated() {
        let parts = alone.map { $0[stage] }
        #expect(evaluation.verdict == parts.map(\.verdict).max(), "\(pair.text)")
        #expect(evaluation.score.low == parts.map(\.score.low).max(), "\(pair.text)")
        #expect(evaluation.score.expected == parts.map(\.score.expected).max(), "\(pair.text)")
        #expect(evaluation.score.high == parts.map(\.score.high).max(), "\(pair.text)")
        #expect(evaluation.envelopeScores == parts.map(\.score), "\(pair.text)")
      }
    }
  }
}
