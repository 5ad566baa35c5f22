import CSodium
import GRDB
import Matcher

/// The pen: adds entries inside one transaction. Valid inside the closure that was given it.
package struct LedgerWriter {
  let db: Database
  package let who: String
  package let now: Instant

  /// Questions to what stands, this transaction's own entries included.
  package var reader: LedgerReader { LedgerReader(db: db) }

  /// Adds an entry.
  ///
  /// - Parameters:
  ///   - source: the hash of the file it came from; the file must have been named with `file`.
  /// - Returns: its number.
  @discardableResult
  package func append(
    _ kind: Entry.Kind, _ subject: String, _ body: JSONObject, source: String? = nil
  ) throws -> Int64 {
    let last = try Row.fetchOne(db, sql: "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1")
    let seq = (last?["seq"] ?? Int64(0)) + 1
    let text = JSONText.line(body)
    let hash = Entry.hash(
      after: last?["hash"] ?? "", seq: seq, at: now, who: who, kind: kind, subject: subject,
      source: source, body: text)
    try db.execute(
      sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [seq, now.description, who, kind.rawValue, subject, source, text, hash])
    return seq
  }

  /// Adds a version of a record and makes it the one that stands.
  @discardableResult
  package func put(
    _ kind: Entry.Kind, _ id: String, _ version: RecordVersion, source: String? = nil
  ) throws -> Int64 {
    let seq = try append(kind, id, version.json, source: source)
    try LedgerWriter.makePresent(db, kind, id, seq, version)
    return seq
  }

  static func makePresent(
    _ db: Database, _ kind: Entry.Kind, _ id: String, _ seq: Int64, _ version: RecordVersion
  ) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO present VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [kind.rawValue, id, seq, version.state.rawValue, version.park, version.own])
  }

  /// Names a file that entries come from; naming it twice keeps the first name.
  package func file(hash: String, name: String, size: Int) throws {
    try db.execute(
      sql: "INSERT OR IGNORE INTO file VALUES (?, ?, ?, ?)",
      arguments: [hash, name, size, now.description])
  }

  /// The next number of a series, 1…; no number is given twice, even if what it was given to is gone.
  package func nextNumber(_ series: String) throws -> Int {
    try db.execute(
      sql: """
        INSERT INTO number VALUES (?, 1)
        ON CONFLICT (series) DO UPDATE SET last = last + 1
        """, arguments: [series])
    return try Int.fetchOne(
      db, sql: "SELECT last FROM number WHERE series = ?", arguments: [series])
      ?? 1
  }

  /// Keeps a person's data; one that is there under the same id is replaced.
  package func keep(_ contact: Contact) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO contact VALUES (?, ?, ?, ?)",
      arguments: [
        contact.id, contact.kind.rawValue, contact.subject, JSONText.line(contact.body),
      ])
  }

  package func removeContact(_ id: String) throws {
    try db.execute(sql: "DELETE FROM contact WHERE id = ?", arguments: [id])
  }

  /// A new id that says nothing: 16 random hexadecimal digits behind the prefix.
  package func randomID(_ prefix: String) -> String {
    var bytes = [UInt8](repeating: 0, count: 8)
    randombytes_buf(&bytes, bytes.count)
    return prefix + SHA256.hexadecimal(bytes)
  }
}
