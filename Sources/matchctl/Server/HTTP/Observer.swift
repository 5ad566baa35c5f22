import HTTPTypes
import Hummingbird
import Ledger
import Logging
import Matcher
import Synchronization

/// The outermost ring: counts, times and logs every request, gives every error its shape and every answer
/// the headers that browsers guard by. Logs name operations, codes and accounts, never what was sent.
struct Observer: RouterMiddleware {
  typealias Context = APIContext

  let services: Services
  let routes: RouteTable
  let console: ConsoleFiles?
  let inFlight: InFlight

  func handle(
    _ request: Request, context: APIContext,
    next: (Request, APIContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let id = String(SecretText.random().prefix(16))
    var response: Response
    var code = ""
    do {
      response = try await guarded(request, context, next)
    } catch {
      let answer = refused(error, request)
      code = answer.code.rawValue
      response = ErrorAnswer.response(answer)
    }
    guardBrowser(&response, request, id)
    observe(request, response, id, code, context, seconds: start.duration(to: .now) / .seconds(1))
    return response
  }

  private func guarded(
    _ request: Request, _ context: APIContext,
    _ next: (Request, APIContext) async throws -> Response
  ) async throws -> Response {
    guard request.uri.string.utf8.count <= 8192 else {
      throw APIError.invalid("address: got more than 8192 bytes, expected fewer")
    }
    guard inFlight.enter() else {
      var error = APIError(
        .unavailable, "too many requests are being worked on", hint: "do it again in a second")
      error.retryAfter = 1
      throw error
    }
    defer { inFlight.leave() }
    if let file = console?.response(request) { return file }
    return try await next(request, context)
  }

  /// What no route takes: another method of a route, a file of the console, or nothing.
  private func refused(_ error: any Error, _ request: Request) -> APIError {
    guard let error = error as? HTTPError, error.status == .notFound else {
      return ErrorAnswer.error(error, services.logger)
    }
    let methods = routes.methods(request.uri.path)
    guard !methods.isEmpty else { return .notFound }
    var answer = APIError(
      .notAllowed, "this is not done with \(request.method.rawValue.prefix(20))",
      hint: "use \(methods.joined(separator: " or "))")
    answer.allow = methods
    return answer
  }

  private func guardBrowser(_ response: inout Response, _ request: Request, _ id: String) {
    response.headers[Gate.requestID] = id
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.contentSecurityPolicy] = Observer.policy
    response.headers[Observer.referrerPolicy] = "no-referrer"
    response.headers[Observer.frameOptions] = "DENY"
    if services.settings.isSecure {
      response.headers[.strictTransportSecurity] = "max-age=31536000"
    }
  }

  private func observe(
    _ request: Request, _ response: Response, _ id: String, _ code: String,
    _ context: APIContext, seconds: Double
  ) {
    let operation = routes.name(request.method, request.uri.path)
    let status = response.status.code
    services.metrics.time(operation, seconds: seconds)
    services.metrics.count(
      "matchctl_requests_total", [("operation", operation), ("status", String(status))])
    if !code.isEmpty { services.metrics.count("matchctl_refused_total", [("code", code)]) }
    let level: Logger.Level = status >= 500 ? .error : (code.isEmpty ? .info : .notice)
    let milliseconds = (seconds * 10_000).rounded() / 10
    services.logger.log(
      level: level, code.isEmpty ? "answered" : "refused",
      metadata: [
        "id": "\(id)", "operation": "\(operation)", "status": "\(status)", "code": "\(code)",
        "ms": "\(milliseconds)", "peer": "\(context.address)",
      ])
  }

  private static let policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "connect-src 'self'", "font-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
  ].joined(separator: "; ")
  private static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .server
  private static let frameOptions = HTTPField.Name("X-Frame-Options") ?? .server
}

/// How many requests are worked on.
final class InFlight: Sendable {
  private let limit: Int
  private let count = Mutex(0)

  init(limit: Int) {
    self.limit = limit
  }

  func enter() -> Bool {
    count.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
  }

  func leave() {
    count.withLock { $0 -= 1 }
  }
}
