import Matcher

/// What a criterion makes of a grade: its weight, and the bits of its causes.
struct Weighing: Sendable, Equatable {
  let weight: Int64
  /// Bits of `Cell.causes`, one each or none.
  let failure: UInt64
  let pending: UInt64
  let pendingOther: UInt64
  /// Bit of `Cell.bits`.
  let own: UInt64
  /// Strong, and it weighs.
  let isStrong: Bool
  let isLot: Bool

  /// A grade as it adds up.
  @inline(__always)
  func cell(_ grade: Grade) -> Cell {
    var cell = Cell.nothing
    let isKnown = grade.marks.contains(.known)
    cell.sums = SIMD4(
      weight &* Int64(grade.low), weight &* Int64(grade.expected), weight &* Int64(grade.high),
      isKnown ? weight : 0)
    cell.least[3] = grade.changes
    if isStrong {
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

  @inline(__always)
  func causes(_ marks: Grade.Marks) -> UInt64 {
    var causes: UInt64 = 0
    if marks.contains(.final) { causes |= Cell.final }
    if marks.contains(.finite) { causes |= failure }
    if marks.contains(.beyondOne) { causes |= Cell.beyondOne }
    if marks.contains(.beyondTwo) { causes |= Cell.beyondTwo }
    if marks.contains(.pending) { causes |= pending }
    if marks.contains(.pendingOther) { causes |= pendingOther }
    if marks.contains(.declines) { causes |= Cell.declines }
    return causes
  }

  /// The same in 12 bytes: bits by their places, 64 for none.
  struct Packed: BitwiseCopyable {
    private let weight: Int32
    private let failure: UInt8
    private let pending: UInt8
    private let pendingOther: UInt8
    private let own: UInt8
    private let flags: UInt8

    /// Stands where there is none.
    static let none = Packed()

    private init() {
      (weight, failure, pending, pendingOther, own, flags) = (0, 64, 64, 64, 64, 0)
    }

    /// nil for a weight or causes that have no room.
    init?(_ weighing: Weighing) {
      guard let weight = Int32(exactly: weighing.weight),
        [weighing.failure, weighing.pending, weighing.pendingOther, weighing.own]
          .allSatisfy({ $0.nonzeroBitCount < 2 })
      else { return nil }
      self.weight = weight
      failure = UInt8(weighing.failure.trailingZeroBitCount)
      pending = UInt8(weighing.pending.trailingZeroBitCount)
      pendingOther = UInt8(weighing.pendingOther.trailingZeroBitCount)
      own = UInt8(weighing.own.trailingZeroBitCount)
      flags = (weighing.isStrong ? 1 : 0) | (weighing.isLot ? 2 : 0)
    }

    /// A shift by 64 gives nothing, as `<<` has it.
    @inline(__always)
    var whole: Weighing {
      Weighing(
        weight: Int64(weight), failure: 1 << UInt64(failure), pending: 1 << UInt64(pending),
        pendingOther: 1 << UInt64(pendingOther), own: 1 << UInt64(own), isStrong: flags & 1 != 0,
        isLot: flags & 2 != 0)
    }
  }
}
