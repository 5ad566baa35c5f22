import Matcher
import MatcherTestSupport

@testable import MatcherEngine

/// A world that changes: platforms and demands by id, and a day.
struct History {
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
    var world = World.random(seed: worlds, platforms: 5)
    world.platforms = world.platforms.map { platform in
      next += 1
      return History.renamed(platform, "N\(next)")
    }
    return world.read().platforms
  }

  /// The record under another id, its lines too.
  static func renamed(_ platform: JSONValue, _ id: String) -> JSONValue {
    var platform = platform
    platform["id"] = .string(id)
    platform["lines"] = .array(
      platform.list("lines").enumerated().map { place, line in
        var line = line
        line["id"] = .string("\(id)/L\(place)")
        return line
      })
    return platform
  }

  private mutating func freshDemand() -> Demand {
    worlds += 1
    next += 1
    var world = World.random(seed: worlds, platforms: 1)
    world.demand["id"] = .string("D\(next)")
    return world.read().demands[0]
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
      worlds += 1
      var world = World.random(seed: worlds, platforms: 1)
      world.platforms = world.platforms.map { History.renamed($0, id) }
      let other = world.read().platforms[0]
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

extension StandingRun {
  /// All results, a text a stage.
  var described: [String] {
    results.map { standing in
      let matches = standing.matches.map {
        "\(id($0.line)) \($0.group) \($0.low) \($0.expected) \($0.high) \($0.weight) \($0.known) "
          + "\($0.questions) \($0.verdict) \($0.isOutside)"
      }
      return "\(standing.demand)/\(standing.stage ?? "-") \(standing.verdicts) \(matches)"
    }
  }
}
