/// The class of a pair. `DESIGN` §3.
public enum Verdict: String, Sendable, Comparable, CaseIterable {
  case conflict
  case nearMiss = "near_miss"
  case potential
  case full

  private var rank: Int {
    switch self {
    case .conflict: 0
    case .nearMiss: 1
    case .potential: 2
    case .full: 3
    }
  }

  public static func < (left: Verdict, right: Verdict) -> Bool {
    left.rank < right.rank
  }
}

/// Verdict and rank group with what they rest on: causes, each counted once.
public struct Judgment: Sendable, Equatable {
  public let verdict: Verdict
  /// 1 full · 2 potential, few pending · 3 near miss, close · 4 potential, a lead · 5 other near
  /// misses · 6 conflict.
  public let group: Int
  /// Causes of failures, final ones included.
  public let failures: Int
  /// Causes that wait for an answer.
  public let pending: Int
  /// Strong criteria that are missed without being failures.
  public let shortfalls: Int

  /// What a final failure makes of a pair, whatever else is found.
  static let conflict = (verdict: Verdict.conflict, group: 6)

  /// Better by verdict, then by group.
  func leads(_ other: Judgment) -> Bool {
    verdict != other.verdict ? verdict > other.verdict : group < other.group
  }

  /// Judges outcomes, as if the failures of some causes were gone.
  ///
  /// - Parameter isProse: The line states nothing but prose. Then what was only read out of the
  ///   demand's words lowers the group by a final failure alone; else it just scores.
  init(
    _ outcomes: some Sequence<Outcome>, without gone: Set<String> = [], isProse: Bool = false,
    policy: Policy
  ) {
    let all = Judgment(all: outcomes, without: gone, policy: policy)
    let canSpare = isProse && (all.verdict == .potential || all.verdict == .nearMiss)
    let group =
      canSpare
      ? max(
        2,
        Judgment(all: outcomes.filter { $0.readFrom == nil }, without: gone, policy: policy).group)
      : all.group
    self.init(
      verdict: all.verdict, group: group, failures: all.failures, pending: all.pending,
      shortfalls: all.shortfalls)
  }

  private init(verdict: Verdict, group: Int, failures: Int, pending: Int, shortfalls: Int) {
    self.verdict = verdict
    self.group = group
    self.failures = failures
    self.pending = pending
    self.shortfalls = shortfalls
  }

  private init(all outcomes: some Sequence<Outcome>, without gone: Set<String>, policy: Policy) {
    var gaps: [String: Double] = [:]
    var waiting: Set<String> = []
    var isFinal = false
    var shortfalls = 0
    for outcome in outcomes {
      switch outcome.failure {
      case .final(let cause):
        isFinal = true
        gaps[cause] = .infinity
      case .finite(let gap, let cause) where !gone.contains(cause):
        gaps[cause] = max(gaps[cause] ?? 0, gap)
      case .finite: break
      case nil:
        if outcome.strictness == .strong, outcome.state == .short || outcome.state == .denied {
          shortfalls += 1
        }
      }
      if let cause = outcome.pending { waiting.insert(cause) }
    }
    failures = gaps.count
    pending = waiting.count
    self.shortfalls = shortfalls
    if isFinal || gaps.count > 2 {
      (verdict, group) = Judgment.conflict
    } else if !gaps.isEmpty {
      let limit = gaps.count == 1 ? policy.nearGapOne : policy.nearGapTwo
      let isClose = gaps.values.allSatisfy { SpecComparison.atLeast(limit, $0) }
      (verdict, group) = (.nearMiss, isClose ? 3 : 5)
    } else if !waiting.isEmpty {
      (verdict, group) = (.potential, waiting.count <= policy.fewPending ? 2 : 4)
    } else {
      (verdict, group) = (.full, 1)
    }
  }
}
