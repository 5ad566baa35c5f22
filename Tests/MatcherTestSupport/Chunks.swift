import Matcher

/// Bytes in chunks, as a reader gets them.
public enum Chunks {
  /// A source that gives the bytes in pieces of the sizes in turn; the last size repeats.
  public static func source(_ bytes: [UInt8], sizes: [Int] = [Int.max]) -> ByteSource {
    var rest = bytes[...]
    var turn = 0
    return {
      guard !rest.isEmpty else { return nil }
      let size = min(max(1, sizes[min(turn, sizes.count - 1)]), rest.count)
      turn += 1
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    }
  }
}

/// A small generator of repeatable numbers (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
