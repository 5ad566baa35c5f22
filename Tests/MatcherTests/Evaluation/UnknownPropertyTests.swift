// Proves of unknowns and of hard requirements, over random worlds (DESIGN §4.1, §4.2):
//  1. a line of which only the id is known fails nothing; each stated criterion is unknown, low 0,
// high 1;
//  2. an unknown outcome never fails, is worth 0 at worst and 1 at best, and a pair with a pending
// one is not full;
//  3. no weights bring a pair with a failed hard criterion back to full or potential, or change any
// verdict;
//  4. a hard requirement that is denied makes a conflict, even at weight 0.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct UnknownPropertyTests {
  @Test("a line with only an id fails nothing and satisfies nothing", arguments: UInt64(0)..<200)
  func onlyAnID(seed: UInt64) {
    let world = World.random(seed: seed, platforms: 0)
    let pair = Pair(
      demand: world.demand, platform: ["type": "platform", "id": "P9"], asOf: world.asOf)
    let problem = pair.violation(ofPair: { pair in
      pair.evaluations().compactMap(bareProblem).first
    })
    #expect(problem == nil, "\(problem ?? "")")
  }

  private func bareProblem(_ evaluation: Evaluation) -> String? {
    let window = evaluation.stage.ask.window
    let deadline = evaluation.stage.deadline.start ?? .init(dayNumber: 0)
    let isOver = deadline < max(evaluation.asOf, window?.start ?? evaluation.asOf)
    for outcome in evaluation.outcomes {
      if outcome.criterion == .window, isOver { continue }
      if outcome.failure != nil { return "\(outcome.criterion) fails" }
      if outcome.part == .gate { continue }
      if outcome.state != .unknown { return "\(outcome.criterion) is \(outcome.state)" }
      if outcome.degree.low != 0 || outcome.degree.high != Degree.one {
        return "\(outcome.criterion) is worth \(outcome.degree)"
      }
    }
    return nil
  }

  @Test("an unknown neither fails nor satisfies", arguments: UInt64(0)..<200)
  func unknownIsOpen(seed: UInt64) {
    let problem = EvaluatedWorlds.violation(seed: seed, unknownProblem)
    #expect(problem == nil, "\(problem ?? "")")
  }

  private func unknownProblem(_ evaluation: Evaluation) -> String? {
    let alternatives = evaluation.stage.ask.requirements.filter { $0.group != nil }.map(\.key)
    for outcome in evaluation.outcomes where outcome.state == .unknown {
      if outcome.failure != nil { return "\(outcome.criterion) is unknown and fails" }
      guard outcome.part != .gate else { continue }
      // A group of alternatives is worth at least its known member.
      let isGroup = alternatives.contains { outcome.criterion == .spec($0) }
      if (outcome.degree.low != 0 && !isGroup) || outcome.degree.high != Degree.one {
        return "\(outcome.criterion) is unknown and worth \(outcome.degree)"
      }
      // A lot without limits asks nothing: DESIGN §5, Lot.
      if outcome.strictness == .hard, outcome.pending == nil, outcome.criterion != .lot {
        return "\(outcome.criterion) is hard, unknown and not pending"
      }
    }
    let isWaiting = evaluation.outcomes.contains { $0.pending != nil }
    return isWaiting && evaluation.verdict == .full ? "full although pending" : nil
  }

  @Test(
    "no weights change a verdict or bring a failed hard requirement back",
    arguments: UInt64(0)..<200)
  func hardIsHard(seed: UInt64) {
    var random = SeededGenerator(seed: seed ^ 0xAA)
    for (pair, before) in EvaluatedWorlds.pairs(seed: seed).prefix(4) {
      for share in [0, 100] {
        var other = pair
        other.preferred = weights(&random, nonzero: share)
        for (old, new) in zip(before, other.evaluations()) {
          let isSame = old.verdict == new.verdict && old.judgment.group == new.judgment.group
          #expect(isSame, "\(other.preferred)\n\(other.text)")
          let isFailed = new.outcomes.contains {
            $0.strictness == .hard && ($0.state == .short || $0.state == .denied)
          }
          #expect(!isFailed || new.verdict < .potential, "\(other.preferred)\n\(other.text)")
        }
      }
    }
  }

  private func weights(_ random: inout SeededGenerator, nonzero: Int) -> [String: Int] {
    var weights: [String: Int] = [:]
    for name in Policy.Part.allCases.map(\.rawValue) + KeyPlan.all.map(\.key) {
      weights[name] = random.chance(nonzero) ? random.int(1...1000) : 0
    }
    return weights
  }

  @Test("a denied hard requirement is a conflict at any weight", arguments: UInt64(0)..<200)
  func deniedIsConflict(seed: UInt64) {
    var random = SeededGenerator(seed: seed ^ 0xBB)
    for pair in World.random(seed: seed, platforms: 2).pairs {
      var pair = pair
      pair.demand["stages"] = nil
      pair.preferred = ["specs": random.int(0...5), "specimen_height": random.int(0...5)]
      let requirement: JSONValue = [
        "key": "crane_capacity", "value": 5, "unit": "t", "strictness": "hard",
      ]
      pair.demand["requirements"] = .array(pair.demand.list("requirements") + [requirement])
      pair.line["specs"] = .array(
        pair.line.list("specs") + [["key": "crane_capacity", "state": "denied"]])
      #expect(pair.evaluations().allSatisfy { $0.verdict == .conflict }, "\(pair.text)")
    }
  }
}
