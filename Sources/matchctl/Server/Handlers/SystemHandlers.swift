import Foundation
import Matcher

/// What the server itself is.
enum SystemHandlers {
  static let version = "0.1.0"

  static let all: [String: Handler] = [
    "openapi": { _, services in .json(services.document.json) },
    "status": status, "policy": policy,
  ]

  private static func status(_ call: Call, _ services: Services) async throws -> Reply {
    let standing = call.standing
    let lines = standing.lines.engine.count
    return .json(
      JSONObject([
        ("version", .string(version)), ("generation", .integer(Int(standing.generation))),
        ("seq", .integer(Int(try await services.read { try $0.lastSeq() }))),
        ("as_of", .string("\(standing.asOf)")), ("lines", .integer(lines)),
        ("platforms", .integer(standing.lines.platforms.count)),
        ("demands", .integer(standing.standingDemands)),
        ("policy", .string(standing.corpus.policy.version)), ("ledger", .string("ok")),
        ("rebuilding", .bool(services.standings.isRenewing)),
      ]))
  }

  /// The policy's file as it is.
  private static func policy(_ call: Call, _ services: Services) throws -> Reply {
    let path = services.settings.corpusFolder + "/policy/policy.json"
    guard let data = FileManager.default.contents(atPath: path),
      let policy = try? JSONParser.parse([UInt8](data))
    else {
      throw APIError(
        .unavailable, "the policy's file cannot be read", hint: "tell the administrator")
    }
    return .json(
      JSONObject([
        ("version", .string(call.standing.corpus.policy.version)), ("policy", policy),
      ]))
  }
}
