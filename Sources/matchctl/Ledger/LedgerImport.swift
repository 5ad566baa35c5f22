import Foundation
import GRDB
import Matcher

extension LedgerExport {
  /// Fills an empty ledger with what `write` made: the same entries with the same hashes.
  ///
  /// - Throws: `LedgerError` where the ledger is not empty, a file is missing, cut or altered, or the
  ///   chain of hashes does not hold; the ledger stays empty then.
  package static func read(_ folder: String, into ledger: Ledger) throws {
    guard let manifest = try json("\(folder)/manifest.json").object else {
      throw damage("\(folder)/manifest.json", "no manifest")
    }
    guard manifest["format"]?.string == format else {
      throw LedgerError(
        .newer, "'\(folder)' is no \(format); import it with the version that wrote it")
    }
    try ledger.write(by: "import") { writer in
      guard try writer.reader.lastSeq() == 0 else {
        throw LedgerError(
          .conflict, "'\(ledger.path)' is not empty; import into a new ledger")
      }
      for name in names { try take(name, folder, manifest, writer) }
      let last = try writer.reader.entry(writer.reader.lastSeq())
      guard last?.hash ?? "" == manifest["head"]?.string else {
        throw damage(folder, "the last entry is not the one that the manifest names")
      }
    }
  }

  private static func take(
    _ name: String, _ folder: String, _ manifest: JSONObject, _ writer: LedgerWriter
  ) throws {
    let path = "\(folder)/\(name).jsonl"
    let bytes = try LedgerError.wrapping(path) {
      [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
    let stated = manifest[name]?.object
    guard stated?["sha256"]?.string == SHA256.hex(bytes) else {
      throw damage(path, "its content is not what the manifest states")
    }
    let lines = bytes.split(separator: 10)
    guard stated?["count"]?.number == Double(lines.count) else {
      throw damage(path, "it has \(lines.count) lines, the manifest states another count")
    }
    var previous = ""
    for (index, line) in lines.enumerated() {
      guard let row = (try? JSONParser.parse(Array(line)))?.object else {
        throw damage(path, "line \(index + 1) is no object")
      }
      let isGood = try insert(name, row, writer.db, &previous)
      guard isGood else { throw damage(path, "line \(index + 1) is not what it says it is") }
    }
  }

  /// Whether the row could be taken; `previous` is the hash of the entry before.
  private static func insert(
    _ name: String, _ row: JSONObject, _ db: Database, _ previous: inout String
  ) throws -> Bool {
    func text(_ key: String) -> String? { row[key]?.string }
    func integer(_ key: String) -> Int64? { row[key]?.number.flatMap { Int64(exactly: $0) } }
    switch name {
    case "entries":
      guard let seq = integer("seq"), let at = text("at").flatMap(Instant.init),
        let who = text("who"), let kind = text("kind").map(Entry.Kind.init),
        let subject = text("subject"), let body = row["body"]?.object, let hash = text("hash")
      else { return false }
      let line = JSONText.line(body)
      let entry = Entry(
        seq: seq, at: at, who: who, kind: kind, subject: subject, source: text("source"),
        body: line,
        hash: hash)
      guard entry.isWhole(after: previous) else { return false }
      previous = hash
      try db.execute(
        sql: "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          seq, at.description, who, kind.rawValue, subject, text("source"), line, hash,
        ])
      if kind == .demand || kind == .platform, let version = RecordVersion(.object(body)) {
        try LedgerWriter.makePresent(db, kind, subject, seq, version)
      }
    case "files":
      guard let hash = text("hash"), let name = text("name"), let size = integer("size"),
        let at = text("at")
      else { return false }
      try db.execute(
        sql: "INSERT INTO file VALUES (?, ?, ?, ?)", arguments: [hash, name, size, at])
    case "contacts":
      guard let id = text("id"), let kind = text("kind"), let subject = text("subject"),
        let body = row["body"]?.object
      else { return false }
      try db.execute(
        sql: "INSERT INTO contact VALUES (?, ?, ?, ?)",
        arguments: [id, kind, subject, JSONText.line(body)])
    default:
      guard let series = text("series"), let last = integer("last") else { return false }
      try db.execute(sql: "INSERT INTO number VALUES (?, ?)", arguments: [series, last])
    }
    return true
  }

  private static func json(_ path: String) throws -> JSONValue {
    let bytes = try LedgerError.wrapping(path) {
      [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
    guard let value = try? JSONParser.parse(bytes) else { throw damage(path, "not JSON") }
    return value
  }

  private static func damage(_ path: String, _ reason: String) -> LedgerError {
    LedgerError(
      .damaged, "'\(path)': \(reason); nothing was imported: export again from the old ledger")
  }
}
