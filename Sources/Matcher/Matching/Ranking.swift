/// Keeps the best pairs of one stage and counts all.
///
/// Memory is that of the pairs kept: with a small K, at most a few times K.
struct Ranking {
  private let options: MatchOptions
  private let hides: (ResolvedLine) -> Bool
  private let top: Int
  private(set) var summary = StageSummary()
  /// Pairs that were left out as the caller hides them.
  private(set) var hidden = 0
  private var kept: [Evaluation] = []

  /// - Parameter hides: lines that are counted, but not kept.
  init(options: MatchOptions, hides: @escaping (ResolvedLine) -> Bool) {
    self.options = options
    self.hides = hides
    top = options.ranksAll ? .max : options.top
  }

  mutating func add(_ evaluation: Evaluation) {
    summary.count(evaluation)
    guard evaluation.verdict != .conflict || options.includesConflict else { return }
    if !options.includesOverseas, evaluation.line.isInside == false {
      summary.leaveOutOverseas()
      return
    }
    guard !hides(evaluation.line) else {
      hidden += 1
      return
    }
    kept.append(evaluation)
    if kept.count >= max(1024, 8 * min(top, 1 << 40)) { kept = best(kept) }
  }

  mutating func note(total: Double?) {
    summary.note(total: total)
  }

  /// The best pairs in ranking order: one a platform, or one a line.
  var matches: [Evaluation] {
    best(kept)
  }

  private func best(_ evaluations: [Evaluation]) -> [Evaluation] {
    let sorted = evaluations.sorted(by: Evaluation.precedes)
    guard options.rows == .platform else { return Array(sorted.prefix(top)) }
    var seen: Set<String> = []
    return Array(
      sorted.filter { seen.insert($0.line.platform.id).inserted }.prefix(top))
  }
}
