import Matcher

/// What was decided for one pair: 64 bytes without references. An explanation is made from the
/// reference evaluation of the pair when somebody reads it.
public struct PairScore: Sendable, Equatable {
  /// Σ weight × degree in millionths.
  public var low: Int64
  public var expected: Int64
  public var high: Int64
  /// The part of `weight` that is known.
  public var known: Int64
  /// Σ weight.
  public var weight: Int64
  /// Criteria that fail, by the plan's bits.
  var failing: UInt64
  /// The line's ordinal.
  public var line: UInt32
  /// Days since 1 January 1970: the pair stays as it is until the day before; `Int32.max` if no
  /// change is known. Of a conflict: until then it stays one.
  public var holds: Int32
  /// 1…6 as in `Judgment`.
  public var group: UInt8
  var rank: UInt8
  public var questions: UInt8
  var isOutside: Bool

  static let verdicts: [Verdict] = [.conflict, .nearMiss, .potential, .full]

  public var verdict: Verdict { PairScore.verdicts[Int(rank)] }

  var isConflict: Bool { rank == 0 }

  /// The order of a ranking, as `Evaluation.precedes`: group, expected, low, coverage, fewer
  /// questions, then the line's id.
  func precedes(_ other: PairScore) -> Bool {
    if group != other.group { return group < other.group }
    if let order = PairScore.order(expected, weight, other.expected, other.weight) { return order }
    if let order = PairScore.order(low, weight, other.low, other.weight) { return order }
    if let order = PairScore.order(known, weight, other.known, other.weight) { return order }
    if questions != other.questions { return questions < other.questions }
    return line < other.line
  }

  /// Whether the first fraction is the larger one; nil when they are equal.
  @inline(__always)
  static func order(_ a: Int64, _ weight: Int64, _ b: Int64, _ other: Int64) -> Bool? {
    if weight == other { return a == b ? nil : a > b }
    let left = a.multipliedFullWidth(by: max(other, 1))
    let right = b.multipliedFullWidth(by: max(weight, 1))
    if left.high != right.high { return left.high > right.high }
    return left.low == right.low ? nil : left.low > right.low
  }

  /// Better of two envelopes of one line, as the reference has it: verdict, group, expected, low.
  func leads(_ other: PairScore) -> Bool {
    if rank != other.rank { return rank > other.rank }
    if group != other.group { return group < other.group }
    return (expected, low) > (other.expected, other.low)
  }
}
