import Foundation
import Ledger
import Matcher

/// Holds a folder of runs for one night at a time.
///
/// The system's lock on the file decides, and falls with its process; what the file says (process, its
/// start, the machine's start) is for the message, and tells a lock that was left by a night that ended
/// without a word.
package final class NightLock {
  package struct Holder: Equatable, Sendable {
    package let process: Int32
    /// In clock ticks since the machine started; 0 where it cannot be told.
    package let started: UInt64
    /// The machine's start.
    package let boot: String
    package let since: Instant
  }

  private let descriptor: Int32
  /// Who held it and ended without giving it back; nil if nobody did.
  package let left: Holder?

  /// - Throws: `NightError` `.running` while another night holds it; `LedgerError` where the folder
  ///   cannot be written.
  package init(folder: String) throws {
    let path = "\(folder)/.night.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw DurableFile.error(path) }
    let holder = NightLock.read(descriptor)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      close(descriptor)
      guard number == EWOULDBLOCK else { throw DurableFile.error(path, number) }
      throw NightError(
        .running,
        "another night is at work in '\(folder)' (process \(holder.map { "\($0.process)" } ?? "?"), "
          + "since \(holder.map { "\($0.since)" } ?? "?")); nothing was changed: wait for it")
    }
    left = holder
    try write(path)
  }

  deinit {
    _ = ftruncate(descriptor, 0)
    close(descriptor)
  }

  private func write(_ path: String) throws {
    let own = NightLock.own
    let text = "\(own.process) \(own.started) \(own.boot) \(own.since)\n"
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0,
      text.withCString({ Foundation.write(descriptor, $0, strlen($0)) }) == text.utf8.count
    else { throw DurableFile.error(path) }
  }

  private static func read(_ descriptor: Int32) -> Holder? {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    let parts = String(decoding: bytes[..<count], as: UTF8.self).split(
      whereSeparator: \.isWhitespace)
    guard parts.count == 4, let process = Int32(parts[0]), let started = UInt64(parts[1]),
      let since = Instant(parts[3])
    else { return nil }
    return Holder(process: process, started: started, boot: String(parts[2]), since: since)
  }

  private static var own: Holder {
    let process = ProcessInfo.processInfo.processIdentifier
    return Holder(process: process, started: started(process), boot: boot, since: .now)
  }

  /// The 22nd field of the process's line, behind its name in brackets.
  static func started(_ process: Int32) -> UInt64 {
    guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = line.lastIndex(of: ")")
    else { return 0 }
    let fields = line[line.index(after: end)...].split(separator: " ")
    return fields.count > 19 ? UInt64(fields[19]) ?? 0 : 0
  }

  private static var boot: String {
    let path = "/proc/sys/kernel/random/boot_id"
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown"
  }
}
