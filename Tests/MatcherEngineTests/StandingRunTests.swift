import Matcher
import MatcherIndex
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// Kept up to date is the same as made anew, over random histories.
@Suite struct StandingRunTests {
  /// A world that changes: platforms and demands by id, and a day.
  private struct History {
    var random: SeededGenerator
    var asOf: CivilDate
    var platforms: [String: Platform] = [:]
    var demands: [Demand] = []
    private var next = 0
    private var worlds: UInt64

    init(seed: UInt64) {
      random = SeededGenerator(seed: seed)
      worlds = seed * 1000
      asOf = World.random(seed: seed, platforms: 1).asOf
      for _ in 0..<4 { for platform in fresh() { platforms[platform.id] = platform } }
      for _ in 0..<6 { demands.append(freshDemand()) }
    }

    private mutating func fresh() -> [Platform] {
      worlds += 1
      return World.random(seed: worlds, platforms: 5).read().platforms.map { renamed($0) }
    }

    private mutating func renamed(_ platform: Platform) -> Platform {
      next += 1
      var platform = platform
      platform.id = "N\(next)"
      for place in platform.lines.indices { platform.lines[place].id = "N\(next)/L\(place)" }
      return platform
    }

    private mutating func freshDemand() -> Demand {
      worlds += 1
      var demand = World.random(seed: worlds, platforms: 1).read().demands[0]
      next += 1
      demand.id = "D\(next)"
      return demand
    }

    /// One step; gives what changed.
    mutating func step() -> (changed: [Platform], withdrawn: Set<String>, demands: Set<String>) {
      var changed: [Platform] = []
      var withdrawn: Set<String> = []
      var demandIDs: Set<String> = []
      asOf = asOf + random.pick([0, 0, 1, 1, 7, 40])
      if random.chance(50) {
        for platform in fresh().prefix(2) {
          platforms[platform.id] = platform
          changed.append(platform)
        }
      }
      if random.chance(60), let id = platforms.keys.sorted().randomElement(using: &random) {
        // The same platform says other things now.
        var other = fresh()[0]
        let lines = other.lines.indices.map { "\(id)/L\($0)" }
        other.id = id
        for (place, line) in lines.enumerated() { other.lines[place].id = line }
        platforms[id] = other
        changed.append(other)
      }
      if random.chance(50),
        let id = platforms.keys.sorted().filter({ id in !changed.contains { $0.id == id } })
          .randomElement(using: &random)
      {
        withdrawn.formUnion(platforms[id]?.lines.map(\.id) ?? [])
        platforms[id] = nil
      }
      if random.chance(40) {
        let demand = freshDemand()
        demands.append(demand)
        demandIDs.insert(demand.id)
      }
      if random.chance(30), demands.count > 3 { demands.removeFirst() }
      return (changed, withdrawn, demandIDs)
    }
  }

  private static func describe(_ run: StandingRun) -> [String] {
    run.results.map { standing in
      let matches = standing.matches.map {
        "\(run.id($0.line)) \($0.group) \($0.low) \($0.expected) \($0.high) \($0.weight) \($0.known) "
          + "\($0.questions) \($0.verdict) \($0.isOutside)"
      }
      return "\(standing.demand)/\(standing.stage ?? "-") \(standing.verdicts) \(matches)"
    }
  }

  @Test(
    "Random histories: lines, demands and days change, with and without compaction",
    arguments: 0..<3, [0, 1, 3])
  func histories(seed: Int, compaction: Int) {
    var history = History(seed: UInt64(500 + seed))
    let corpus = TestCorpus.shared
    let run = StandingRun(
      demands: history.demands, platforms: Array(history.platforms.values), corpus: corpus,
      asOf: history.asOf, top: 3, reserve: 2, compaction: compaction)
    var (spared, most) = (0, 0)
    for step in 0..<9 {
      let (changed, withdrawn, demands) = history.step()
      let work = run.advance(
        changed: changed, withdrawn: withdrawn, demands: (history.demands, demands),
        asOf: history.asOf)
      spared += run.results.count - work.scanned
      most = max(most, run.lines.segments.count)
      let anew = StandingRun(
        demands: history.demands, platforms: Array(history.platforms.values), corpus: corpus,
        asOf: history.asOf, top: 3, reserve: 2)
      let (own, wanted) = (Self.describe(run), Self.describe(anew))
      if own != wanted {
        let first = zip(own, wanted).first { $0 != $1 }
        Issue.record("step \(step): \(first?.0 ?? "") for \(first?.1 ?? "")")
        return
      }
    }
    #expect(spared > 0)
    #expect(compaction > 0 || most > 4)
  }
}
