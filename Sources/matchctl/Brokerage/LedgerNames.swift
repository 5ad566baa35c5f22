import Ledger
import Matcher
import RecordFiles

/// What a person names, found in the ledger.
package struct LedgerNames {
  let reader: LedgerReader

  package init(_ reader: LedgerReader) {
    self.reader = reader
  }

  package struct Target: Sendable, Equatable {
    package let platform: String
    /// nil: the whole platform.
    package let line: String?
  }

  package func demand(_ id: String) throws -> StoredRecord {
    if let stored = try reader.record(.demand, id) { return stored }
    throw CommandError.input(
      "no demand '\(id)' in the ledger; check the number, or publish it first with matchctl publish"
    )
  }

  /// A platform or a line by its id.
  ///
  /// - Complexity: O(1) for a platform and for lines that begin with their platform's id, else
  ///   O(platforms).
  package func target(_ id: String) throws -> Target {
    if let stored = try reader.record(.platform, id) {
      return Target(platform: stored.id, line: nil)
    }
    let near = id.split(separator: "/").first.map(String.init)
    if let near, let stored = try reader.record(.platform, near), lines(of: stored).contains(id) {
      return Target(platform: near, line: id)
    }
    for stored in try reader.records(.platform) where lines(of: stored).contains(id) {
      return Target(platform: stored.id, line: id)
    }
    throw CommandError.input(
      "no platform or line '\(id)' in the ledger; check the id, or import the platform first")
  }

  /// The ids of a platform's lines; its own id for one that states none.
  package func lines(of stored: StoredRecord) -> [String] {
    var ids: [String] = []
    var record = stored.version.record
    RecordLines.change(&record) { id, _ in ids.append(id) }
    return ids.isEmpty ? [stored.id] : ids
  }

  /// The ids of a demand's stages; empty for one without.
  package func stages(of stored: StoredRecord) -> [String] {
    (stored.version.record["stages"]?.array ?? []).compactMap(\.object).enumerated()
      .map { $1["id"]?.string ?? "S\($0 + 1)" }
  }
}
