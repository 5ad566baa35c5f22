import GRDB

/// What stops the ledger. Messages: lower case, no full stop, the value quoted, what to do next.
package struct LedgerError: Error, CustomStringConvertible, Sendable, Equatable {
  package enum Code: String, Sendable {
    case missing, networkFileSystem, damaged, newer, diskFull, readOnly, busy, conflict, unreadable
  }

  package let code: Code
  package let description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  static func missing(_ path: String) -> LedgerError {
    LedgerError(.missing, "no ledger '\(path)'; check the path, or make one: matchctl ledger init")
  }

  static func damaged(_ path: String, _ reason: String) -> LedgerError {
    LedgerError(
      .damaged,
      "'\(path)' is damaged (\(reason)); nothing was changed: restore the last backup with "
        + "matchctl ledger restore, and keep this file")
  }

  static func newer(_ path: String) -> LedgerError {
    LedgerError(
      .newer, "'\(path)' was written by a newer matchctl; use that version, nothing was changed")
  }

  /// What SQLite reports, in words that say what to do.
  init(_ error: DatabaseError, _ path: String) {
    let text = error.message ?? error.resultCode.description
    switch error.resultCode {
    case .SQLITE_FULL:
      self.init(
        .diskFull,
        "the disk that holds '\(path)' is full; nothing was changed: free some space "
          + "and do it again")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      self.init(
        .readOnly,
        "'\(path)' or its folder cannot be written; nothing was changed: check the "
          + "owner and the permissions of both")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .busy,
        "another program has been writing to '\(path)' for a minute; nothing was changed: "
          + "wait for it and do it again")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self = .damaged(path, text)
    case .SQLITE_CANTOPEN:
      self.init(
        .unreadable, "cannot open '\(path)'; check that the folder exists and may be written")
    case .SQLITE_IOERR:
      self.init(
        .unreadable,
        "reading or writing '\(path)' failed (\(text)); nothing was changed: check "
          + "the disk with matchctl doctor")
    case .SQLITE_CONSTRAINT:
      self.init(.conflict, "'\(path)' refused a write (\(text)); nothing was changed")
    default:
      self.init(.unreadable, "'\(path)': \(text); nothing was changed")
    }
  }

  /// Runs file work and turns what goes wrong into words about the path.
  package static func wrapping<T>(_ path: String, _ body: () throws -> T) throws(LedgerError) -> T {
    do {
      return try body()
    } catch let error as LedgerError {
      throw error
    } catch let error as DatabaseError {
      throw LedgerError(error, path)
    } catch {
      throw LedgerError(.unreadable, "'\(path)': \(error); nothing was changed")
    }
  }
}
