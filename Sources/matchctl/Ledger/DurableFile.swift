import Foundation

/// Files that are whole or not there: written beside their place, forced to disk, then renamed.
package enum DurableFile {
  /// Writes a file; one that is there is replaced in one step.
  ///
  /// - Throws: `LedgerError` `.diskFull`, `.readOnly` or `.unreadable`; a file that was there stays.
  package static func write(_ bytes: [UInt8], to path: String) throws(LedgerError) {
    let beside = path + ".part-\(getpid())"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw error(path) }
    do throws(LedgerError) {
      try put(bytes, descriptor, path)
      guard fsync(descriptor) == 0 else { throw error(path) }
    } catch {
      close(descriptor)
      unlink(beside)
      throw error
    }
    close(descriptor)
    do throws(LedgerError) {
      try move(beside, to: path)
    } catch {
      unlink(beside)
      throw error
    }
  }

  /// Puts a file that was written beside its place there, and forces both to disk.
  package static func move(_ beside: String, to path: String) throws(LedgerError) {
    let descriptor = open(beside, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error(path) }
    let synced = fsync(descriptor)
    close(descriptor)
    guard synced == 0, rename(beside, path) == 0 else { throw error(path) }
    try syncFolder(of: path)
  }

  /// Forces a folder's list of names to disk.
  package static func syncFolder(of path: String) throws(LedgerError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw error(path) }
  }

  static func put(
    _ bytes: [UInt8], _ descriptor: Int32, _ path: String
  ) throws(LedgerError) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw error(path)
      }
      done += count
    }
  }

  /// What the system's last error, or the one given, means for a file that was to be written.
  package static func error(_ path: String, _ number: Int32 = errno) -> LedgerError {
    switch number {
    case ENOSPC, EDQUOT:
      LedgerError(
        .diskFull,
        "the disk that holds '\(path)' is full; nothing was changed: free some space "
          + "and do it again")
    case EACCES, EPERM, EROFS:
      LedgerError(
        .readOnly, "'\(path)' cannot be written; check the owner and the permissions of its folder")
    default:
      LedgerError(
        .unreadable,
        "writing '\(path)' failed (\(String(cString: strerror(number)))); check the "
          + "folder")
    }
  }
}
