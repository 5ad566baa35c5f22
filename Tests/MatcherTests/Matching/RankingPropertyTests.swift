// Proves of rankings (DESIGN §3 order, §8):
//  1. the order is total and equals an independent comparator: group, expected, low, coverage,
// fewer questions, id;
//  2. the ranks of `match` are a prefix of the fully sorted list without conflicts, for any K, with
// them on request;
//  3. by platform each platform appears once, by its best line;
//  4. more lines than are kept at a time change nothing.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct RankingPropertyTests {
  @Test("the order is total and the one of the design", arguments: UInt64(0)..<200)
  func order(seed: UInt64) {
    for result in World.random(seed: seed, platforms: 6).results() {
      for (index, left) in result.matches.enumerated() {
        #expect(!Evaluation.precedes(left, left))
        for right in result.matches[(index + 1)...] {
          #expect(Evaluation.precedes(left, right) && !Evaluation.precedes(right, left))
          #expect(before(left, right) && !before(right, left))
        }
      }
    }
  }

  /// The independent comparator, over exact fractions.
  private func before(_ left: Evaluation, _ right: Evaluation) -> Bool {
    func fraction(_ sum: Int64, _ weight: Int64) -> Double {
      weight == 0 ? 0 : Double(sum) / Double(weight)
    }
    func larger(_ a: Int64, _ aw: Int64, _ b: Int64, _ bw: Int64) -> Int {
      let (x, y) = (Int128(a) * Int128(max(1, bw)), Int128(b) * Int128(max(1, aw)))
      return x == y ? 0 : x > y ? 1 : -1
    }
    if left.judgment.group != right.judgment.group {
      return left.judgment.group < right.judgment.group
    }
    let (a, b) = (left.score, right.score)
    let orders = [
      larger(a.expected, a.weight, b.expected, b.weight), larger(a.low, a.weight, b.low, b.weight),
      larger(
        left.coverage.known, left.coverage.weight, right.coverage.known, right.coverage.weight),
      right.questions.count - left.questions.count,
    ]
    if let first = orders.first(where: { $0 != 0 }) { return first > 0 }
    return Array(left.line.line.id.utf8).lexicographicallyPrecedes(Array(right.line.line.id.utf8))
  }

  @Test("ranks are a prefix of the sorted list", arguments: UInt64(0)..<200)
  func prefix(seed: UInt64) {
    let world = World.random(seed: seed, platforms: 5)
    let reader = world.read()
    let full = world.results(of: reader)
    for top in [1, 3, 50] {
      let lines = world.results(of: reader) {
        $0.top = top
        $0.includesConflict = false
      }
      let platforms = world.results(of: reader) {
        $0.top = top
        $0.rows = .platform
      }
      for (stage, all) in full.enumerated() {
        let fitting = all.matches.filter { $0.verdict != .conflict }
        #expect(ids(lines[stage].matches) == Array(ids(fitting).prefix(top)), "top \(top)")
        var seen: Set<String> = []
        let best = all.matches.filter { seen.insert($0.line.platform.id).inserted }
        #expect(ids(platforms[stage].matches) == Array(ids(best).prefix(top)), "top \(top)")
      }
    }
  }

  @Test("a long list is ranked as a short one", arguments: UInt64(0)..<1)
  func long(seed: UInt64) {
    var world = World.random(seed: seed, platforms: 0)
    var random = SeededGenerator(seed: seed)
    world.demand = ["type": "demand", "id": "D-1", "services": ["ic.sic"], "budget": ["max": 1000]]
    world.platforms = (0..<1500).map { number in
      let price: JSONValue = ["min": .integer(random.int(1...3000))]
      let line: JSONValue = [
        "id": .string("P\(number % 900)/L\(number)"), "services": ["ic.sic"], "price": price,
      ]
      return ["id": .string("P\(number)"), "lines": [line]]
    }
    let reader = world.read()
    let all = ids(world.results(of: reader).flatMap(\.matches))
    for top in [5, 130, 1100] {
      #expect(
        ids(world.results(of: reader) { $0.top = top }.flatMap(\.matches)) == Array(all.prefix(top))
      )
    }
  }

  private func ids(_ matches: [Evaluation]) -> [String] {
    matches.map(\.line.line.id)
  }
}
