import GRDB
import Matcher

extension LedgerReader {
  /// When a file was first named; nil for one that never was.
  package func fileSeen(_ hash: String) throws -> Instant? {
    try String.fetchOne(db, sql: "SELECT at FROM file WHERE hash = ?", arguments: [hash])
      .flatMap { Instant($0) }
  }

  /// The hash of the last entry; empty for an empty ledger.
  package func head() throws -> String {
    try String.fetchOne(db, sql: "SELECT hash FROM entry ORDER BY seq DESC LIMIT 1") ?? ""
  }
}
