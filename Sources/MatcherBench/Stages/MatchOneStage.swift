import Matcher

/// One demand against every line with the reference evaluator, top 10 platforms.
enum MatchOneStage: Stage {
  static let name = "matchOne"

  static func run(_ workload: Workload) -> [(String, Int)] {
    MatchManyStage.match(Array(workload.records.demands.prefix(1)), workload)
  }
}
