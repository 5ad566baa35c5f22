import Foundation
import Hummingbird
import Ledger
import Matcher
import Synchronization

/// Writes under an `Idempotency-Key`: done once, answered as often as they are asked for a day.
final class Replays: Sendable {
  private let services: Services
  private let running = Mutex<Set<String>>([])

  init(_ services: Services) {
    self.services = services
  }

  /// What makes two requests the same one.
  static func digest(_ call: Call, _ address: String) -> String {
    let head = "\(call.operation.method) \(address)\n"
    return SHA256.hex(Array(head.utf8) + call.bytes)
  }

  /// Does the work, or gives its answer again.
  ///
  /// The key is kept in the transaction that the work writes first (`KeyClaim`), its answer behind it.
  ///
  /// - Throws: `APIError` `conflict` where the key was used for another request, that request is still being worked
  ///   on, or was done and its answer was lost.
  func once(
    _ account: String, _ key: String, _ digest: String,
    _ work: () async throws -> Reply.Content
  ) async throws -> Reply.Content {
    let name = "\(account) \(key)"
    guard running.withLock({ $0.insert(name).inserted }) else {
      throw APIError(
        .conflict, "the request with this Idempotency-Key is still being worked on",
        hint: "wait and send it again")
    }
    defer { running.withLock { _ = $0.remove(name) } }
    if let kept = try await services.read({ try $0.answer(account, key) }) {
      return try Replays.content(kept, digest)
    }
    let claim = KeyClaim(account: account, key: key, digest: digest)
    let content = try await KeyClaim.$current.withValue(claim) { try await work() }
    var body = ""
    if case .json(let value) = content { body = JSONWriter.line(value) }
    let answer = KeptAnswer(
      account: account, key: key, request: digest, status: 200, body: body)
    try await services.write(by: account) { try $0.keep(answer) }
    return content
  }

  private static func content(_ kept: KeptAnswer, _ digest: String) throws -> Reply.Content {
    guard kept.request == digest else {
      throw APIError(
        .conflict, "this Idempotency-Key was used for another request",
        hint: "take a new key for a new request")
    }
    guard kept.status != KeyClaim.unanswered else {
      throw APIError(
        .conflict, "what was asked under this Idempotency-Key is done, but its answer was lost",
        hint: "read what it concerned; do not send it again")
    }
    return JSONText.value(kept.body).map { .json($0) } ?? .none
  }
}
