import Foundation
import Ledger
import Matcher

/// Runs of the night as the ledger names them, with their files.
struct RunShelf: Sendable {
  /// The folder that holds a folder a run; nil: files are not to be had.
  let folder: String?

  struct Kept: Sendable {
    let id: String
    let at: String
    let seq: Int64
    let manifest: JSONObject
  }

  /// Newest first.
  func runs(_ reader: LedgerReader) throws -> [Kept] {
    try reader.entries(.run).reversed().compactMap { entry in
      (entry.json?.object?["manifest"]?.object).map {
        Kept(id: entry.subject, at: "\(entry.at)", seq: entry.seq, manifest: $0)
      }
    }
  }

  /// A run by its id, or the `latest`.
  func run(_ id: String, _ reader: LedgerReader) throws -> Kept? {
    let runs = try runs(reader)
    return id == "latest" ? runs.first : runs.first { $0.id == id }
  }

  /// The files that a run's manifest names.
  func files(_ run: Kept) -> [(name: String, size: Int)] {
    (run.manifest["files"]?.array ?? []).compactMap { file in
      file.object?["name"]?.string.map { name in
        (name, file.object?["bytes"]?.number.flatMap { Int(exactly: $0) } ?? 0)
      }
    }
  }

  /// What the last night that was begun says of itself; nil where none was.
  func status() -> JSONObject? {
    folder.flatMap { FileManager.default.contents(atPath: $0 + "/status.json") }
      .flatMap { (try? JSONParser.parse([UInt8]($0)))?.object }
  }

  /// The bytes of a file that the manifest names; nil for any other name.
  func bytes(_ name: String, of run: Kept) -> [UInt8]? {
    guard let folder, files(run).contains(where: { $0.name == name }) else { return nil }
    let parts = (run.id + "/" + name).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return nil }
    return FileManager.default.contents(atPath: "\(folder)/\(run.id)/\(name)").map { [UInt8]($0) }
  }
}
