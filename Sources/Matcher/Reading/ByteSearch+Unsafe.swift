/// Finds single bytes, eight at a look.
enum ByteSearch {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The first place of either of two bytes at `start` or behind it; the count of the bytes when
  /// there is none.
  static func first(
    _ one: UInt8, or other: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int {
    guard let base = bytes.baseAddress else { return bytes.count }
    let raw = UnsafeRawPointer(base)
    let (ones, others) = (UInt64(one) &* ones, UInt64(other) &* ones)
    var place = start
    while place + 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      if holdsZero(word ^ ones) || holdsZero(word ^ others) { break }
      place += 8
    }
    while place < bytes.count, base[place] != one, base[place] != other { place += 1 }
    return place
  }

  /// - Note: Mycroft's test: a byte borrows only where it or a lower one is 0.
  @inline(__always)
  private static func holdsZero(_ word: UInt64) -> Bool {
    (word &- ones) & ~word & highs != 0
  }
}
