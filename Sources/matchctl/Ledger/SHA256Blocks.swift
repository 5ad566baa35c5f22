import CSHA256

/// What SHA-256 keeps between pieces (FIPS 180-4): eight words and the bytes that are no whole block yet.
struct SHA256Blocks {
  /// Whether the processor has the instructions.
  static let isThere = csha256_is_there() != 0

  private static let block = 64

  private var words: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    count += UInt64(bytes.count)
    var place = 0
    if !rest.isEmpty {
      place = min(bytes.count, SHA256Blocks.block - rest.count)
      rest.append(contentsOf: bytes[..<place])
      guard rest.count == SHA256Blocks.block else { return }
      let full = rest
      full.withUnsafeBytes { take($0) }
      rest.removeAll(keepingCapacity: true)
    }
    let whole = (bytes.count - place) / SHA256Blocks.block * SHA256Blocks.block
    take(UnsafeRawBufferPointer(rebasing: bytes[place..<place + whole]))
    rest.append(contentsOf: bytes[(place + whole)...])
  }

  /// The 32 bytes of the digest.
  mutating func finish() -> [UInt8] {
    let bits = count &* 8
    let used = (rest.count + 9) % SHA256Blocks.block
    let zeros = used == 0 ? 0 : SHA256Blocks.block - used
    let end =
      [0x80] + [UInt8](repeating: 0, count: zeros)
      + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
    end.withUnsafeBytes { add($0) }
    return words.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) }
    }
  }

  /// - Precondition: The bytes are whole blocks.
  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count > 0, let start = bytes.baseAddress else { return }
    csha256_blocks(
      &words, start.assumingMemoryBound(to: UInt8.self), bytes.count / SHA256Blocks.block)
  }
}
