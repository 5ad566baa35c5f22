import Foundation
import GRDB

extension Ledger {
  /// Copies the ledger while others read and write it, checks the copy, and puts it in its place whole.
  ///
  /// - Returns: what the copy holds.
  /// - Throws: `LedgerError`; a file that stood at `target` stays as it was then.
  @discardableResult
  package func backup(to target: String) throws -> LedgerIntegrity {
    let beside = target + ".part-\(ProcessInfo.processInfo.processIdentifier)"
    defer { Ledger.remove(beside) }
    try LedgerError.wrapping(target) {
      var configuration = Configuration()
      configuration.label = "backup"
      let queue = try DatabaseQueue(path: beside, configuration: configuration)
      try pool.backup(to: queue)
      // A backup is one file: no log stands beside it.
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try queue.close()
    }
    let copy = try Ledger(opening: beside)
    let found = try copy.integrity()
    try copy.close()
    guard found.problems.isEmpty else { throw LedgerError.damaged(path, found.problems[0]) }
    try LedgerError.wrapping(target) { try DurableFile.move(beside, to: target) }
    return found
  }

  /// Puts a backup where a ledger is to stand.
  ///
  /// - Parameters:
  ///   - source: the backup; it is checked first.
  ///   - target: the ledger's place. One that stands there is kept beside it, under the name given back.
  /// - Returns: what the backup holds, and where the former ledger was put.
  package static func restore(
    _ source: String, to target: String
  ) throws -> (LedgerIntegrity, kept: String?) {
    try FileSystemKind.check(target)
    let backup = try Ledger(opening: source)
    let found = try backup.integrity()
    guard found.problems.isEmpty else { throw LedgerError.damaged(source, found.problems[0]) }
    let beside = target + ".part-\(ProcessInfo.processInfo.processIdentifier)"
    defer { remove(beside) }
    try backup.backup(to: beside)
    try backup.close()
    var kept: String?
    if FileManager.default.fileExists(atPath: target) {
      let name = target + ".before-\(Instant.now.description.filter(\.isNumber))"
      try LedgerError.wrapping(target) {
        for ending in ["", "-wal", "-shm"]
        where FileManager.default.fileExists(atPath: target + ending) {
          try FileManager.default.moveItem(atPath: target + ending, toPath: name + ending)
        }
      }
      kept = name
    }
    try LedgerError.wrapping(target) { try DurableFile.move(beside, to: target) }
    return (found, kept)
  }

  private static func remove(_ path: String) {
    for ending in ["", "-wal", "-shm", "-journal"] {
      try? FileManager.default.removeItem(atPath: path + ending)
    }
  }
}
