/// Keeps the best pairs of one stage and counts all.
///
/// Memory is that of the pairs kept: with a small K, at most a few times K.
struct Ranking {
  private let options: MatchOptions
  private(set) var summary = StageSummary()
  private var kept: [Evaluation] = []

  init(options: MatchOptions) {
    self.options = options
  }

  mutating func add(_ evaluation: Evaluation) {
    summary.count(evaluation)
    guard evaluation.verdict != .conflict || options.includesConflict else { return }
    if !options.includesOverseas, evaluation.line.isInside == false {
      summary.leaveOutOverseas()
      return
    }
    kept.append(evaluation)
    if kept.count >= max(1024, 8 * min(options.top, 1 << 40)) { kept = best(kept) }
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
    guard options.rows == .platform else { return Array(sorted.prefix(options.top)) }
    var seen: Set<String> = []
    return Array(
      sorted.filter { seen.insert($0.line.platform.id).inserted }.prefix(options.top))
  }
}
