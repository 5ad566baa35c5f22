/// A 64-bit checksum of bytes that keeps up with memory: tells damage, not forgery.
///
/// Four lanes take eight bytes each a step: `lane = (lane xor word) · odd constant`, rotated; the
/// lanes, the length and the rest are mixed at the end. Any changed bit changes the lane it stands
/// in, since each step is a bijection of the lane. Bytes count from the first; words are little
/// endian.
public enum Checksum {
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// O(*n*); no allocation.
  public static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    var place = 0
    if let base = bytes.baseAddress {
      while place + 32 <= bytes.count {
        lanes.0 = step(lanes.0, word(base, place))
        lanes.1 = step(lanes.1, word(base, place + 8))
        lanes.2 = step(lanes.2, word(base, place + 16))
        lanes.3 = step(lanes.3, word(base, place + 24))
        place += 32
      }
    }
    var hash = UInt64(bytes.count)
    for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { hash = step(hash, lane) }
    while place < bytes.count {
      hash = step(hash, UInt64(bytes[place]))
      place += 1
    }
    return hash ^ hash >> 32
  }

  @inline(__always)
  private static func word(_ base: UnsafeRawPointer, _ place: Int) -> UInt64 {
    UInt64(littleEndian: base.loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  @inline(__always)
  private static func step(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let product = (lane ^ word) &* multiplier
    return product << 29 | product >> 35
  }
}
