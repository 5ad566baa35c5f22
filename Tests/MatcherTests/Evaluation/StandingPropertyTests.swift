// Proves that what the search for causes asks is what the evaluator says:
//  1. verdict and group alone are those of the whole evaluation;
//  2. stages and lines that take over what known ones made of their words are judged the same.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct StandingPropertyTests {
  @Test("verdict and group alone are those of the evaluation", arguments: UInt64(0)..<200)
  func standing(seed: UInt64) {
    for pair in World.random(seed: seed, platforms: 3).pairs {
      let problem = pair.violation(ofPair: difference)
      #expect(problem == nil, "\(problem ?? "")")
    }
  }

  private func difference(_ pair: Pair) -> String? {
    let reader = World.read(demand: pair.demand, platforms: [pair.platform])
    let evaluator = Evaluator(corpus: TestCorpus.shared)
    guard let demand = reader.demands.first, let platform = reader.platforms.first else {
      return nil
    }
    let all = platform.lines.map { evaluator.resolve(platform, $0) }
    for line in platform.lines {
      let resolved = evaluator.resolve(platform, line)
      for stage in demand.stages {
        let asked = evaluator.resolve(demand, stage, asOf: pair.asOf)
        let whole = evaluator.evaluate(asked, resolved)
        let standing = evaluator.standing(asked, resolved)
        if standing.verdict != whole.verdict || standing.group != whole.judgment.group {
          return "\(standing) instead of \(whole.verdict), \(whole.judgment.group)"
        }
        let again = evaluator.evaluate(
          evaluator.resolve(demand, stage, asOf: pair.asOf, like: [asked]),
          evaluator.resolve(platform, line, like: all))
        if again.score != whole.score || again.judgment != whole.judgment {
          return "\(again.score) with known words instead of \(whole.score)"
        }
      }
    }
    return nil
  }
}
