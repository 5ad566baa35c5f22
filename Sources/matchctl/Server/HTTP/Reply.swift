import HTTPTypes
import Matcher

/// What a handler gives back.
struct Reply: Sendable {
  enum Content: Sendable {
    case none
    case json(JSONValue)
    case file([UInt8], type: String, name: String)
    /// Work that says how far it is.
    case work(@Sendable (Progress) async throws -> JSONValue)

    /// What of it is JSON; null for the rest.
    var json: JSONValue { if case .json(let value) = self { value } else { .null } }
  }

  var content: Content
  var headers: [(name: HTTPField.Name, value: String)] = []

  static let none = Reply(content: .none)

  static func json(_ value: JSONValue) -> Reply {
    Reply(content: .json(value))
  }

  static func json(_ object: JSONObject) -> Reply {
    Reply(content: .json(.object(object)))
  }

  static func file(_ bytes: [UInt8], type: String, name: String) -> Reply {
    Reply(content: .file(bytes, type: type, name: name))
  }

  static func work(_ work: @escaping @Sendable (Progress) async throws -> JSONValue) -> Reply {
    Reply(content: .work(work))
  }
}

/// Where long work says how far it is; steps that nobody reads are dropped.
struct Progress: Sendable {
  let report: @Sendable (_ phase: String, _ done: Int, _ of: Int) -> Void

  static let unheard = Progress { _, _, _ in }
}
