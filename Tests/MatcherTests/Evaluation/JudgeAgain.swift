@testable import Matcher

/// The table of verdicts in `DESIGN` §3 a second time, written from the words and not from the
/// code.
struct JudgeAgain {
  /// Causes of failures with the largest gap of each; final ones apart.
  private(set) var finite: [String: Double] = [:]
  private(set) var final: Set<String> = []
  private(set) var pending: Set<String> = []

  init(_ outcomes: [Outcome]) {
    for outcome in outcomes {
      if case .final(let cause) = outcome.failure { final.insert(cause) }
      if case .finite(let gap, let cause) = outcome.failure {
        finite[cause] = [finite[cause] ?? gap, gap].max()
      }
      if let cause = outcome.pending { pending.insert(cause) }
    }
  }

  var verdict: Verdict {
    if !final.isEmpty || finite.count >= 3 { return .conflict }
    if finite.count == 1 || finite.count == 2 { return .nearMiss }
    return pending.isEmpty ? .full : .potential
  }

  var group: Int {
    switch verdict {
    case .full: return 1
    case .potential: return pending.count <= 3 ? 2 : 4
    case .nearMiss:
      let limit = finite.count == 1 ? 0.5 : 0.3
      return finite.values.contains { $0 > limit * (1 + 1e-9) } ? 5 : 3
    case .conflict: return 6
    }
  }

  func without(_ causes: Set<String>) -> JudgeAgain {
    var copy = self
    copy.finite = finite.filter { !causes.contains($0.key) }
    return copy
  }
}
