import Matcher
import MatcherEngine

/// Which engine a command matches with: columns in memory, a snapshot, or the reference evaluator.
enum MatchRunner {
  case columns(ColumnEngine, Worker)
  case reference(MatchEngine)

  func match(_ demand: Demand, options: MatchOptions) -> [StageResult] {
    switch self {
    case .columns(let engine, let worker): engine.match(demand, options: options, worker: worker)
    case .reference(let engine): engine.match(demand, options: options)
    }
  }
}
