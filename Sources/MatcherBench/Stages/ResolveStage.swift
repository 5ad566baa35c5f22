import Matcher

/// What does not depend on a demand: text terms, names, calendars of every line.
enum ResolveStage: Stage {
  static let name = "resolve"

  static func prepare(_ workload: Workload) { _ = workload.world.records }

  static func run(_ workload: Workload) -> [(String, Int)] {
    let world = workload.world
    let engine = MatchEngine(corpus: world.corpus, platforms: world.records.platforms)
    return [("lines", engine.lines.count)]
  }
}
