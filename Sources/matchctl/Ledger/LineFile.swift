import Foundation

/// A file that is written piece by piece, counted and hashed. It stands whole and on the disk when
/// `finish` returns; who makes it takes care that nobody takes it for whole before.
package final class LineFile {
  private let path: String
  private let descriptor: Int32
  private var bytes: [UInt8] = []
  private var digest = SHA256Stream()
  private var count = 0
  private var size = 0

  /// - Throws: `LedgerError` `.readOnly`, `.diskFull` or `.unreadable`.
  package init(_ path: String) throws(LedgerError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw DurableFile.error(path) }
  }

  deinit {
    close(descriptor)
  }

  /// Adds a line and its end.
  package func add(_ line: String) throws(LedgerError) {
    bytes.append(contentsOf: line.utf8)
    bytes.append(10)
    count += 1
    if bytes.count > 1 << 20 { try flush() }
  }

  /// Adds whole lines with their ends.
  package func add(lines: [UInt8]) throws(LedgerError) {
    bytes.append(contentsOf: lines)
    count += lines.reduce(0) { $1 == 10 ? $0 + 1 : $0 }
    if bytes.count > 1 << 20 { try flush() }
  }

  /// Forces it to disk.
  ///
  /// - Returns: its lines, its size in bytes and its SHA-256.
  package func finish() throws(LedgerError) -> (count: Int, size: Int, hash: String) {
    try flush()
    guard fsync(descriptor) == 0 else { throw DurableFile.error(path) }
    return (count, size, digest.finish())
  }

  private func flush() throws(LedgerError) {
    digest.add(bytes)
    size += bytes.count
    try DurableFile.put(bytes, descriptor, path)
    bytes.removeAll(keepingCapacity: true)
  }
}
