import CSodium
import Ledger

/// Random secrets and comparison that does not tell where two differ.
enum SecretText {
  private static let digits = Array("0123456789abcdef".utf8)

  /// 64 hexadecimal digits nobody can guess.
  static func random() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    randombytes_buf(&bytes, bytes.count)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// What is kept of a secret. It is random, so a fast hash is enough.
  static func hash(_ secret: String) -> String {
    SHA256.hex(secret)
  }

  static func equal(_ left: String, _ right: String) -> Bool {
    let (one, two) = (Array(left.utf8), Array(right.utf8))
    return one.count == two.count && sodium_memcmp(one, two, one.count) == 0
  }
}
