import Hummingbird
import Ledger
import Matcher

/// Finds out who asks, by a program's token or the console's cookie.
enum SignIn {
  static let cookie = "matchctl_session"

  /// - Returns: nil where nothing was sent that counts now.
  static func caller(
    _ request: Request, _ services: Services, now: Instant
  ) throws -> Principal? {
    if let header = request.headers[.authorization] {
      // Two proofs at once: which is meant is not guessed.
      guard request.cookies[cookie] == nil else { return nil }
      guard header.lowercased().hasPrefix("bearer ") else { return nil }
      let secret = String(header.dropFirst(7))
      guard isSecret(secret) else { return nil }
      return try services.accounts.principal(secret, kind: "token", now: now)
    }
    guard let secret = request.cookies[cookie]?.value, isSecret(secret) else { return nil }
    return try services.accounts.principal(secret, kind: "session", now: now)
  }

  private static func isSecret(_ text: String) -> Bool {
    (64...80).contains(text.utf8.count)
  }

  /// The cookie that signs in; an empty secret signs out.
  static func setCookie(_ secret: String, _ settings: ServerSettings) -> String {
    let age = secret.isEmpty ? 0 : Accounts.sessionHours * 3600
    let secure = settings.isSecure || settings.origins.contains { $0.hasPrefix("https:") }
    return "\(cookie)=\(secret); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(age)"
      + (secure ? "; Secure" : "")
  }
}
