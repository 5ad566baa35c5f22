import Matcher
import MatcherIndex
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// Faults that random histories met seldom, each held by a world that meets them always.
@Suite struct StandingFaultTests {
  @Test("A conflict of three failures, one of which ends by itself, is looked at again on its day")
  func endingFailure() throws {
    let asOf = try #require(CivilDate(iso: "2027-03-01"))
    let service = try #require(
      TestCorpus.shared.taxonomy.nodes.first { $0.level == .service }?.code)
    // All lines open in some months and miss two limits by little: three failures until then, two after.
    let lines: [JSONValue] = (1...3).map { number in
      [
        "id": .string("P1/L\(number)"), "name": "line", "services": [.string(service)],
        "status": ["state": "building", "from": .day(asOf + 60)],
        "specs": [
          ["key": "salt_spray_hours", "max": 600, "unit": "h"],
          ["key": "test_ground_area", "max": 6000, "unit": "m²"],
        ],
      ]
    }
    func ask(_ key: String, _ value: Int64, _ unit: String) -> JSONValue {
      [
        "key": .string(key), "op": "at_least", "value": .integer(Int(value)), "unit": .string(unit),
        "strictness": "hard",
      ]
    }
    let records = World.read(
      demand: [
        "id": "D1", "title": "one", "services": [.string(service)],
        "requirements": [ask("salt_spray_hours", 610, "h"), ask("test_ground_area", 6100, "m²")],
      ],
      platforms: [["id": "P1", "name": "one", "lines": .array(lines)]])
    func run(_ asOf: CivilDate) -> StandingRun {
      StandingRun(
        demands: records.demands, platforms: records.platforms, corpus: TestCorpus.shared,
        asOf: asOf, top: 3, reserve: 1, compaction: 0)
    }
    let standing = run(asOf)
    var conflicts = [standing.results[0].verdicts[0]]
    for days in stride(from: 10, through: 90, by: 10) {
      standing.advance(asOf: asOf + days)
      try #require(standing.described == run(asOf + days).described, "after \(days) days")
      conflicts.append(standing.results[0].verdicts[0])
    }
    #expect(conflicts.first == 3 && conflicts.last == 0, "\(conflicts)")
  }

  @Test("A demand's excluded platforms stay so among lines that came since, whatever their numbers")
  func exclusions() throws {
    var (named, listed) = (0, 0)
    for seed in UInt64(8200)..<8205 {
      let world = World.random(seed: seed, platforms: 6)
      let all = world.platforms.enumerated().map { History.renamed($1, "P\($0)") }
      for name in ["P0", "P2", "P5"] {
        var other = world
        other.platforms = all
        other.demand["exclude"] = .array([.string(name)])
        let records = other.read()
        // The later half comes as segments of its own, where names have other numbers than in the base.
        let run = StandingRun(
          demands: records.demands, platforms: Array(records.platforms.prefix(3)),
          corpus: TestCorpus.shared, asOf: world.asOf, top: 50, reserve: 1, compaction: 0)
        for platform in records.platforms.suffix(3).reversed() {
          run.advance(changed: [platform], asOf: world.asOf)
        }
        let anew = StandingRun(
          demands: records.demands, platforms: records.platforms, corpus: TestCorpus.shared,
          asOf: world.asOf, top: 50, reserve: 1)
        try #require(run.described == anew.described, "seed \(seed), without \(name)")
        let shown = run.results.flatMap(\.matches).filter { $0.verdict != .conflict }.map {
          run.id($0.line)
        }
        #expect(!shown.contains { $0.hasPrefix("\(name)/") })
        named += 1
        listed += shown.count
      }
    }
    #expect(named == 15 && listed > named)
  }
}
