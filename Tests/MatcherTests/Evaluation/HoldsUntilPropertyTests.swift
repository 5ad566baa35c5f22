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

  @Test(
    "nor where days, lead times in working days and slots lie close", arguments: UInt64(0)..<1000)
  func windows(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let asOf = try #require(CivilDate(iso: "2026-11-20")) + random.int(0...100)
    func day(_ range: ClosedRange<Int>) -> JSONValue { .day(asOf + random.int(range)) }
    var window: JSONValue = ["strictness": random.chance(50) ? "hard" : "strong"]
    if random.chance(60) { window["start"] = day(-3...15) }
    window[random.chance(50) ? "finish" : "latest_start"] = day(5...25)
    if random.chance(60) { window["duration_days"] = .integer(random.int(1...12)) }
    var line: JSONValue = [
      "id": "P1/L1",
      "lead_time": ["days": .integer(random.int(0...12)), "kind": "working"],
    ]
    if random.chance(30) { line["status"] = ["state": "building", "from": day(0...12)] }
    if random.chance(70) {
      let from = asOf + random.int(-5...15)
      line["calendar"] = [["from": .day(from), "to": .day(from + random.int(3...25))]]
    }
    let problem = change(
      Pair(
        demand: ["id": "D1", "window": window], platform: ["id": "P1", "lines": [line]], asOf: asOf)
    )
    #expect(problem == nil, "\(problem ?? "")")
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
