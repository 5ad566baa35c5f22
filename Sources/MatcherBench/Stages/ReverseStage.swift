import Matcher
import MatcherEngine

/// Each line of ten platforms against all demands that stand.
enum ReverseStage: Stage {
  static let name = "reverse"

  static func prepare(_ workload: Workload) { _ = workload.world.standing }

  static func run(_ workload: Workload) -> [(String, Int)] {
    let world = workload.world
    let platforms = world.records.platforms.prefix(10)
    var hits = 0
    for platform in platforms { hits += world.standing.hits(platform).count }
    return [
      ("lines", platforms.map(\.lines.count).reduce(0, +)), ("demands", world.standing.count),
      ("hits", hits),
    ]
  }
}
