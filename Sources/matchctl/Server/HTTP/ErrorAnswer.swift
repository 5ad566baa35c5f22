import Hummingbird
import Ledger
import Logging
import Matcher
import RecordFiles
import TableFiles

/// Any error as the one shape; what nobody foresaw says nothing but that it happened.
enum ErrorAnswer {
  static func error(_ error: any Error, _ logger: Logger) -> APIError {
    switch error {
    case let error as APIError: return error
    case let error as LedgerError:
      logger.error("the ledger refused", metadata: ["code": "\(error.code.rawValue)"])
      return APIError(error)
    case let error as AccountError: return APIError(error)
    case let error as CommandError:
      return APIError(.unusable, error.description, hint: "correct it and send it again")
    case let error as HTTPError where error.status.code < 500:
      return .invalid("the request cannot be read")
    default:
      // Only the kind: a description could quote what the record or the request states.
      logger.error("unforeseen error", metadata: ["kind": "\(type(of: error))"])
      return .internalError
    }
  }

  static func response(_ error: APIError) -> Response {
    var response = Response(status: error.status)
    Gate.setJSON(error.json, &response)
    response.headers[.cacheControl] = "no-store"
    if let seconds = error.retryAfter { response.headers[.retryAfter] = String(seconds) }
    if !error.allow.isEmpty { response.headers[.allow] = error.allow.joined(separator: ", ") }
    if error.code == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
    return response
  }
}
