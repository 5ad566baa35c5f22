// Proves that an evaluation says truly until when it holds (DESIGN §4.3):
//  1. on every day from the as-of date to the day before `holdsUntil` verdict, group, score and
// coverage are the same:
//     all of the first sixty days, then samples; without `holdsUntil`, for years;
//  2. on all of these days it names the same day, so that who keeps the old evaluation has the new one.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct HoldsUntilPropertyTests {
  @Test("nothing changes before the day it names", arguments: UInt64(0)..<200)
  func holds(seed: UInt64) {
    for pair in World.random(seed: seed, platforms: 2).pairs.prefix(3) {
      let problem = pair.violation(ofPair: change)
      #expect(problem == nil, "\(problem ?? "")")
    }
  }

  private func change(_ pair: Pair) -> String? {
    let reader = World.read(demand: pair.demand, platforms: [pair.platform])
    let evaluator = Evaluator(corpus: TestCorpus.shared)
    guard let demand = reader.demands.first, let platform = reader.platforms.first,
      let line = platform.lines.first
    else { return nil }
    let resolved = evaluator.resolve(platform, line)
    for stage in demand.stages {
      func evaluate(_ date: CivilDate) -> Evaluation {
        evaluator.evaluate(
          evaluator.resolve(demand, stage, asOf: date, preferred: pair.preferred), resolved)
      }
      let now = evaluate(pair.asOf)
      if let until = now.holdsUntil, until <= pair.asOf {
        return "holds until \(until), which is not later"
      }
      for date in days(pair.asOf, until: now.holdsUntil) {
        let then = evaluate(date)
        if then.holdsUntil != now.holdsUntil {
          return "\(date): holds until \(then.holdsUntil.map(\.description) ?? "ever"), "
            + "before it \(now.holdsUntil.map(\.description) ?? "ever")"
        }
        if state(then) != state(now) {
          return
            "\(date): \(state(now)) → \(state(then)), holds until \(now.holdsUntil.map(\.description) ?? "ever")"
        }
      }
    }
    return nil
  }

  private func state(_ evaluation: Evaluation) -> String {
    let score = evaluation.score
    return
      "\(evaluation.verdict) group \(evaluation.judgment.group) [\(score.low) \(score.expected) \(score.high)]"
      + " of \(score.weight), known \(evaluation.coverage.known)"
  }

  private func days(_ from: CivilDate, until: CivilDate?) -> [CivilDate] {
    let count = until.map { $0 - from } ?? 1500
    var offsets = Array(1..<max(2, min(count, 61)))
    var next = 61
    while next < count {
      offsets.append(next)
      next += 23 + next / 8
    }
    offsets.append(count - 1)
    return offsets.filter { $0 > 0 && $0 < count }.map { from + $0 }
  }
}
