import Matcher

/// JSON Lines of World P into records, units converted and checked.
enum ParseStage: Stage {
  static let name = "parse"

  static func run(_ workload: Workload) -> [(String, Int)] {
    let world = workload.world
    let reader = world.read()
    return [
      ("bytes", world.platformBytes.count + world.demandBytes.count),
      ("platforms", reader.platforms.count), ("demands", reader.demands.count),
      ("issues", reader.issues.count),
    ]
  }
}
