import CCrypto

/// SHA-256 as 64 lower-case hexadecimal digits.
///
/// OpenSSL's, which asks the processor for its own instructions for it where there are any: four times
/// as fast as without, and a night reads and writes some hundred megabytes.
package enum SHA256 {
  package static func hex(_ bytes: [UInt8]) -> String {
    var stream = SHA256Stream()
    stream.add(bytes)
    return stream.finish()
  }

  package static func hex(_ text: String) -> String {
    hex(Array(text.utf8))
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// A digest of bytes that come piece by piece.
package struct SHA256Stream {
  private var state = SHA256_CTX()

  package init() {
    _ = SHA256_Init(&state)
  }

  package mutating func add(_ bytes: [UInt8]) {
    _ = SHA256_Update(&state, bytes, bytes.count)
  }

  /// The digest of all that was added; nothing is added after this.
  package mutating func finish() -> String {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    _ = SHA256_Final(&digest, &state)
    return SHA256.hexadecimal(digest)
  }
}
