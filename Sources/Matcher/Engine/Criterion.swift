import Matcher

/// One criterion of a stage with its weight and the bits of its causes.
struct Criterion {
  enum Grader {
    case spec(SpecGrader)
    case certificate(CertificateGrader)
    case window(WindowGrader)
    case price(PriceGrader)
    case place(PlaceGrader)
    case lot(LotGrader)
  }

  let grader: Grader
  /// Whose facets it compares.
  let family: UInt32
  let strictness: Strictness
  let weight: Int64
  /// Bits of `Cell.causes`.
  let failure: UInt64
  let pending: UInt64
  let pendingOther: UInt64
  /// Bit of `Cell.bits`.
  let own: UInt64
  /// Whether a person has not confirmed the words it was read from.
  let isRead: Bool

  var isLot: Bool {
    if case .lot = grader { true } else { false }
  }

  var isSpec: Bool {
    if case .spec = grader { true } else { false }
  }

  /// A grade as it adds up.
  @inline(__always)
  func cell(_ grade: Grade) -> Cell {
    var cell = Cell.nothing
    let isKnown = grade.marks.contains(.known)
    cell.sums = SIMD4(
      weight &* Int64(grade.low), weight &* Int64(grade.expected), weight &* Int64(grade.high),
      isKnown ? weight : 0)
    cell.least[3] = grade.holds
    if strictness == .strong, weight > 0 {
      cell.least[0] = min(1_000_000, 600_000 + 2 * grade.low)
      cell.least[1] = min(1_000_000, 600_000 + 2 * grade.expected)
      cell.least[2] = min(1_000_000, 600_000 + 2 * grade.high)
      if !isKnown, !isLot, grade.marks.isDisjoint(with: [.pending, .pendingOther]) {
        cell.bits = Cell.oneStrong
      }
    }
    cell.causes = causes(grade.marks)
    if grade.isFailure { cell.bits |= own }
    return cell
  }

  func causes(_ marks: Grade.Marks) -> UInt64 {
    var causes: UInt64 = 0
    if marks.contains(.final) { causes |= Cell.final }
    if marks.contains(.finite) { causes |= failure }
    if marks.contains(.beyondOne) { causes |= Cell.beyondOne }
    if marks.contains(.beyondTwo) { causes |= Cell.beyondTwo }
    if marks.contains(.pending) { causes |= pending }
    if marks.contains(.pendingOther) { causes |= pendingOther }
    return causes
  }
}

/// Gives each cause of a stage a bit of its own.
struct CauseBits {
  private var failures: [String: UInt64] = [:]
  private var waiting: [String: UInt64] = [:]
  private(set) var isFull = false

  static let most = 30

  mutating func failure(_ cause: String) -> UInt64 {
    if let known = failures[cause] { return known }
    guard failures.count < CauseBits.most else {
      isFull = true
      return 0
    }
    let bit: UInt64 = 1 << UInt64(failures.count)
    failures[cause] = bit
    return bit
  }

  mutating func pending(_ cause: String) -> UInt64 {
    if let known = waiting[cause] { return known }
    guard waiting.count < CauseBits.most else {
      isFull = true
      return 0
    }
    let bit: UInt64 = 1 << UInt64(30 + waiting.count)
    waiting[cause] = bit
    return bit
  }
}
