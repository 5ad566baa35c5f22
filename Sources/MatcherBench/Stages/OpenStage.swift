import Matcher
import MatcherEngine
import MatcherIndex

/// A snapshot file into an engine, held to all its checksums.
enum OpenStage: Stage {
  static let name = "open"

  static func prepare(_ workload: Workload) { _ = workload.world.snapshotPath }

  static func run(_ workload: Workload) -> [(String, Int)] {
    let world = workload.world
    guard
      let opened = try? Snapshot(
        opening: world.snapshotPath, files: nil, verify: true, workers: .one)
    else { return [("opened", 0)] }
    let engine = opened.engine(world.corpus, asOf: WorldLoad.asOf)
    let bytes = opened.index.sections.all.reduce(0) { $0 + $1.bytes.count }
    return [("opened", 1), ("lines", engine.count), ("bytes", bytes)]
  }
}
