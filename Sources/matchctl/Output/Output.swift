import Foundation
import RecordFiles

/// Standard output in large writes, standard error a line at a time. Used from one thread.
///
/// A reader that goes away (a closed pipe) ends the program quietly with 0.
enum Output {
  nonisolated(unsafe) private static var buffer: [UInt8] = []

  static var isTerminal: Bool {
    isatty(1) == 1
  }

  static var errorIsTerminal: Bool {
    isatty(2) == 1
  }

  static func line(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    buffer.append(10)
    if buffer.count > 1 << 16 { flush() }
  }

  static func raw(_ text: String) {
    buffer.append(contentsOf: text.utf8)
  }

  static func bytes(_ bytes: [UInt8]) {
    buffer.append(contentsOf: bytes)
  }

  static func flush() {
    write(buffer, to: 1)
    buffer.removeAll(keepingCapacity: true)
  }

  static func error(_ text: String) {
    write(Array((text + "\n").utf8), to: 2)
  }

  /// Replaces the last progress line of a terminal.
  static func progress(_ text: String) {
    guard errorIsTerminal else { return }
    write(Array("\r\u{1B}[K\(text)".utf8), to: 2)
  }

  /// Writes a file beside its place first, so that a half-written one never stands there.
  ///
  /// - Parameter path: `-` is standard output.
  static func write(_ bytes: [UInt8], to path: String) throws {
    if path == "-" { return Output.bytes(bytes) }
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw CommandError.input("\(path): \(error.localizedDescription)")
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        exit(errno == EPIPE ? 0 : 2)
      }
      start += count
    }
  }
}
