/// The exact score of a pair: three sums of weight × millionths over one sum of weights, never
/// rounded but at output.
public struct Score: Sendable, Equatable {
  /// Weight × degree in millionths; at most `weight` × 1,000,000.
  public let low: Int64
  public let expected: Int64
  public let high: Int64
  /// Σ w; 0 when nothing that weighs was compared.
  public let weight: Int64

  /// Sums the outcomes that weigh; a strong degree below 0.2 caps the bound it stands in at 0.6 +
  /// 2·d.
  init(_ outcomes: some Sequence<Outcome>) {
    var (low, expected, high, weight): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
    var caps = (low: Degree.one, expected: Degree.one, high: Degree.one)
    for outcome in outcomes where outcome.weight > 0 {
      low += outcome.weight * outcome.degree.low
      expected += outcome.weight * outcome.degree.expected
      high += outcome.weight * outcome.degree.high
      weight += outcome.weight
      if outcome.strictness == .strong {
        caps.low = min(caps.low, 600_000 + 2 * outcome.degree.low)
        caps.expected = min(caps.expected, 600_000 + 2 * outcome.degree.expected)
        caps.high = min(caps.high, 600_000 + 2 * outcome.degree.high)
      }
    }
    self.low = min(low, weight * caps.low)
    self.expected = min(expected, weight * caps.expected)
    self.high = weight == 0 ? 0 : min(high, weight * caps.high)
    self.weight = weight
  }

  package init(low: Int64, expected: Int64, high: Int64, weight: Int64) {
    self.low = low
    self.expected = expected
    self.high = high
    self.weight = weight
  }

  /// The best of each bound over envelopes; their weights are equal.
  func best(_ other: Score) -> Score {
    Score(
      low: max(low, other.low), expected: max(expected, other.expected),
      high: max(high, other.high), weight: weight)
  }

  /// A bound in units of 0.01 of 100, rounded half to even: 7,250 is 72.5.
  public func points(_ sum: Int64) -> Int64 {
    weight > 0 ? Score.rounded(sum, by: weight * 100) : 0
  }

  /// A bound in millionths, rounded half to even: 725,000 is 72.5 of 100.
  public func millionths(_ sum: Int64) -> Int64 {
    weight > 0 ? Score.rounded(sum, by: weight) : 0
  }

  private static func rounded(_ sum: Int64, by divisor: Int64) -> Int64 {
    let (quotient, remainder) = sum.quotientAndRemainder(dividingBy: divisor)
    let twice = remainder * 2
    return twice > divisor || (twice == divisor && quotient % 2 == 1) ? quotient + 1 : quotient
  }

  /// Whether `a` of this score is above (1), equal to (0) or below (−1) `b` of the other, exactly.
  package static func compare(_ a: Int64, _ weight: Int64, _ b: Int64, _ other: Int64) -> Int {
    let left = a.multipliedFullWidth(by: max(other, 1))
    let right = b.multipliedFullWidth(by: max(weight, 1))
    if left.high != right.high { return left.high > right.high ? 1 : -1 }
    return left.low == right.low ? 0 : left.low > right.low ? 1 : -1
  }
}

/// The share of the weight that is known.
public struct Coverage: Sendable, Equatable {
  public let known: Int64
  public let weight: Int64
  /// How many of the requirements that weigh are known, and how many there are; words are none.
  public let knownCriteria: Int
  public let criteria: Int

  init(_ outcomes: some Sequence<Outcome>) {
    var (known, weight): (Int64, Int64) = (0, 0)
    var (knownCriteria, criteria) = (0, 0)
    for outcome in outcomes where outcome.weight > 0 {
      let isRequirement = outcome.criterion != .text
      weight += outcome.weight
      criteria += isRequirement ? 1 : 0
      if outcome.isKnown {
        known += outcome.weight
        knownCriteria += isRequirement ? 1 : 0
      }
    }
    self.known = known
    self.weight = weight
    self.knownCriteria = knownCriteria
    self.criteria = criteria
  }
}
