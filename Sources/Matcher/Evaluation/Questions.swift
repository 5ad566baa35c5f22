/// What to ask about a pair: unknowns whose answer could change its verdict or group.
enum Questions {
  /// Hard unknowns first, those that settle the most outcomes and the most weight before others;
  /// then strong unknowns, whose answer could turn out a failure. One question a cause. None for a
  /// conflict.
  static func of(_ outcomes: [Outcome], _ judgment: Judgment, limit: Int) -> [Outcome] {
    guard judgment.verdict != .conflict else { return [] }
    var settled: [String: (count: Int, weight: Int64)] = [:]
    for outcome in outcomes {
      guard let cause = outcome.pending else { continue }
      let known = settled[cause] ?? (0, 0)
      settled[cause] = (known.count + 1, known.weight + outcome.weight)
    }
    var seen: Set<String> = []
    let hard = outcomes.filter { $0.pending.map { seen.insert($0).inserted } ?? false }
    func rank(_ outcome: Outcome) -> (Int, Int64) {
      outcome.pending.flatMap { settled[$0] }.map { ($0.count, $0.weight) } ?? (0, 0)
    }
    let ordered = hard.enumerated().sorted { left, right in
      let (a, b) = (rank(left.element), rank(right.element))
      return a == b ? left.offset < right.offset : a > b
    }
    let strong = outcomes.filter {
      $0.strictness == .strong && $0.state == .unknown && $0.pending == nil && $0.weight > 0
        && $0.criterion != .lot
    }
    return Array((ordered.map(\.element) + strong).prefix(limit))
  }
}
