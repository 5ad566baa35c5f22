import Matcher

/// Running text into folded scalars: widths, case and scripts alike.
enum FoldStage: Stage {
  static let name = "fold"

  static func prepare(_ workload: Workload) { _ = workload.prose }

  static func run(_ workload: Workload) -> [(String, Int)] {
    let folding = workload.corpus.folding
    var bytes = 0
    var scalars = 0
    for text in workload.prose {
      bytes += text.utf8.count
      scalars += folding.fold(text).count
    }
    return [("bytes", bytes), ("scalars", scalars)]
  }
}
