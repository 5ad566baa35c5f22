import Matcher

/// All sample demands against every line with the reference evaluator, top 10 platforms.
enum MatchManyStage: Stage {
  static let name = "matchMany"

  static func run(_ workload: Workload) -> [(String, Int)] {
    match(workload.records.demands, workload)
  }

  static func match(_ demands: [Demand], _ workload: Workload) -> [(String, Int)] {
    let options = MatchOptions(asOf: CivilDate(dayNumber: 20_779))
    var pairs = 0
    var found = 0
    for demand in demands {
      for result in workload.engine.match(demand, options: options) {
        pairs += result.summary.lines
        found += result.matches.count
      }
    }
    return [("pairs", pairs), ("matches", found)]
  }
}
