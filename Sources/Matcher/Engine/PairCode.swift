/// What a run remembers of a pair that is not among the best: its verdict and the day on which it
/// can be another, in 16 bits.
///
/// The lower two bits are the verdict (conflict … full), the others the day: days since 1 January
/// 2020, 0…16,382, or 16,383 for never. A day that does not fit is held to the ends, where the pair
/// is due sooner than it must.
enum PairCode {
  private static let epoch: Int32 = 18_262
  private static let last: Int32 = 16_382

  /// A conflict that stays one: also what is left of a line that is gone.
  static let settled: UInt16 = 16_383 << 2

  @inline(__always)
  static func of(rank: UInt8, changes: Int32) -> UInt16 {
    guard changes != Day.never else { return settled | UInt16(rank) }
    let day = min(last, max(0, changes &- epoch))
    return UInt16(truncatingIfNeeded: day) << 2 | UInt16(rank)
  }

  @inline(__always)
  static func of(_ score: PairScore) -> UInt16 {
    of(rank: score.rank, changes: score.changes)
  }

  @inline(__always)
  static func rank(_ code: UInt16) -> Int { Int(code & 3) }

  /// Codes below it are due on a day.
  static func due(on day: Int32) -> UInt16 {
    UInt16(min(last + 1, max(0, day &- epoch &+ 1))) << 2
  }

  /// The next place at or after `from` whose code is below `limit`; the count if there is none.
  static func next(
    below limit: UInt16, in codes: UnsafeBufferPointer<UInt16>, from: Int
  ) -> Int {
    guard let base = codes.baseAddress else { return codes.count }
    var place = from
    let bound = SIMD32<UInt16>(repeating: limit)
    while place + 32 <= codes.count {
      let run = UnsafeRawPointer(base + place).loadUnaligned(as: SIMD32<UInt16>.self)
      if any(run .< bound) { break }
      place += 32
    }
    while place < codes.count, base[place] >= limit { place += 1 }
    return place
  }
}
