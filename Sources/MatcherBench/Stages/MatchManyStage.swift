import Matcher
import MatcherEngine

/// A hundred demands decided on the columns of all lines, the best twenty kept, on one thread.
enum MatchManyStage: Stage {
  static let name = "matchMany"

  static func prepare(_ workload: Workload) { _ = workload.world.work }

  static func run(_ workload: Workload) -> [(String, Int)] {
    let world = workload.world
    let matching = world.matching
    let worker = Worker()
    var pairs = 0
    var evaluated = 0
    var kept = 0
    for demand in world.records.demands {
      for stage in demand.stages {
        let resolved = matching.resolve(demand, stage)
        guard
          let scores = matching.match(
            resolved, options: WorldLoad.options(20), counts: false, worker: worker)
        else { continue }
        pairs += scores.verdicts.values.reduce(0, +)
        evaluated += scores.evaluated
        kept += scores.matches.count
      }
    }
    let done = world.work
    return [
      ("demands", world.records.demands.count), ("pairs", pairs), ("evaluated", evaluated),
      ("criteria", done.criteria), ("postings", done.postings), ("kept", kept),
    ]
  }
}
