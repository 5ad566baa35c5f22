import HTTPTypes
import Ledger
import Matcher

/// The one shape of errors: `{"error":{"code","message","hint"}}`. Nobody else maps to a status.
struct APIError: Error, Sendable {
  enum Code: String, Sendable {
    case invalid, unauthorized, forbidden, csrf, conflict, unusable, unavailable, stopping
    case notFound = "not_found"
    case notAllowed = "method_not_allowed"
    case tooLarge = "too_large"
    case mediaType = "media_type"
    case tooMany = "too_many"
    case timeout, overdue
    case `internal`
  }

  let code: Code
  let message: String
  let hint: String
  var retryAfter: Int?
  /// The methods that there are, for `notAllowed`.
  var allow: [String] = []

  init(_ code: Code, _ message: String, hint: String) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  var status: HTTPResponse.Status {
    switch code {
    case .invalid: .badRequest
    case .unauthorized: .unauthorized
    case .forbidden, .csrf: .forbidden
    case .notFound: .notFound
    case .notAllowed: .methodNotAllowed
    case .conflict: .conflict
    case .tooLarge: .contentTooLarge
    case .mediaType: .unsupportedMediaType
    case .unusable: .unprocessableContent
    case .tooMany: .tooManyRequests
    case .timeout: .requestTimeout
    case .overdue: .gatewayTimeout
    case .unavailable, .stopping: .serviceUnavailable
    case .internal: .internalServerError
    }
  }

  var json: JSONValue {
    .object(
      JSONObject([
        (
          "error",
          .object(
            JSONObject([
              ("code", .string(code.rawValue)), ("message", .string(message)),
              ("hint", .string(hint)),
            ]))
        )
      ]))
  }

  /// Unknown and foreign alike.
  static let notFound = APIError(
    .notFound, "there is no such thing, or it is not yours", hint: "check the id and your account")

  static let unauthorized = APIError(
    .unauthorized, "not signed in, or the session or token has ended",
    hint: "sign in with POST /api/v1/session, or send Authorization: Bearer TOKEN")

  static let internalError = APIError(
    .internal, "something went wrong that should not",
    hint: "tell the administrator the X-Request-Id")

  static func overdue(_ seconds: Int) -> APIError {
    APIError(
      .overdue, "the answer was not ready within \(seconds) s, and the work was left",
      hint: "ask for less at once; repeat a write only under its Idempotency-Key")
  }

  static func forbidden(_ action: Action) -> APIError {
    APIError(
      .forbidden, "your role or token may not do '\(action.rawValue)'",
      hint: "ask an administrator; GET /api/v1/session lists what you may do")
  }

  static func invalid(_ message: String, hint: String = "see /api/v1/openapi.json") -> APIError {
    APIError(.invalid, message, hint: hint)
  }

  static func tooMany(_ seconds: Int) -> APIError {
    var error = APIError(
      .tooMany, "too many requests or wrong passwords", hint: "wait \(seconds) s and do it again")
    error.retryAfter = seconds
    return error
  }

  init(_ problem: SchemaCheck.Problem) {
    self = .invalid(
      "\(problem.path.isEmpty ? "body" : problem.path): got \(problem.got), "
        + "expected \(problem.expected)")
  }

  init(_ error: LedgerError) {
    switch error.code {
    case .conflict: self.init(.conflict, error.description, hint: "read it again and decide anew")
    default:
      self.init(.unavailable, "the ledger cannot be used now", hint: "tell the administrator")
      retryAfter = 10
    }
  }

  init(_ error: AccountError) {
    switch error.kind {
    case .invalid: self = .invalid(error.description)
    case .taken: self.init(.conflict, error.description, hint: "choose another name")
    case .unknown: self = .notFound
    case .unavailable:
      self.init(.unavailable, error.description, hint: "do it again later")
      retryAfter = 10
    }
  }
}
