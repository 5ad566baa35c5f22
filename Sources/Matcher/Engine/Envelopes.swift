/// The rows of one line as one pair: bounds and days are the best and the first of all envelopes,
/// the rest is the leader's.
struct Envelopes {
  private(set) var score: PairScore
  /// The first day that a row itself names.
  private var day: Int32
  /// Of the rows of the leader's verdict and group: the best and the second expected sum (−1 for
  /// none), the most that is known, the fewest questions.
  private var first: Int64
  private var second: Int64 = -1
  private var known: Int64
  private var questions: UInt8
  private let asOf: Int32

  @inline(__always)
  init(_ row: PairScore, asOf: Int32) {
    score = row
    day = row.changes
    first = row.expected
    known = row.known
    questions = row.questions
    self.asOf = asOf
  }

  /// While an envelope's degree falls another may take the lead any day.
  mutating func add(_ row: PairScore) {
    if row.rank == score.rank, row.group == score.group {
      second = max(second, min(first, row.expected))
      first = max(first, row.expected)
      known = max(known, row.known)
      questions = min(questions, row.questions)
    } else if row.leads(score) {
      (first, second, known, questions) = (row.expected, -1, row.known, row.questions)
    }
    day = min(day, row.changes)
    var lead = row.leads(score) ? row : score
    lead.low = max(score.low, row.low)
    lead.expected = max(score.expected, row.expected)
    lead.high = max(score.high, row.high)
    lead.changes = min(score.changes, row.changes)
    lead.declines = score.declines || row.declines
    if lead.declines { lead.changes = min(lead.changes, asOf + 1) }
    score = lead
  }

  /// Another leader may bring more that is known, or fewer questions.
  @inline(__always)
  var mayRise: Bool {
    score.declines && score.rank > 0 && second >= 0
      && (known > score.known || questions < score.questions)
  }

  /// What is remembered of the pair: its verdict, and the first day on which that can be another or
  /// the pair can stand better than today.
  ///
  /// Another leader cannot come without a loss of the expected score, which stands before what it
  /// brings in the order, unless it is as good today already, or the expected score is an envelope's
  /// of a lesser verdict.
  @inline(__always)
  var code: UInt16 {
    let rises = mayRise && (second == first || first < score.expected)
    return PairCode.of(rank: score.rank, changes: rises ? min(day, asOf + 1) : day)
  }
}
