import GRDB
import Matcher

/// A secret that lets somebody in: a session of the console or a program's token. Only its hash is kept.
package struct KeptToken: Sendable {
  package let hash: String
  package let account: String
  /// `session` or `token`.
  package let kind: String
  package let expires: Instant
  package let body: JSONObject

  package init(hash: String, account: String, kind: String, expires: Instant, body: JSONObject) {
    self.hash = hash
    self.account = account
    self.kind = kind
    self.expires = expires
    self.body = body
  }
}

/// The answer to a write that was made under a key, so that the same write again gives it again.
package struct KeptAnswer: Sendable {
  package let account: String
  package let key: String
  /// A hash of the request.
  package let request: String
  package let status: Int
  package let body: String

  package init(account: String, key: String, request: String, status: Int, body: String) {
    self.account = account
    self.key = key
    self.request = request
    self.status = status
    self.body = body
  }
}

/// Somebody who must wait before another password is tried.
package struct KeptLock: Sendable, Equatable {
  /// A hash of whom it locks out.
  package let key: String
  package let failures: Int
  package let until: Instant

  package init(key: String, failures: Int, until: Instant) {
    self.key = key
    self.failures = failures
    self.until = until
  }
}

extension LedgerReader {
  package func account(_ name: String) throws -> JSONObject? {
    try String.fetchOne(db, sql: "SELECT body FROM account WHERE name = ?", arguments: [name])
      .flatMap { JSONText.value($0)?.object }
  }

  /// All accounts by name.
  package func accounts() throws -> [(name: String, body: JSONObject)] {
    try Row.fetchAll(db, sql: "SELECT name, body FROM account ORDER BY name").compactMap { row in
      JSONText.value(row["body"])?.object.map { (row["name"], $0) }
    }
  }

  package func token(_ hash: String) throws -> KeptToken? {
    try Row.fetchOne(db, sql: "SELECT * FROM token WHERE hash = ?", arguments: [hash])
      .flatMap(LedgerReader.token)
  }

  /// An account's tokens of a kind, those that end first first.
  package func tokens(of account: String, kind: String) throws -> [KeptToken] {
    try Row.fetchAll(
      db, sql: "SELECT * FROM token WHERE account = ? AND kind = ? ORDER BY expires, hash",
      arguments: [account, kind]
    ).compactMap(LedgerReader.token)
  }

  package func answer(_ account: String, _ key: String) throws -> KeptAnswer? {
    try Row.fetchOne(
      db, sql: "SELECT * FROM replay WHERE account = ? AND key = ?", arguments: [account, key]
    ).map { row in
      KeptAnswer(
        account: account, key: key, request: row["request"], status: row["status"],
        body: row["body"])
    }
  }

  /// By key.
  package func locks() throws -> [KeptLock] {
    try Row.fetchAll(db, sql: "SELECT * FROM lock ORDER BY key").compactMap { row in
      Instant(row["until"] as String).map {
        KeptLock(key: row["key"], failures: row["failures"], until: $0)
      }
    }
  }

  private static func token(_ row: Row) -> KeptToken? {
    guard let expires = Instant(row["expires"] as String),
      let body = JSONText.value(row["body"])?.object
    else { return nil }
    return KeptToken(
      hash: row["hash"], account: row["account"], kind: row["kind"], expires: expires, body: body)
  }
}

extension LedgerWriter {
  /// Keeps an account; one of that name is replaced and its tokens stay.
  package func keepAccount(_ name: String, _ body: JSONObject) throws {
    try db.execute(
      sql: """
        INSERT INTO account VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET body = excluded.body
        """, arguments: [name, JSONText.line(body)])
  }

  package func keep(_ token: KeptToken) throws {
    try db.execute(
      sql: "INSERT INTO token VALUES (?, ?, ?, ?, ?)",
      arguments: [
        token.hash, token.account, token.kind, token.expires.description,
        JSONText.line(token.body),
      ])
  }

  package func keep(_ lock: KeptLock) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO lock VALUES (?, ?, ?)",
      arguments: [lock.key, lock.failures, lock.until.description])
  }

  package func removeLock(_ key: String) throws {
    try db.execute(sql: "DELETE FROM lock WHERE key = ?", arguments: [key])
  }

  package func removeToken(_ hash: String) throws {
    try db.execute(sql: "DELETE FROM token WHERE hash = ?", arguments: [hash])
  }

  /// Ends all sessions and tokens of an account.
  package func removeTokens(of account: String) throws {
    try db.execute(sql: "DELETE FROM token WHERE account = ?", arguments: [account])
  }

  /// Forgets what has expired: tokens, and answers and locks older than a moment.
  package func removeExpired(answersBefore: Instant) throws {
    try db.execute(
      sql: "DELETE FROM lock WHERE until < ?", arguments: [answersBefore.description])
    try db.execute(sql: "DELETE FROM token WHERE expires < ?", arguments: [now.description])
    try db.execute(
      sql: "DELETE FROM replay WHERE at < ?", arguments: [answersBefore.description])
  }

  package func keep(_ answer: KeptAnswer) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO replay VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        answer.account, answer.key, now.description, answer.request, answer.status, answer.body,
      ])
  }
}
