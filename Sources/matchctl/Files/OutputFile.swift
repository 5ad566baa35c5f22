import Foundation

/// Writes a whole file: beside its place first, so that a half-written one never stands there.
enum OutputFile {
  /// - Parameter path: `-` is standard output.
  static func write(_ bytes: [UInt8], to path: String) throws {
    if path == "-" { return Output.bytes(bytes) }
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw CommandError.input("cannot write '\(path)'; check the folder and its permissions")
    }
  }
}
