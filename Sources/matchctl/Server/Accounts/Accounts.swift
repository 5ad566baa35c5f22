import Ledger
import Matcher

/// Accounts, sessions and tokens in the ledger. Any thread may use it; what writes forces to disk.
package struct Accounts: Sendable {
  static let sessionHours = 12
  private static let hour: Int64 = 3_600_000

  let ledger: Ledger

  package init(_ ledger: Ledger) {
    self.ledger = ledger
  }

  // MARK: accounts

  package func all() throws -> [Account] {
    try ledger.read { try $0.accounts() }.compactMap { Account(name: $0.name, $0.body) }
  }

  package func account(_ name: String) throws -> Account? {
    try ledger.read { try $0.account(name) }.flatMap { Account(name: name, $0) }
  }

  /// Adds an account.
  ///
  /// - Parameter password: 10…200 characters; nil for programs.
  /// - Throws: `AccountError` for a name that is taken, a role without its park or platform, or a
  ///   password that is too short.
  package func add(
    _ name: String, role: Role, park: String?, platform: String?, display: String?,
    password: String?, by who: String
  ) throws -> Account {
    guard Accounts.isName(name) else { throw AccountError.name(name) }
    if role == .parkOperator, park == nil { throw AccountError.missing(role, "park") }
    if role == .platformOperator, platform == nil { throw AccountError.missing(role, "platform") }
    let hash = try password.map(Accounts.hash)
    return try ledger.writeOnce(by: who) { writer in
      guard try writer.reader.account(name) == nil else { throw AccountError.taken(name) }
      var account = Account(name: name, role: role, at: writer.now)
      account.park = role == .parkOperator ? park : nil
      account.platform = role == .platformOperator ? platform : nil
      account.display = display
      account.password = hash
      try writer.keepAccount(name, account.kept)
      return account
    }
  }

  /// Changes an account. A new password and disabling end its sessions and tokens.
  ///
  /// - Returns: nil where there is none of that name.
  package func change(
    _ name: String, isDisabled: Bool? = nil, display: String? = nil, password: String? = nil,
    by who: String
  ) throws -> Account? {
    let hash = try password.map(Accounts.hash)
    return try ledger.writeOnce(by: who) { writer in
      guard var account = try writer.reader.account(name).flatMap({ Account(name: name, $0) })
      else { return nil }
      if let isDisabled { account.isDisabled = isDisabled }
      if let display { account.display = display }
      if let hash { account.password = hash }
      try writer.keepAccount(name, account.kept)
      if isDisabled == true || hash != nil { try writer.removeTokens(of: name) }
      return account
    }
  }

  private static func isName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, name.unicodeScalars.count <= 64 else {
      return false
    }
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars
    return letters.contains(first)
      && name.unicodeScalars.allSatisfy {
        letters.contains($0) || "._@-".unicodeScalars.contains($0)
      }
  }

  private static func hash(_ password: String) throws -> String {
    guard (10...200).contains(password.unicodeScalars.count) else { throw AccountError.password }
    guard let hash = PasswordHash.make(password) else { throw AccountError.memory }
    return hash
  }

  // MARK: sessions and tokens

  struct OpenedSession: Sendable {
    let secret: String
    let principal: Principal
  }

  func openSession(_ account: Account) throws -> OpenedSession {
    let (secret, csrf) = (SecretText.random(), SecretText.random())
    let hash = SecretText.hash(secret)
    return try ledger.writeOnce(by: account.name) { writer in
      let ends = Instant(
        milliseconds: writer.now.milliseconds + Int64(Accounts.sessionHours) * Accounts.hour)
      try writer.removeExpired(
        answersBefore: Instant(milliseconds: writer.now.milliseconds - 24 * Accounts.hour))
      try writer.keep(
        KeptToken(
          hash: hash, account: account.name, kind: "session", expires: ends,
          body: JSONObject([("csrf", .string(csrf))])))
      return OpenedSession(
        secret: secret,
        principal: Accounts.principal(
          account, .session(hash: hash, csrf: csrf), ends: ends))
    }
  }

  func closeSession(_ hash: String, by who: String) throws {
    try ledger.writeOnce(by: who) { try $0.removeToken(hash) }
  }

  /// Makes a token for a program; its secret is in the answer and nowhere else.
  ///
  /// - Parameter days: 1…366.
  package func addToken(
    to name: String, scopes: [String], days: Int, label: String?, by who: String
  ) throws -> (secret: String, json: JSONObject) {
    let known = Set(scopes.compactMap(Scope.init))
    guard known.count == Set(scopes).count, !known.isEmpty else {
      throw AccountError.scopes(scopes)
    }
    guard (1...366).contains(days) else { throw AccountError.days(days) }
    let secret = "mt_" + SecretText.random()
    let hash = SecretText.hash(secret)
    return try ledger.writeOnce(by: who) { writer in
      guard try writer.reader.account(name) != nil else { throw AccountError.unknown(name) }
      let token = KeptToken(
        hash: hash, account: name, kind: "token",
        expires: Instant(milliseconds: writer.now.milliseconds + Int64(days) * 24 * Accounts.hour),
        body: JSONObject(stating: [
          ("scopes", .array(known.map(\.rawValue).sorted().map { .string($0) })),
          ("label", label.map { .string($0) }), ("at", .string(writer.now.description)),
        ]))
      try writer.keep(token)
      return (secret, Accounts.json(token))
    }
  }

  /// As `addToken`, for the command: the secret alone.
  package func token(
    for name: String, scopes: [String], days: Int, label: String?, by who: String
  ) throws -> String {
    try addToken(to: name, scopes: scopes, days: days, label: label, by: who).secret
  }

  func tokens(of name: String) throws -> [JSONObject] {
    try ledger.read { try $0.tokens(of: name, kind: "token") }.map(Accounts.json)
  }

  /// Ends a token by the id that is shown of it; false where there is none.
  func removeToken(of name: String, id: String, by who: String) throws -> Bool {
    try ledger.writeOnce(by: who) { writer in
      let tokens = try writer.reader.tokens(of: name, kind: "token")
      guard let token = tokens.first(where: { Accounts.id($0) == id }) else { return false }
      try writer.removeToken(token.hash)
      return true
    }
  }

  /// Whose a secret is, if it counts now.
  ///
  /// - Parameter kind: `session` for a cookie, `token` for a program's.
  func principal(_ secret: String, kind: String, now: Instant) throws -> Principal? {
    let hash = SecretText.hash(secret)
    let found = try ledger.read { reader in
      try reader.token(hash).flatMap { token in
        try reader.account(token.account).map { (token, $0) }
      }
    }
    guard let (token, body) = found, token.kind == kind, token.expires > now,
      let account = Account(name: token.account, body), !account.isDisabled
    else { return nil }
    if kind == "session" {
      let csrf = token.body["csrf"]?.string ?? ""
      return Accounts.principal(account, .session(hash: hash, csrf: csrf), ends: token.expires)
    }
    let scopes = token.body["scopes"]?.array?.compactMap { $0.string.flatMap(Scope.init) } ?? []
    return Accounts.principal(account, .token(scopes: Set(scopes)), ends: token.expires)
  }

  private static func principal(
    _ account: Account, _ proof: Principal.Proof, ends: Instant
  ) -> Principal {
    Principal(
      name: account.name, role: account.role, park: account.park, platform: account.platform,
      display: account.display, proof: proof, expires: ends.description)
  }

  /// What is shown of a token instead of its hash.
  private static func id(_ token: KeptToken) -> String {
    String(token.hash.prefix(16))
  }

  private static func json(_ token: KeptToken) -> JSONObject {
    JSONObject(stating: [
      ("id", .string(id(token))), ("label", token.body["label"]),
      ("scopes", token.body["scopes"] ?? .array([])),
      ("expires", .string(token.expires.description)), ("at", token.body["at"]),
    ])
  }
}
