/// What stops a change of accounts.
package struct AccountError: Error, Sendable, CustomStringConvertible {
  enum Kind: Sendable {
    case invalid, taken, unknown, unavailable
  }

  let kind: Kind
  package let description: String

  static func name(_ name: String) -> AccountError {
    AccountError(
      kind: .invalid,
      description: "name: got '\(name.prefix(64))', expected 1…64 of a-z, 0-9, '.', '_', '@', '-'")
  }

  static func missing(_ role: Role, _ what: String) -> AccountError {
    AccountError(
      kind: .invalid,
      description: "role \(role.rawValue): got no \(what), expected the id of the \(what) it is for"
    )
  }

  static func taken(_ name: String) -> AccountError {
    AccountError(
      kind: .taken, description: "an account '\(name)' is there already; choose another name")
  }

  static func unknown(_ name: String) -> AccountError {
    AccountError(kind: .unknown, description: "no account '\(name)'; see matchctl user list")
  }

  static func scopes(_ scopes: [String]) -> AccountError {
    let known = Scope.allCases.map(\.rawValue).joined(separator: ", ")
    return AccountError(
      kind: .invalid,
      description: "scopes: got '\(scopes.joined(separator: ","))', expected some of \(known)")
  }

  static func days(_ days: Int) -> AccountError {
    AccountError(kind: .invalid, description: "days: got \(days), expected 1…366")
  }

  static let password = AccountError(
    kind: .invalid, description: "password: expected 10…200 characters; a sentence does well")

  static let memory = AccountError(
    kind: .unavailable,
    description: "no memory to hash a password (64 MiB); free some and do it again")
}
