import GRDB
import Matcher

/// Questions to one view of the ledger. Valid inside the closure that was given it.
package struct LedgerReader {
  let db: Database

  /// The number of the last entry; 0 for an empty ledger.
  package func lastSeq() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT MAX(seq) FROM entry") ?? 0
  }

  package func entry(_ seq: Int64) throws -> Entry? {
    try entries("seq = ?", [seq]).first
  }

  /// Entries in the order they happened.
  ///
  /// - Parameters:
  ///   - kind: only of this kind.
  ///   - subject: only about this record.
  ///   - after: only those behind this number.
  ///   - upTo: only up to this number.
  /// - Complexity: O(entries given) where a kind is named, and a subject or nothing before; else O(entries
  ///   behind `after`).
  package func entries(
    _ kind: Entry.Kind? = nil, about subject: String? = nil, after: Int64 = 0,
    upTo: Int64 = .max
  ) throws -> [Entry] {
    var clauses = ["seq > ?", "seq <= ?"]
    var values: [any DatabaseValueConvertible] = [after, upTo]
    if let kind {
      // What came after an entry is looked for from there: the plus keeps the index of kinds and subjects
      // out, which would be walked over all entries of the kind.
      clauses.append(after > 0 && subject == nil ? "+kind = ?" : "kind = ?")
      values.append(kind.rawValue)
    }
    if let subject {
      clauses.append("subject = ?")
      values.append(subject)
    }
    return try entries(clauses.joined(separator: " AND "), values)
  }

  /// Entries of all kinds but some.
  package func entries(besides kinds: Set<Entry.Kind>, upTo: Int64 = .max) throws -> [Entry] {
    let names = kinds.map(\.rawValue).sorted()
    let marks = names.map { _ in "?" }.joined(separator: ", ")
    return try entries("kind NOT IN (\(marks)) AND seq <= ?", names + [upTo])
  }

  /// Visits entries one by one in their order, without holding all of them.
  package func forEachEntry(upTo: Int64 = .max, _ visit: (Entry) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT \(LedgerReader.columns) FROM entry WHERE seq <= ? ORDER BY seq",
      arguments: [upTo])
    while let row = try rows.next() { try visit(LedgerReader.entry(row)) }
  }

  /// How many entries there are of each kind, by the kind's name.
  package func countsByKind() throws -> [(kind: String, count: Int)] {
    try Row.fetchAll(
      db, sql: "SELECT kind, COUNT(*) AS count FROM entry GROUP BY kind ORDER BY kind"
    )
    .map { ($0["kind"], $0["count"]) }
  }

  /// The latest version of every record of a kind, by id.
  ///
  /// - Parameter upTo: as things stood at this entry; left out, now.
  /// - Complexity: O(records) now, O(versions) in the past.
  package func records(_ kind: Entry.Kind, upTo: Int64? = nil) throws -> [StoredRecord] {
    try latest(kind, upTo: upTo).compactMap { StoredRecord($0) }
  }

  /// The entries of the latest versions, by the records' ids; their bodies are not read yet.
  ///
  /// - Parameter upTo: as for `records`.
  package func latest(_ kind: Entry.Kind, upTo: Int64? = nil) throws -> [Entry] {
    if let upTo, try upTo < lastSeq() { return try past(kind, upTo) }
    return try entries(
      of: Row.fetchCursor(
        db,
        sql: """
          SELECT \(LedgerReader.columns) FROM present JOIN entry USING (seq)
          WHERE present.kind = ? ORDER BY present.subject
          """, arguments: [kind.rawValue]))
  }

  /// As `latest`, as things stood. SQLite would sort the entries with their bodies, in a file.
  private func past(_ kind: Entry.Kind, _ upTo: Int64) throws -> [Entry] {
    try entries(
      of: Row.fetchCursor(
        db,
        sql: """
          SELECT \(LedgerReader.columns) FROM entry JOIN
            (SELECT MAX(seq) AS seq FROM entry WHERE kind = ? AND seq <= ? GROUP BY subject)
          USING (seq)
          """, arguments: [kind.rawValue, upTo])
    ).sorted { $0.subject.utf8.lexicographicallyPrecedes($1.subject.utf8) }
  }

  private func entries(of rows: RowCursor) throws -> [Entry] {
    var out: [Entry] = []
    while let row = try rows.next() { out.append(LedgerReader.entry(row)) }
    return out
  }

  /// The latest version of one record; nil if there was never one.
  package func record(
    _ kind: Entry.Kind, _ id: String, upTo: Int64 = .max
  ) throws -> StoredRecord? {
    try entries(
      """
      seq = (SELECT MAX(seq) FROM entry WHERE kind = ? AND subject = ? AND seq <= ?)
      """, [kind.rawValue, id, upTo]
    ).first.flatMap(StoredRecord.init)
  }

  /// The day on which each record of a kind was first in a state, by id, in a zone so many seconds east
  /// of Greenwich (Shanghai's by default).
  package func firstDays(
    _ kind: Entry.Kind, in state: RecordVersion.State, upTo: Int64 = .max,
    secondsEast: Int = 28_800
  ) throws -> [String: CivilDate] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT subject, at FROM entry
        WHERE seq IN (SELECT MIN(seq) FROM entry WHERE kind = ? AND seq <= ?
          AND json_extract(body, '$.state') = ? GROUP BY subject)
        """, arguments: [kind.rawValue, upTo, state.rawValue])
    var out: [String: CivilDate] = [:]
    while let row = try rows.next() {
      out[row["subject"]] = Instant(row["at"] as String)?.day(secondsEast: secondsEast)
    }
    return out
  }

  /// All versions of one record, oldest first.
  package func versions(_ kind: Entry.Kind, _ id: String) throws -> [StoredRecord] {
    try entries(kind, about: id).compactMap(StoredRecord.init)
  }

  /// Ids of a park's records by its own numbers.
  package func ids(_ kind: Entry.Kind, park: String) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT own, subject FROM present WHERE kind = ? AND park = ? AND own IS NOT NULL",
      arguments: [kind.rawValue, park])
    var out: [String: String] = [:]
    for row in rows { out[row["own"]] = row["subject"] }
    return out
  }

  package func contact(_ id: String) throws -> Contact? {
    try Row.fetchOne(db, sql: "SELECT * FROM contact WHERE id = ?", arguments: [id])
      .flatMap(LedgerReader.contact)
  }

  package func contacts(_ kind: Entry.Kind, _ subject: String) throws -> [Contact] {
    try Row.fetchAll(
      db, sql: "SELECT * FROM contact WHERE kind = ? AND subject = ? ORDER BY id",
      arguments: [kind.rawValue, subject]
    ).compactMap(LedgerReader.contact)
  }

  package func allContacts() throws -> [Contact] {
    try Row.fetchAll(db, sql: "SELECT * FROM contact ORDER BY id")
      .compactMap(LedgerReader.contact)
  }

  /// The name under which a file was first seen.
  package func fileName(_ hash: String) throws -> String? {
    try String.fetchOne(db, sql: "SELECT name FROM file WHERE hash = ?", arguments: [hash])
  }

  // MARK: Rows

  private func entries(
    _ clause: String, _ values: [any DatabaseValueConvertible]
  ) throws -> [Entry] {
    try Row.fetchAll(
      db, sql: "SELECT \(LedgerReader.columns) FROM entry WHERE \(clause) ORDER BY seq",
      arguments: StatementArguments(values)
    ).map(LedgerReader.entry)
  }

  /// Of an entry, in the order in which `entry` reads them: by place, so that no name is looked for in
  /// each row.
  private static let columns = """
    entry.seq, entry.at, entry.who, entry.kind, entry.subject, entry.source, entry.body, entry.hash
    """

  private static func entry(_ row: Row) -> Entry {
    Entry(
      seq: row[0], at: Instant(row[1] as String) ?? Instant(milliseconds: 0), who: row[2],
      kind: Entry.Kind(rawValue: row[3]), subject: row[4], source: row[5], body: row[6],
      hash: row[7])
  }

  private static func contact(_ row: Row) -> Contact? {
    guard let body = JSONText.value(row["body"])?.object else { return nil }
    return Contact(
      id: row["id"], kind: Entry.Kind(rawValue: row["kind"]), subject: row["subject"], body: body)
  }
}
