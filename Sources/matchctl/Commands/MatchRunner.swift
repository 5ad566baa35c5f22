import Matcher
import MatcherEngine
import RecordFiles

/// Which engine a command matches with: columns in memory, a snapshot, or the reference evaluator.
enum MatchRunner {
  case columns(ColumnEngine, Worker)
  /// The snapshot's file, for what is found damaged in it while matching.
  case snapshot(Snapshot, path: String, ColumnEngine, Worker)
  case reference(MatchEngine)

  /// - Throws: `CommandError` when what was read of the snapshot is damaged.
  func match(_ demand: Demand, options: MatchOptions) throws -> [StageResult] {
    switch self {
    case .columns(let engine, let worker):
      return engine.match(demand, options: options, worker: worker)
    case .snapshot(let snapshot, let path, let engine, let worker):
      let results = engine.match(demand, options: options, worker: worker)
      if let damage = snapshot.damage(of: path) { throw CommandError.snapshot(damage, path) }
      return results
    case .reference(let engine): return engine.match(demand, options: options)
    }
  }
}
