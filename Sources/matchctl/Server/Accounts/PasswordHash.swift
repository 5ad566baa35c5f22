import CSodium

/// Passwords by Argon2id (libsodium), with its own salt and limits inside the text.
enum PasswordHash {
  /// A hash takes 64 MiB and about a tenth of a second of one core, on purpose.
  ///
  /// - Returns: nil where the memory for it is not there.
  static func make(_ password: String) -> String? {
    var out = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
    let bytes = Array(password.utf8CString.dropLast())
    let made = crypto_pwhash_str(
      &out, bytes, UInt64(bytes.count), UInt64(crypto_pwhash_OPSLIMIT_INTERACTIVE),
      Int(crypto_pwhash_MEMLIMIT_INTERACTIVE))
    guard made == 0 else { return nil }
    return String(decoding: out.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  static func verify(_ password: String, _ hash: String) -> Bool {
    guard hash.utf8.count < Int(crypto_pwhash_STRBYTES) else { return false }
    let bytes = Array(password.utf8CString.dropLast())
    return crypto_pwhash_str_verify(hash, bytes, UInt64(bytes.count)) == 0
  }
}
