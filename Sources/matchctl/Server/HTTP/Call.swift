import Ledger
import Matcher

/// A request that was let through: signed in, allowed, and as the document says.
struct Call: Sendable {
  let operation: Operation
  let caller: Principal?
  let address: String
  let path: [String: String]
  let query: [String: JSONValue]
  let body: JSONValue
  /// A body that is not JSON.
  let bytes: [UInt8]
  let language: Language
  let wantsEvents: Bool
  /// The data that the whole answer comes from, taken once.
  let standing: Standing
  let now: Instant

  /// Who asks; operations for everybody have none.
  var principal: Principal {
    get throws(APIError) {
      guard let caller else { throw .unauthorized }
      return caller
    }
  }

  /// How far the caller reaches with this operation.
  var reach: Reach { caller?.reach(operation.action) ?? .none }

  var id: String { path["id"] ?? "" }

  /// A member of the body's object.
  subscript(name: String) -> JSONValue? { body.object?[name] }

  func text(_ name: String) -> String? { body.object?[name]?.string }

  func day(_ name: String) -> CivilDate? {
    body.object?[name]?.string.flatMap { CivilDate(iso: $0) }
  }

  func texts(_ name: String) -> [String] {
    body.object?[name]?.array?.compactMap(\.string) ?? []
  }

  func word(_ name: String) -> String? { query[name]?.string }

  func flag(_ name: String) -> Bool? { query[name]?.bool }

  func integer(_ name: String) -> Int? { query[name]?.number.flatMap { Int(exactly: $0) } }
}
