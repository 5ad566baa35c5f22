import Matcher

/// What does not depend on a demand: text terms, names, calendars of every line.
enum ResolveStage: Stage {
  static let name = "resolve"

  static func run(_ workload: Workload) -> [(String, Int)] {
    let engine = MatchEngine(corpus: workload.corpus, platforms: workload.records.platforms)
    return [("lines", engine.lines.count)]
  }
}
