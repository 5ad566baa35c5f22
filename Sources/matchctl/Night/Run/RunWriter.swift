import Foundation
import Ledger
import Matcher
import Synchronization

/// Writes the files of a run and remembers what they are. Any thread.
final class RunWriter: Sendable {
  /// A file as the manifest names it.
  struct Written: Equatable {
    let name: String
    let size: Int
    let hash: String
  }

  private let folder: String
  private let written = Mutex<[Written]>([])

  /// In the order in which they were finished.
  var files: [Written] { written.withLock { $0 } }

  init(folder: String) {
    self.folder = folder
  }

  func add(_ file: NightFile) throws {
    let path = "\(folder)/\(file.name)"
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try LedgerError.wrapping(path) {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    }
    try DurableFile.write(file.bytes, to: path)
    note(file.name, file.bytes.count, SHA256.hex(file.bytes))
  }

  /// A file of lines, each given to `add` of the file.
  func lines(_ name: String, _ body: (LineFile) throws -> Void) throws {
    let file = try begin(name)
    try body(file)
    try end(name, file)
  }

  /// Begins a file of lines that `end` makes whole.
  func begin(_ name: String) throws -> LineFile {
    try LineFile("\(folder)/\(name)")
  }

  func end(_ name: String, _ file: LineFile) throws {
    let (_, size, hash) = try file.finish()
    note(name, size, hash)
  }

  /// Takes up a file that another part has written into the folder.
  func adopt(_ name: String) throws {
    let (size, hash) = try RunWriter.measure("\(folder)/\(name)")
    note(name, size, hash)
  }

  private func note(_ name: String, _ size: Int, _ hash: String) {
    written.withLock { $0.append(Written(name: name, size: size, hash: hash)) }
  }

  /// The size and the SHA-256 of a file.
  static func measure(_ path: String) throws -> (size: Int, hash: String) {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw NightError(.unreadable, "no file '\(path)'; check the folder and its permissions")
    }
    defer { try? handle.close() }
    var digest = SHA256Stream()
    var size = 0
    try LedgerError.wrapping(path) {
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
        digest.add([UInt8](piece))
        size += piece.count
      }
    }
    return (size, digest.finish())
  }
}
