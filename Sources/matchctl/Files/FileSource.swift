import Foundation
import Matcher

/// Opens record files: a path, or `-` for standard input.
package enum FileSource {
  private static let chunkSize = 1 << 20

  /// All bytes of a file.
  ///
  /// - Throws: `CommandError`, naming the path, also when reading breaks off.
  package static func whole(_ path: String) throws -> [UInt8] {
    let source = try open(path)
    var bytes: [UInt8] = []
    do {
      while let chunk = try source() { bytes += chunk }
    } catch {
      throw CommandError.broken(path, "\(error)")
    }
    return bytes
  }

  /// The bytes of a file in chunks.
  package static func open(_ path: String) throws -> ByteSource {
    let handle: FileHandle
    if path == "-" {
      handle = FileHandle.standardInput
    } else {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw CommandError.noSuchFile(path)
      }
      guard !isFolder.boolValue else { throw CommandError.isFolder(path) }
      guard let opened = FileHandle(forReadingAtPath: path) else {
        throw CommandError.unreadable(path)
      }
      handle = opened
    }
    return {
      let data = try handle.read(upToCount: chunkSize)
      return data.flatMap { $0.isEmpty ? nil : [UInt8]($0) }
    }
  }
}
