import Ledger

/// The `Idempotency-Key` that a request came with. The first transaction that the request writes keeps the key
/// too: whatever happens then, the write is not done again.
final class KeyClaim: Sendable {
  /// The status of a key whose write is done and whose answer is not kept yet.
  static let unanswered = 0

  @TaskLocal static var current: KeyClaim?

  private let answer: KeptAnswer

  /// - Parameter digest: what makes two requests the same one.
  init(account: String, key: String, digest: String) {
    answer = KeptAnswer(
      account: account, key: key, request: digest, status: KeyClaim.unanswered, body: "")
  }

  func keep(_ writer: LedgerWriter) throws {
    try writer.keep(answer)
  }
}

extension Ledger {
  /// One transaction, with the key of the present request in it.
  func writeOnce<T>(by who: String, _ body: (LedgerWriter) throws -> T) throws -> T {
    try write(by: who) { writer in
      let out = try body(writer)
      try KeyClaim.current?.keep(writer)
      return out
    }
  }
}
