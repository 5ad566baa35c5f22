/// The smallest set of changes, each exactly to what the other side has, that lifts the rank group.
public struct Relaxation: Sendable {
  /// The missed outcomes that would be given up, in criterion order.
  public let changes: [Outcome]
  /// The group after them.
  public let group: Int
  /// Σ (w ÷ Σ w) · min(gap, 1).
  public let price: Double

  /// Fewest changes, then price, then the order of the criteria. Final failures are never given up,
  /// nor are sealed keys.
  ///
  /// - Parameter group: the group of the pair evaluated anew after some changes; one change may
  ///   break another criterion (a later finish at which a certificate has lapsed).
  static func cheapest(
    _ outcomes: [Outcome], _ judgment: Judgment, policy: Policy, group: ([Outcome]) -> Int
  ) -> Relaxation? {
    let candidates = candidates(outcomes)
    guard !candidates.isEmpty, candidates.count <= 8,
      !outcomes.contains(where: { if case .final = $0.failure { true } else { false } })
    else { return nil }
    let total = Double(max(1, outcomes.reduce(0) { $0 + $1.weight }))
    var best: Relaxation?
    for mask in 1..<(1 << candidates.count) {
      let chosen = candidates.indices.filter { mask >> $0 & 1 == 1 }.map { candidates[$0] }
      if let best, chosen.count > best.causes { continue }
      let after = Judgment(outcomes, without: Set(chosen.map(\.cause)), policy: policy)
      guard after.group < judgment.group else { continue }
      let changes = chosen.flatMap(\.outcomes)
      let reached = group(changes)
      guard reached < judgment.group else { continue }
      let price = changes.reduce(0) { $0 + Double($1.weight) / total * min($1.gap ?? 1, 1) }
      let found = Relaxation(
        changes: changes, group: reached, price: price, causes: chosen.count)
      if best.map({ found.isCheaper(than: $0) }) ?? true { best = found }
    }
    return best
  }

  private let causes: Int

  private init(changes: [Outcome], group: Int, price: Double, causes: Int) {
    self.changes = changes
    self.group = group
    self.price = price
    self.causes = causes
  }

  private func isCheaper(than other: Relaxation) -> Bool {
    causes == other.causes ? price < other.price : causes < other.causes
  }

  private struct Candidate {
    let cause: String
    var outcomes: [Outcome]
  }

  private static func candidates(_ outcomes: [Outcome]) -> [Candidate] {
    var found: [Candidate] = []
    for outcome in outcomes {
      guard case .finite(_, let cause) = outcome.failure, outcome.message != "window.full" else {
        continue
      }
      if let place = found.firstIndex(where: { $0.cause == cause }) {
        found[place].outcomes.append(outcome)
      } else {
        found.append(Candidate(cause: cause, outcomes: [outcome]))
      }
    }
    return found.filter { $0.outcomes.allSatisfy { $0.visibility == .everyone } }
  }
}
