import GRDB
import Matcher

/// Whether a ledger is whole: its pages, its references, its chain of hashes, and what stands now.
package struct LedgerIntegrity: Sendable, Equatable {
  package var entries = 0
  /// The hash of the last entry; empty for an empty ledger.
  package var head = ""
  /// What is wrong, in words; empty when the ledger is whole.
  package var problems: [String] = []
  /// What is odd without being wrong: a clock that went back.
  package var remarks: [String] = []
}

extension Ledger {
  /// Checks everything that can be checked.
  ///
  /// - Complexity: O(bytes of the file).
  package func integrity() throws -> LedgerIntegrity {
    try read { reader in
      var out = LedgerIntegrity()
      let db = reader.db
      let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check")
      out.problems += pages.filter { $0 != "ok" }.map { "page: \($0)" }
      let keys = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
      out.problems += keys.map { "reference: \($0)" }
      try checkChain(reader, &out)
      try checkPresent(db, &out)
      return out
    }
  }

  private func checkChain(_ reader: LedgerReader, _ out: inout LedgerIntegrity) throws {
    var before: Instant?
    try reader.walkChain { entry, faults in
      for fault in faults {
        switch fault {
        case .otherContent:
          out.problems.append("entry \(entry.seq): its hash is not that of its content")
        case .follows(let expected):
          out.problems.append(
            "entry \(entry.seq): follows \(expected - 1), entries are missing")
        }
      }
      if let before, entry.at < before {
        out.remarks.append("entry \(entry.seq): the clock went back from \(before) to \(entry.at)")
      }
      before = entry.at
      out.entries += 1
      out.head = entry.hash
    }
  }

  /// `present` must be what the history says: the last version of each record.
  private func checkPresent(_ db: Database, _ out: inout LedgerIntegrity) throws {
    let wrong = try Row.fetchAll(
      db,
      sql: """
        SELECT kind, subject FROM
          (SELECT kind, subject, MAX(seq) AS seq FROM entry
           WHERE kind IN ('demand', 'platform') GROUP BY kind, subject)
        EXCEPT SELECT kind, subject FROM present JOIN entry USING (seq, kind, subject)
          WHERE present.seq = (SELECT MAX(seq) FROM entry AS last
            WHERE last.kind = present.kind AND last.subject = present.subject)
        """)
    out.problems += wrong.map { row in
      "\(row["kind"] as String) '\(row["subject"] as String)': what stands is not its last version"
    }
  }
}
