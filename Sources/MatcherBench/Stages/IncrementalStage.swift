import Matcher
import MatcherEngine

/// One line in a hundred and one demand in a hundred become others and a day passes: results kept up to date.
enum IncrementalStage: Stage {
  static let name = "incremental"

  static func prepare(_ workload: Workload) {
    _ = workload.world.run
    _ = workload.world.versions
  }

  static func run(_ workload: Workload) -> [(String, Int)] {
    let world = workload.world
    let changed = world.versions[world.run.asOf.dayNumber % 2]
    let demands = world.records.demands
    let ids = Set(demands.indices.filter { $0 % 100 == 0 }.map { demands[$0].id })
    let work = world.run.advance(
      changed: changed, demands: (demands, ids), asOf: world.run.asOf + 1)
    return [
      ("lines", changed.count), ("demands", ids.count), ("scanned", work.scanned),
      ("compared", work.compared),
    ]
  }
}
