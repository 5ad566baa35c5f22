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
  /// Days since 1 January 1970: the first day on which it can become another by itself, but for
  /// degrees that fall while `declines`; `Int32.max` if none is known. A conflict stays one until
  /// then.
  public var changes: Int32
  /// The text's degree in millionths; −1 for none, or where it was not wanted.
  var text: Int32
  /// 1…6 as in `Judgment`.
  public var group: UInt8
  var rank: UInt8
  public var questions: UInt8
  /// Bit 0: outside mainland China, Hong Kong and Macao. Bit 1: `declines`. Bit 2: `isBareLead`.
  private var marks: UInt8

  var isOutside: Bool { marks & 1 != 0 }

  /// A date is missed by more days each day.
  public var declines: Bool {
    get { marks & 2 != 0 }
    set { marks = newValue ? marks | 2 : marks & ~2 }
  }

  /// As `Evaluation.isBareLead`; told only of what is listed with the leads folded.
  var isBareLead: Bool {
    get { marks & 4 != 0 }
    set { marks = newValue ? marks | 4 : marks & ~4 }
  }

  @inline(__always)
  init(
    low: Int64, expected: Int64, high: Int64, known: Int64, weight: Int64, failing: UInt64,
    line: UInt32, changes: Int32, text: Int32, group: UInt8, rank: UInt8, questions: UInt8,
    isOutside: Bool, declines: Bool
  ) {
    self.low = low
    self.expected = expected
    self.high = high
    self.known = known
    self.weight = weight
    self.failing = failing
    self.line = line
    self.changes = changes
    self.text = text
    self.group = group
    self.rank = rank
    self.questions = questions
    marks = (isOutside ? 1 : 0) | (declines ? 2 : 0)
  }

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

  /// Whether its expected score is the better one, whatever its group; ties by the line's id.
  func isBetter(than other: PairScore) -> Bool {
    PairScore.order(expected, weight, other.expected, other.weight) ?? (line < other.line)
  }

  /// Better of two envelopes of one line, as the reference has it: verdict, group, expected, low.
  func leads(_ other: PairScore) -> Bool {
    if rank != other.rank { return rank > other.rank }
    if group != other.group { return group < other.group }
    return (expected, low) > (other.expected, other.low)
  }
}

extension PairScore {
  /// A pair that the reference evaluator decided.
  init(_ evaluation: Evaluation, line: UInt32) {
    self.init(
      low: evaluation.score.low, expected: evaluation.score.expected, high: evaluation.score.high,
      known: evaluation.coverage.known, weight: evaluation.score.weight, failing: 0, line: line,
      changes: Day.none, text: -1, group: UInt8(evaluation.judgment.group),
      rank: UInt8(PairScore.verdicts.firstIndex(of: evaluation.verdict) ?? 0),
      questions: UInt8(evaluation.questions.count), isOutside: evaluation.line.isInside == false,
      declines: false)
  }
}

extension PairScore {
  /// The words of a stored pair.
  static let words = 8

  /// Appends its words.
  func store(into words: inout [UInt64]) {
    let tail =
      UInt64(UInt32(bitPattern: text)) | UInt64(group) << 32 | UInt64(rank) << 40
      | UInt64(questions) << 48 | UInt64(marks) << 56
    words.append(UInt64(bitPattern: low))
    words.append(UInt64(bitPattern: expected))
    words.append(UInt64(bitPattern: high))
    words.append(UInt64(bitPattern: known))
    words.append(UInt64(bitPattern: weight))
    words.append(failing)
    words.append(UInt64(line) | UInt64(UInt32(bitPattern: changes)) << 32)
    words.append(tail)
  }

  init(stored words: Slice<UnsafeBufferPointer<UInt64>>) {
    let (from, tail) = (words.startIndex, words[words.startIndex + 7])
    low = Int64(bitPattern: words[from])
    expected = Int64(bitPattern: words[from + 1])
    high = Int64(bitPattern: words[from + 2])
    known = Int64(bitPattern: words[from + 3])
    weight = Int64(bitPattern: words[from + 4])
    failing = words[from + 5]
    line = UInt32(truncatingIfNeeded: words[from + 6])
    changes = Int32(truncatingIfNeeded: words[from + 6] >> 32)
    text = Int32(truncatingIfNeeded: tail)
    group = UInt8(truncatingIfNeeded: tail >> 32)
    rank = min(3, UInt8(truncatingIfNeeded: tail >> 40))
    questions = UInt8(truncatingIfNeeded: tail >> 48)
    marks = UInt8(truncatingIfNeeded: tail >> 56)
  }
}
