import Foundation
import GRDB
import Matcher

/// The one source of truth: every version of every record, every decision and every run, in one
/// SQLite file (WAL).
///
/// What happens is an `Entry`; entries are only ever added, in one order, each holding the hash of the
/// one before. What stands now (`Present`) is read off them and can be made again from them. Names and
/// numbers of persons stand outside, in `Contact`, so that a person can be forgotten without an entry
/// changing.
///
/// Any thread may read and write; several processes may too: writers take turns, readers see what was
/// there when they began. A write that returned has been forced to disk (`synchronous=FULL`).
package final class Ledger: Sendable {
  package let path: String
  let pool: DatabasePool
  private let clock: @Sendable () -> Instant

  /// Opens a ledger that is there, taking it to this version's tables.
  ///
  /// - Parameters:
  ///   - path: the file; `-wal` and `-shm` stand beside it while it is open.
  ///   - clock: when things happen.
  /// - Throws: `LedgerError` where there is no ledger, its file system cannot hold one, it is damaged,
  ///   or it was written by a newer program.
  package convenience init(
    opening path: String, clock: @escaping @Sendable () -> Instant = { .now }
  ) throws(LedgerError) {
    guard FileManager.default.fileExists(atPath: path) else { throw .missing(path) }
    try self.init(path, clock: clock)
  }

  /// Makes a new ledger, or opens one that is there.
  package convenience init(
    creating path: String, clock: @escaping @Sendable () -> Instant = { .now }
  ) throws(LedgerError) {
    try self.init(path, clock: clock)
  }

  private init(_ path: String, clock: @escaping @Sendable () -> Instant) throws(LedgerError) {
    self.path = path
    self.clock = clock
    try FileSystemKind.check(path)
    pool = try LedgerError.wrapping(path) {
      let pool = try DatabasePool(path: path, configuration: Ledger.configuration)
      if try pool.read(LedgerSchema.migrator.hasBeenSuperseded) { throw LedgerError.newer(path) }
      try LedgerSchema.migrator.migrate(pool)
      return pool
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "ledger"
    // Another process may hold the pen for as long as a large list takes.
    configuration.busyMode = .timeout(60)
    configuration.maximumReaderCount = 8
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try db.execute(sql: "PRAGMA secure_delete = ON")
    }
    return configuration
  }

  /// One view of the ledger, which later writes do not change.
  ///
  /// - Throws: `LedgerError`; other errors of `body` pass through.
  package func read<T>(_ body: (LedgerReader) throws -> T) throws -> T {
    try rethrowing { try pool.read { try body(LedgerReader(db: $0)) } }
  }

  /// One transaction: all of it or nothing; when this returns it is on the disk.
  ///
  /// - Parameter who: the person or program that acts.
  @discardableResult
  package func write<T>(by who: String, _ body: (LedgerWriter) throws -> T) throws -> T {
    try rethrowing {
      try pool.writeWithoutTransaction { db in
        // `PRAGMA synchronous` of a connection can be lost to a library's own set-up.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        var out: T?
        try db.inTransaction(.immediate) {
          out = try body(LedgerWriter(db: db, who: who, now: clock()))
          return .commit
        }
        guard let out else { throw LedgerError.damaged(path, "a write gave nothing") }
        return out
      }
    }
  }

  /// Closes all connections; the ledger is not used after this.
  package func close() throws {
    try pool.close()
  }

  private func rethrowing<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw LedgerError(error, path)
    }
  }
}
