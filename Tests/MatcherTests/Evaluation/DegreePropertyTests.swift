// Proves of degrees (DESIGN §5 Degree):
//  1. they lie in 0…1,000,000 and low ≤ expected ≤ high;
//  2. they are 1,000,000 exactly when the stated number meets the asked one;
//  3. they rise with the stated number in the direction of the key;
//  4. they are what the formulas of the design give, computed again: ratio, log, interval, step,
// covered share.

import Glibc
import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct DegreePropertyTests {
  @Test("degrees lie in their range and order", arguments: UInt64(0)..<200)
  func range(seed: UInt64) {
    for (pair, evaluations) in EvaluatedWorlds.pairs(seed: seed) {
      for outcome in evaluations.flatMap(\.outcomes) {
        let degree = outcome.degree
        let isOrdered =
          0 <= degree.low && degree.low <= degree.expected && degree.expected <= degree.high
        #expect(
          isOrdered && degree.high <= Degree.one, "\(outcome.criterion) \(degree)\n\(pair.text)")
        if outcome.state == .satisfied { #expect(degree.low == Degree.one, "\(outcome.criterion)") }
      }
    }
  }

  private static let numeric = KeyPlan.all.filter {
    switch $0.values {
    case .linear, .logarithmic: true
    default: false
    }
  }

  private func key(_ plan: KeyPlan) -> SpecKey {
    let registry = TestCorpus.shared.registry
    let ids = registry.keys(named: plan.key, fold: TestCorpus.shared.folding)
    return registry[ids[0]]
  }

  private func degree(
    _ key: SpecKey, _ asked: Requirement.Asked, _ value: Spec.Value, _ tolerance: Double?
  ) -> Int64? {
    let comparison = SpecComparison(key: key)
    return comparison.degree(comparison.compare(asked, value, complete: true), tolerance: tolerance)
  }

  @Test(
    "one-sided degrees follow the formula, rise, and are 1 exactly when met",
    arguments: UInt64(0)..<200)
  func oneSided(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for plan in DegreePropertyTests.numeric {
      let key = key(plan)
      let asked = plan.base(&random)
      let tolerance = random.chance(50) ? nil : random.number(0.05...3)
      let values = (0..<12).map { _ in plan.near(asked, up: random.pick([-1, 0, 1]), &random) }
        .sorted()
      for isUp in [true, false] {
        var last: Int64 = isUp ? -1 : Degree.one
        for has in values {
          let value: Spec.Value =
            isUp ? .interval(lower: nil, upper: has) : .interval(lower: has, upper: nil)
          let got = try #require(
            degree(key, isUp ? .atLeast(asked) : .atMost(asked), value, tolerance))
          let isMet = isUp ? has >= asked : has <= asked
          #expect((got == Degree.one) == isMet, "\(key.id) asked \(asked), has \(has)")
          #expect(isUp ? got >= last : got <= last, "\(key.id) asked \(asked), has \(has)")
          last = got
          if !isMet {
            let expected = 1e6 * max(0, 1 - gap(key, asked, has) / (tolerance ?? key.tolerance))
            #expect(
              abs(Double(got) - expected) <= 0.5 + 1e-6, "\(key.id) asked \(asked), has \(has)")
          }
        }
      }
    }
  }

  /// The design's formulas with the C library's logarithm.
  private func gap(_ key: SpecKey, _ asked: Double, _ has: Double) -> Double {
    switch key.scale {
    case .log: abs(Glibc.log(asked / has)) / Glibc.log(2)
    case .interval: abs(asked - has) / key.span
    case .step: abs(asked - has) * 0.5
    default: abs(asked - has) / abs(asked)
    }
  }

  @Test("a covered span counts by its share", arguments: UInt64(0)..<200)
  func covered(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for plan in DegreePropertyTests.numeric {
      let key = key(plan)
      var ends = (0..<4).map { _ in
        plan.near(plan.base(&random), up: random.pick([-1, 0, 1]), &random)
      }
      if key.scale == .log { ends = ends.filter { $0 > 0 } }
      guard ends.count == 4, ends[0] != ends[1], ends[2] != ends[3] else { continue }
      let (a, b) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
      let (low, high) = (min(ends[2], ends[3]), max(ends[2], ends[3]))
      let got = degree(key, .cover(a, b), .interval(lower: low, upper: high), nil)
      let (from, to) = (max(a, low), min(b, high))
      var share = 0.0
      if to > from {
        share =
          key.scale == .log ? Glibc.log(to / from) / Glibc.log(b / a) : (to - from) / (b - a)
      }
      #expect(
        abs(Double(got ?? -1) - share * 1e6) <= 0.5 + 1e-6, "\(key.id) \(a)…\(b) in \(low)…\(high)")
    }
  }

  @Test("ladders count half a step, sets their nearest member", arguments: UInt64(0)..<200)
  func stepsAndSets(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for plan in KeyPlan.all where plan.key == "cleanroom_class" || plan.key == "wafer_diameter" {
      let key = key(plan)
      let (asked, has) = (random.int(1...9), random.int(1...9))
      if plan.key == "cleanroom_class" {
        let expected = has >= asked ? 1 : max(0, 1 - Double(asked - has) * 0.5 / key.tolerance)
        #expect(degree(key, .rank(asked), .rank(has), nil) == Int64(expected * 1e6))
      } else {
        let sizes = [100.0, 150, 200, 300]
        let (a, set) = (random.pick(sizes), [random.pick(sizes), random.pick(sizes)])
        let gap = set.map { abs($0 - a) / key.span }.min() ?? 9
        #expect(
          degree(key, .oneOfNumbers([a]), .numbers(set), nil)
            == Int64(1e6 * max(0, 1 - gap / key.tolerance)))
      }
    }
  }
}
