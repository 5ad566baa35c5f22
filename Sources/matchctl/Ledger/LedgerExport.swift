import Foundation
import GRDB
import Matcher

/// The whole ledger as open files that give the same ledger again: JSON Lines and a manifest.
///
/// `entries.jsonl`, `files.jsonl`, `contacts.jsonl` and `numbers.jsonl`, each an object a line;
/// `manifest.json` counts them and holds the hash of the last entry and of each file. Accounts and
/// tokens are no records and stay.
package enum LedgerExport {
  static let format = "ledger-export 1"
  static let names = ["files", "entries", "contacts", "numbers"]

  /// Writes the ledger into a folder that is not there yet or empty.
  package static func write(_ ledger: Ledger, to folder: String) throws -> JSONObject {
    try LedgerError.wrapping(folder) {
      let present = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      guard present.isEmpty else {
        throw LedgerError(.conflict, "'\(folder)' is not empty; name a new folder")
      }
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    }
    return try ledger.read { reader in
      var manifest = JSONObject([("format", .string(format))])
      for name in names {
        let lines = try LineFile("\(folder)/\(name).jsonl")
        try rows(name, reader) { try lines.add(JSONText.line($0)) }
        let (count, _, hash) = try lines.finish()
        manifest[name] = .object(
          JSONObject([("count", .integer(count)), ("sha256", .string(hash))]))
      }
      manifest["head"] = .string(try head(reader))
      try DurableFile.write(
        Array((JSONWriter.pretty(.object(manifest)) + "\n").utf8), to: "\(folder)/manifest.json")
      return manifest
    }
  }

  private static func head(_ reader: LedgerReader) throws -> String {
    try reader.entry(reader.lastSeq())?.hash ?? ""
  }

  private static func rows(
    _ name: String, _ reader: LedgerReader, _ visit: (JSONObject) throws -> Void
  ) throws {
    let db = reader.db
    switch name {
    case "entries":
      try reader.forEachEntry { entry in
        try visit(
          JSONObject(stating: [
            ("seq", .integer(Int(entry.seq))), ("at", .string(entry.at.description)),
            ("who", .string(entry.who)), ("kind", .string(entry.kind.rawValue)),
            ("subject", .string(entry.subject)), ("source", entry.source.map { .string($0) }),
            ("hash", .string(entry.hash)), ("body", JSONText.value(entry.body)),
          ]))
      }
    case "files":
      for row in try Row.fetchAll(db, sql: "SELECT * FROM file ORDER BY hash") {
        try visit(
          JSONObject([
            ("hash", .string(row["hash"])), ("name", .string(row["name"])),
            ("size", .integer(row["size"])), ("at", .string(row["at"])),
          ]))
      }
    case "contacts":
      for contact in try reader.allContacts() {
        try visit(
          JSONObject([
            ("id", .string(contact.id)), ("kind", .string(contact.kind.rawValue)),
            ("subject", .string(contact.subject)), ("body", .object(contact.body)),
          ]))
      }
    default:
      for row in try Row.fetchAll(db, sql: "SELECT * FROM number ORDER BY series") {
        try visit(
          JSONObject([("series", .string(row["series"])), ("last", .integer(row["last"]))]))
      }
    }
  }
}
