/// How well a criterion is met, in millionths: 0…1,000,000. With an unknown it is an interval.
public struct Degree: Sendable, Equatable {
  public static let one: Int64 = 1_000_000

  public var low: Int64
  public var expected: Int64
  public var high: Int64

  /// A known degree.
  init(_ value: Int64) {
    low = value
    expected = value
    high = value
  }

  /// An unknown one with its prior.
  init(unknownWithPrior prior: Int64) {
    low = 0
    expected = prior
    high = Degree.one
  }

  /// max(0, 1 − gap ÷ tolerance), rounded once, half to even.
  package static func of(gap: Double, tolerance: Double) -> Int64 {
    millionths(max(0, 1 - gap / tolerance))
  }

  /// A share of 0…1 in millionths, rounded half to even.
  package static func millionths(_ share: Double) -> Int64 {
    Int64(Elementary.rounded(min(1, max(0, share)) * 1_000_000))
  }
}
