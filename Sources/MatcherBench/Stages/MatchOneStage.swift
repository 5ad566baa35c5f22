import Matcher
import MatcherEngine

/// One demand decided on the columns of all lines, the best ten made whole by the reference.
enum MatchOneStage: Stage {
  static let name = "matchOne"

  static func prepare(_ workload: Workload) { _ = workload.world.engine }

  static func run(_ workload: Workload) -> [(String, Int)] {
    let world = workload.world
    guard let demand = world.records.demands.first else { return [] }
    let results = world.engine.match(demand, options: WorldLoad.options(10), worker: Worker())
    return [
      ("pairs", results.map(\.summary.lines).reduce(0, +)),
      ("matches", results.map(\.matches.count).reduce(0, +)),
    ]
  }
}
