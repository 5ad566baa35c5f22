import CSHA256
import CSodium

/// SHA-256 as 64 lower-case hexadecimal digits.
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

/// A digest of bytes that come piece by piece: by the processor's own instructions where it has them
/// (about four times as fast), else by libsodium. Both give the same.
package struct SHA256Stream {
  private enum Way {
    case processor(SHA256Blocks)
    case library(crypto_hash_sha256_state)
  }

  private var way: Way

  package init() {
    self.init(byProcessor: SHA256Blocks.isThere)
  }

  /// - Precondition: The processor has the instructions, where it is to use them.
  init(byProcessor: Bool) {
    guard !byProcessor else {
      way = .processor(SHA256Blocks())
      return
    }
    var state = crypto_hash_sha256_state()
    _ = crypto_hash_sha256_init(&state)
    way = .library(state)
  }

  package mutating func add(_ bytes: [UInt8]) {
    switch way {
    case .processor(var blocks):
      bytes.withUnsafeBytes { blocks.add($0) }
      way = .processor(blocks)
    case .library(var state):
      _ = crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
      way = .library(state)
    }
  }

  /// The digest of all that was added; nothing is added after this.
  package mutating func finish() -> String {
    switch way {
    case .processor(var blocks): return SHA256.hexadecimal(blocks.finish())
    case .library(var state):
      var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
      _ = crypto_hash_sha256_final(&state, &digest)
      return SHA256.hexadecimal(digest)
    }
  }
}
