// Proves of relaxations (DESIGN §3):
//  1. a relaxation names the fewest causes whose going lifts the group, by an independent judge,
// and
//     there is one exactly when some causes lift it, wherever giving one up moves no other
//   criterion
//     (a date moves certificates, a lot moves prices, envelopes differ); elsewhere it never names
//     fewer and always lifts; final failures and sealed keys are never in it;
//  2. applied to the demand, each change to exactly what the line has, it lifts the group as
// promised.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct RelaxationPropertyTests {
  @Test("no smaller set of causes lifts the group", arguments: UInt64(0)..<200)
  func smallest(seed: UInt64) {
    let problem = EvaluatedWorlds.violation(seed: seed, notSmallest)
    #expect(problem == nil, "\(problem ?? "")")
  }

  private func notSmallest(_ evaluation: Evaluation) -> String? {
    let judge = JudgeAgain(evaluation.outcomes)
    func causes(_ outcomes: [Outcome]) -> Set<String> {
      Set(outcomes.compactMap { if case .finite(_, let cause) = $0.failure { cause } else { nil } })
    }
    let sealed = causes(evaluation.outcomes.filter { $0.visibility != .everyone })
    let open = causes(evaluation.outcomes).subtracting(sealed).sorted()
    guard open.count <= 8 else { return nil }
    var fewest: Int?
    for mask in 1..<(1 << open.count) where judge.final.isEmpty {
      let chosen = Set(open.indices.filter { mask >> $0 & 1 == 1 }.map { open[$0] })
      guard judge.without(chosen).group < judge.group else { continue }
      fewest = min(fewest ?? chosen.count, chosen.count)
    }
    let isCoupled =
      open.contains("date") || open.contains("lot") || evaluation.envelopes != nil
    guard let relaxation = evaluation.relaxation else {
      return fewest == nil || isCoupled ? nil : "none, though \(fewest ?? 0) causes lift"
    }
    let chosen = causes(relaxation.changes)
    if relaxation.group >= evaluation.judgment.group { return "does not lift" }
    if isCoupled { return chosen.count < fewest ?? 0 ? "names fewer than can lift" : nil }
    if chosen.count != fewest { return "\(chosen.sorted()), though \(fewest ?? 0) causes lift" }
    if !chosen.isDisjoint(with: sealed) { return "gives up what is sealed: \(chosen.sorted())" }
    return judge.without(chosen).group == relaxation.group
      ? nil : "promises group \(relaxation.group)"
  }

  @Test("a relaxation applied lifts the group as promised", arguments: UInt64(0)..<200)
  func applied(seed: UInt64) {
    for var pair in World.random(seed: seed, platforms: 2).pairs {
      pair.demand["stages"] = nil
      let problem = pair.violation(ofPair: broken)
      #expect(problem == nil, "\(problem ?? "")")
    }
  }

  private func broken(_ pair: Pair) -> String? {
    guard pair.demand["stages"] == nil else { return nil }
    for evaluation in pair.evaluations() {
      guard let relaxation = evaluation.relaxation else { continue }
      var demands = [pair.demand]
      for change in relaxation.changes {
        demands = demands.flatMap { DemandChange.variants(of: $0, giving: change, evaluation) }
      }
      guard !demands.isEmpty else { continue }
      let after = demands.compactMap { pair.with(demand: $0).evaluations().first }
      let best = after.map(\.judgment.group).min() ?? 7
      if best != relaxation.group {
        let names = relaxation.changes.map { "\($0.criterion)" }.joined(separator: ", ")
        return "giving up \(names) promises group \(relaxation.group), reaches \(best)"
      }
    }
    return nil
  }
}
