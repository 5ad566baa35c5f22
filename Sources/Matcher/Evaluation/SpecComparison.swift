/// One asked value against one stated value of the same key: the arithmetic of `DESIGN` §5, and
/// nothing else.
package struct SpecComparison: Sendable {
  package enum Result: Equatable, Sendable {
    case met(margin: Double?)
    /// `degree` replaces 1 − gap ÷ tolerance where the direction defines its own (the covered
    /// share).
    case short(gap: Double, margin: Double?, degree: Double?, isPartial: Bool = false)
    /// A term is not in the set, or a flag is the other way.
    case missing
    /// The statement does not reach far enough to tell.
    case open
  }

  /// The key's.
  let id: String
  private let scale: SpecKey.Scale
  private let span: Double
  private let ownTolerance: Double

  /// What comparing needs of a key.
  package init(key: SpecKey) {
    id = key.id
    scale = key.scale
    span = key.span
    ownTolerance = key.tolerance
  }

  /// Equal within 1e-9 relative.
  package static func atLeast(_ left: Double, _ right: Double) -> Bool {
    left >= right || (right - left) <= 1e-9 * max(left.magnitude, right.magnitude)
  }

  package func compare(_ asked: Requirement.Asked, _ value: Spec.Value, complete: Bool) -> Result {
    switch (asked, value) {
    case (.atLeast(let a), .interval(let lower, let upper)): atLeast(a, lower, upper)
    case (.atLeast(let a), .numbers(let set)): reach(a, set.max() ?? 0, upward: true)
    case (.atMost(let a), .interval(let lower, _)):
      lower.map { reach(a, $0, upward: false) } ?? .open
    case (.atMost(let a), .numbers(let set)): reach(a, set.min() ?? 0, upward: false)
    case (.cover(let a, let b), .interval(let lower, let upper)): cover(a, b, lower, upper)
    case (.cover(let a, let b), .numbers(let set)): a == b ? nearest([a], set) : within(a, b, set)
    case (.overlap(let a, let b), .interval(let lower, let upper)): overlap(a, b, lower, upper)
    case (.overlap(let a, let b), .numbers(let set)): touch(a, b, set)
    case (.oneOfNumbers(let asked), .numbers(let set)): nearest(asked, set)
    case (.oneOfNumbers(let asked), .interval(let lower, let upper)):
      best(asked.map { cover($0, $0, lower, upper) })
    case (.oneOfTerms(let asked), .terms(_, let covered)):
      asked.contains(where: covered.contains) ? .met(margin: nil) : complete ? .missing : .open
    case (.allOfTerms(let asked), .terms(_, let covered)):
      asked.allSatisfy(covered.contains) ? .met(margin: nil) : complete ? .missing : .open
    case (.rank(let asked), .rank(let has)): steps(asked, has)
    case (.flag(let asked), .flag(let has)): asked == has ? .met(margin: nil) : .missing
    default: .open
    }
  }

  /// The gap between an asked and a stated number on the key's scale.
  package func gap(_ asked: Double, _ has: Double) -> Double {
    switch scale {
    case .log where asked > 0 && has > 0: Elementary.ln(asked / has).magnitude / Elementary.ln2
    case .interval: (asked - has).magnitude / span
    case .step: (asked - has).magnitude / 2
    default:
      asked == 0 ? (has == 0 ? 0 : .greatestFiniteMagnitude) : ((asked - has) / asked).magnitude
    }
  }

  /// Up to a value; a stated lower end above it cannot do it either (a reactor that fills from 600
  /// L cannot do 50 L).
  private func atLeast(_ asked: Double, _ lower: Double?, _ upper: Double?) -> Result {
    if let lower, !SpecComparison.atLeast(asked, lower) {
      return .short(
        gap: gap(asked, lower), margin: asked - lower, degree: nil, isPartial: upper == nil)
    }
    return upper.map { reach(asked, $0, upward: true) } ?? .open
  }

  private func reach(_ asked: Double, _ has: Double, upward: Bool) -> Result {
    let margin = upward ? has - asked : asked - has
    let met = upward ? SpecComparison.atLeast(has, asked) : SpecComparison.atLeast(asked, has)
    return met ? .met(margin: margin) : .short(gap: gap(asked, has), margin: margin, degree: nil)
  }

  private func cover(_ a: Double, _ b: Double, _ lower: Double?, _ upper: Double?) -> Result {
    let lowOK = lower.map { SpecComparison.atLeast(a, $0) }
    let highOK = upper.map { SpecComparison.atLeast($0, b) }
    if lowOK == true, highOK == true {
      return .met(margin: min(a - (lower ?? a), (upper ?? b) - b))
    }
    if lowOK != false, highOK != false { return .open }
    let misses = [lowOK == false ? (lower ?? a) - a : 0, highOK == false ? b - (upper ?? b) : 0]
    let margin = -(misses.max() ?? 0)
    let isPartial = lower == nil || upper == nil
    guard a < b else {
      let end = lowOK == false ? lower ?? a : upper ?? a
      return .short(gap: gap(a, end), margin: margin, degree: nil, isPartial: isPartial)
    }
    let share = share(of: a, b, from: max(a, lower ?? a), to: min(b, upper ?? b))
    return .short(gap: 1 - share, margin: margin, degree: share, isPartial: isPartial)
  }

  private func share(of a: Double, _ b: Double, from: Double, to: Double) -> Double {
    guard to > from else { return 0 }
    guard scale == .log, a > 0 else { return (to - from) / (b - a) }
    return Elementary.ln(to / from) / Elementary.ln(b / a)
  }

  /// A discrete set is no range: it covers an interval only when both ends are members, and misses
  /// by the end that is farther from one.
  private func within(_ a: Double, _ b: Double, _ set: [Double]) -> Result {
    switch (nearest([a], set), nearest([b], set)) {
    case (.met, .met): .met(margin: nil)
    case (.short(let gap, let margin, _, _), .met), (.met, .short(let gap, let margin, _, _)):
      .short(gap: gap, margin: margin, degree: nil)
    case (.short(let one, let first, _, _), .short(let two, let second, _, _)):
      .short(gap: max(one, two), margin: one > two ? first : second, degree: nil)
    default: .open
    }
  }

  /// An end that is not stated is no limit here: some point of the interval serves.
  private func overlap(_ a: Double, _ b: Double, _ lower: Double?, _ upper: Double?) -> Result {
    if let lower, !SpecComparison.atLeast(b, lower) {
      return .short(gap: gap(b, lower), margin: b - lower, degree: nil)
    }
    if let upper, !SpecComparison.atLeast(upper, a) {
      return .short(gap: gap(a, upper), margin: upper - a, degree: nil)
    }
    return .met(margin: nil)
  }

  private func touch(_ a: Double, _ b: Double, _ set: [Double]) -> Result {
    best(set.map { overlap(a, b, $0, $0) })
  }

  /// A numeric set misses by its nearest member.
  private func nearest(_ asked: [Double], _ set: [Double]) -> Result {
    var results: [Result] = []
    for a in asked {
      for has in set {
        let equal = SpecComparison.atLeast(a, has) && SpecComparison.atLeast(has, a)
        results.append(
          equal
            ? .met(margin: nil)
            : .short(gap: gap(a, has), margin: -(a - has).magnitude, degree: nil))
      }
    }
    return best(results)
  }

  private func steps(_ asked: Int, _ has: Int) -> Result {
    let margin = Double(has - asked)
    return has >= asked
      ? .met(margin: margin)
      : .short(gap: gap(Double(asked), Double(has)), margin: margin, degree: nil)
  }

  /// The most favourable: met, then not told, then the smallest gap.
  private func best(_ results: [Result]) -> Result {
    func rank(_ result: Result) -> Double {
      switch result {
      case .met: -2
      case .open: -1
      case .short(let gap, _, _, _): gap
      case .missing: .infinity
      }
    }
    return results.min { rank($0) < rank($1) } ?? .open
  }

  /// The degree of a result that is known, in millionths.
  package func degree(_ result: Result, tolerance: Double?) -> Int64? {
    switch result {
    case .met: Degree.one
    case .missing: 0
    case .open: nil
    case .short(let gap, _, let share, _):
      share.map(Degree.millionths) ?? Degree.of(gap: gap, tolerance: tolerance ?? ownTolerance)
    }
  }
}
