import Foundation
import HTTPTypes
import Hummingbird

/// Keeps other sites from writing with a person's cookie: the origin must be ours, and the session's own
/// word must come back in a header, which no other site can read or set.
enum CrossSite {
  static let header = HTTPField.Name("X-CSRF-Token") ?? .server
  private static let origin = HTTPField.Name("Origin") ?? .server
  private static let site = HTTPField.Name("Sec-Fetch-Site") ?? .server

  static func check(
    _ request: Request, _ caller: Principal?, _ operation: Operation, _ settings: ServerSettings
  ) throws(APIError) {
    // Programs send no cookie, so there is nothing that another site could borrow.
    if case .token = caller?.proof { return }
    if let origin = request.headers[origin], !isOwn(origin, request, settings) { throw refused }
    if let site = request.headers[site], site == "cross-site" || site == "same-site" {
      guard request.headers[origin] != nil else { throw refused }
    }
    guard case .session(_, let csrf) = caller?.proof, !operation.isPublic else { return }
    guard let given = request.headers[header], SecretText.equal(given, csrf) else { throw refused }
  }

  private static func isOwn(
    _ origin: String, _ request: Request, _ settings: ServerSettings
  ) -> Bool {
    if settings.origins.contains(origin) { return true }
    guard let host = request.head.authority else { return false }
    return origin == (settings.isSecure ? "https://" : "http://") + host
  }

  private static let refused = APIError(
    .csrf, "the request does not come from this server's own pages",
    hint: "send X-CSRF-Token as GET /api/v1/session gives it; programs use a token instead")
}
