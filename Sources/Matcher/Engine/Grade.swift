import Matcher

/// What one criterion gives for one value of a line, before weights: an `Outcome` reduced to what
/// verdict, score, order and the next change rest on. 24 bytes, no references.
struct Grade: Sendable, Equatable {
  /// Degrees in millionths.
  var low: Int32
  var expected: Int32
  var high: Int32
  /// The first day on which it can change by itself; `Day.never` if none is known.
  var holds = Day.never
  var marks: Marks

  struct Marks: OptionSet, Sendable, Equatable {
    let rawValue: UInt32

    /// Known for certain: counts for coverage.
    static let known = Marks(rawValue: 1)
    /// A final failure.
    static let final = Marks(rawValue: 2)
    /// A finite failure.
    static let finite = Marks(rawValue: 4)
    /// The failure's gap is beyond the limit for one, for two failures.
    static let beyondOne = Marks(rawValue: 8)
    static let beyondTwo = Marks(rawValue: 16)
    /// Waits for an answer, under the criterion's own cause or its other one.
    static let pending = Marks(rawValue: 32)
    static let pendingOther = Marks(rawValue: 64)
  }

  init(_ degree: Int64, _ marks: Marks) {
    low = Int32(truncatingIfNeeded: degree)
    expected = low
    high = low
    self.marks = marks
  }

  /// An unknown with its prior.
  init(prior: Int64, _ marks: Marks = []) {
    low = 0
    expected = Int32(truncatingIfNeeded: prior)
    high = 1_000_000
    self.marks = marks
  }

  static let satisfied = Grade(1_000_000, .known)
  /// Nothing that weighs and nothing that decides.
  static let silent = Grade(0, [])

  mutating func hold(until day: Int32) {
    if day != Day.none, day < holds { holds = day }
  }

  var isFailure: Bool {
    !marks.isDisjoint(with: [.final, .finite])
  }

  /// Whether it stands before another alternative: no failure, then nothing pending, then the
  /// degrees. As `SpecCriterion` has it.
  func isBetter(than other: Grade) -> Bool {
    let (own, rank) = (self.rank, other.rank)
    if own != rank { return own > rank }
    if expected != other.expected { return expected > other.expected }
    return low > other.low
  }

  private var rank: Int {
    if marks.contains(.final) { return 0 }
    if marks.contains(.finite) { return 1 }
    return marks.isDisjoint(with: [.pending, .pendingOther]) ? 3 : 2
  }

  /// The better of two alternatives; each bound is the best of both, and it holds while both hold.
  func better(_ other: Grade) -> Grade {
    var best = isBetter(than: other) ? self : other
    best.low = max(low, other.low)
    best.expected = max(expected, other.expected)
    best.high = max(high, other.high)
    best.holds = min(holds, other.holds)
    return best
  }
}

/// Days as 32-bit numbers since 1 January 1970.
enum Day {
  /// No day is stated.
  static let none = Int32.min
  /// Later than any.
  static let never = Int32.max

  static func of(_ date: CivilDate?) -> Int32 {
    date.map { Int32(clamping: $0.dayNumber) } ?? none
  }
}

/// A grade with the weight and the causes of its criterion: 64 bytes that add up over the criteria
/// of a pair.
struct Cell: Sendable {
  /// Weight × low, expected and high degree; the weight if it is known.
  var sums: SIMD4<Int64>
  /// The least of 600,000 + 2 × each degree over strong criteria; the first day of change.
  var least: SIMD4<Int32>
  /// Bits 0…29: causes of finite failures. Bits 30…59: causes that wait for an answer. Then the
  /// three marks below.
  var causes: UInt64
  /// Bits 0…57: criteria that fail. From bit 58: how many strong criteria are unknown. A criterion
  /// adds its own bits once.
  var bits: UInt64

  static let final: UInt64 = 1 << 60
  static let beyondOne: UInt64 = 1 << 61
  static let beyondTwo: UInt64 = 1 << 62
  static let failures: UInt64 = 1 << 30 - 1
  static let pendings: UInt64 = (1 << 30 - 1) << 30
  static let criteria: UInt64 = 1 << 58 - 1
  static let oneStrong: UInt64 = 1 << 58

  static let nothing = Cell(
    sums: .zero, least: SIMD4(1_000_000, 1_000_000, 1_000_000, Day.never), causes: 0, bits: 0)

  @inline(__always)
  mutating func add(_ other: Cell) {
    sums &+= other.sums
    least.replace(with: other.least, where: other.least .< least)
    causes |= other.causes
    bits &+= other.bits
  }
}
