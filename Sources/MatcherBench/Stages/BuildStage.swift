import Matcher
import MatcherEngine

/// Resolved lines into columns, on one thread.
enum BuildStage: Stage {
  static let name = "build"

  static func prepare(_ workload: Workload) { _ = workload.world.lines }

  static func run(_ workload: Workload) -> [(String, Int)] {
    let index = LineIndex(workload.world.lines, corpus: workload.corpus)
    let bytes = index.sections.all.reduce(0) { $0 + $1.bytes.count }
    return [("lines", index.count), ("rows", index.rows), ("bytes", bytes)]
  }
}
