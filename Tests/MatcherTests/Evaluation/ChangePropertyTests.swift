// Proves of a line that changes, text held fixed (DESIGN §4.3):
//  1. widening it (a larger interval; one more term, number, slot, certificate of a scheme or
// envelope where some were
//     stated) never lowers verdict, low, expected or high;
//  2. knowing more (an unknown becomes any value) keeps [low, high] inside the old interval.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct ChangePropertyTests {
  @Test("widening never lowers anything", arguments: UInt64(0)..<200)
  func widening(seed: UInt64) {
    var maker = RecordMaker(seed: seed)
    for (pair, before) in EvaluatedWorlds.pairs(seed: seed) {
      for _ in 0..<3 {
        guard let wider = maker.widened(pair.line, for: pair.demand) else { continue }
        let after = pair.with(line: wider).evaluations()
        guard zip(before, after).contains(where: { lowered($0, $1) != nil }) else { continue }
        Issue.record("\(pair.violation(with: wider, lowered) ?? "")")
      }
    }
  }

  private func lowered(_ old: Evaluation, _ new: Evaluation) -> String? {
    if new.verdict < old.verdict { return "verdict \(old.verdict) → \(new.verdict)" }
    for (name, bound) in [
      ("low", \Score.low), ("expected", \Score.expected), ("high", \Score.high),
    ] {
      let order = Score.compare(
        new.score[keyPath: bound], new.score.weight, old.score[keyPath: bound], old.score.weight)
      if order < 0 { return "\(name) falls: \(text(old)) → \(text(new))" }
    }
    return nil
  }

  @Test("knowing stays inside the old interval", arguments: UInt64(0)..<200)
  func knowing(seed: UInt64) {
    var maker = RecordMaker(seed: seed)
    for (pair, before) in EvaluatedWorlds.pairs(seed: seed) {
      for _ in 0..<3 {
        guard let known = maker.known(pair.line) else { continue }
        let after = pair.with(line: known).evaluations()
        guard zip(before, after).contains(where: { escaped($0, $1) != nil }) else { continue }
        Issue.record("\(pair.violation(with: known, escaped) ?? "")")
      }
    }
  }

  private func escaped(_ old: Evaluation, _ new: Evaluation) -> String? {
    let isBelow =
      Score.compare(new.score.low, new.score.weight, old.score.low, old.score.weight) < 0
    let isAbove =
      Score.compare(new.score.high, new.score.weight, old.score.high, old.score.weight) > 0
    return isBelow || isAbove ? "\(text(old)) → \(text(new))" : nil
  }

  private func text(_ evaluation: Evaluation) -> String {
    let score = evaluation.score
    return
      "[\(score.points(score.low)), \(score.points(score.expected)), \(score.points(score.high))]"
  }
}
