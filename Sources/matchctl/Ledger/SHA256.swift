import CSodium

/// SHA-256 as 64 lower-case hexadecimal digits.
package enum SHA256 {
  package static func hex(_ bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    _ = crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
    return hexadecimal(digest)
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
  private var state = crypto_hash_sha256_state()

  package init() {
    _ = crypto_hash_sha256_init(&state)
  }

  package mutating func add(_ bytes: [UInt8]) {
    _ = crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
  }

  /// The digest of all that was added; nothing is added after this.
  package mutating func finish() -> String {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    _ = crypto_hash_sha256_final(&state, &digest)
    return SHA256.hexadecimal(digest)
  }
}
