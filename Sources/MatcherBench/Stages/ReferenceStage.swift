import Matcher

/// One demand against every line with the reference evaluator: what the columns are measured by.
enum ReferenceStage: Stage {
  static let name = "reference"

  static func prepare(_ workload: Workload) { _ = workload.world.reference }

  static func run(_ workload: Workload) -> [(String, Int)] {
    let world = workload.world
    guard let demand = world.records.demands.first else { return [] }
    let results = world.reference.match(demand, options: WorldLoad.options(10))
    return [
      ("pairs", results.map(\.summary.lines).reduce(0, +)),
      ("matches", results.map(\.matches.count).reduce(0, +)),
    ]
  }
}
