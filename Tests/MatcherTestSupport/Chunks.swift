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
