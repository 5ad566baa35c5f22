import Foundation
import Ledger
import Matcher
import RecordFiles
import Synchronization

/// Lists that were uploaded and wait to be published: a file each with what is known of it, in a folder
/// that nobody else reads. What a person corrects is kept beside the file, which stays as it came.
final class ListSpool: Sendable {
  private let folder: URL
  /// One change of a list at a time.
  private let pen = Mutex(())

  /// - Throws: where the folder cannot be made.
  init(_ path: String) throws {
    folder = URL(fileURLWithPath: path, isDirectory: true)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// Keeps an upload.
  func add(_ bytes: [UInt8], _ list: KeptList) throws {
    try pen.withLock { _ in
      try write(Data(bytes), file(list.id))
      try write(list)
    }
  }

  /// All lists of a park, newest first.
  func lists(of park: String) throws -> [KeptList] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return names.filter { $0.hasSuffix(".json") }.compactMap { read(String($0.dropLast(5))) }
      .filter { $0.park == park }
      .sorted { ($0.at, $0.id) > ($1.at, $1.id) }
  }

  /// A list of a park; nil for unknown and foreign alike.
  func list(_ id: String, park: String?) -> KeptList? {
    guard ListSpool.isID(id), let list = read(id), list.park == park else { return nil }
    return list
  }

  func bytes(_ id: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: file(id)))
  }

  /// Changes what is kept beside a list's file.
  func change(_ id: String, _ edit: (inout KeptList) throws -> Void) throws -> KeptList? {
    try pen.withLock { _ in
      guard ListSpool.isID(id), var list = read(id) else { return nil }
      try edit(&list)
      try write(list)
      return list
    }
  }

  func remove(_ id: String) {
    pen.withLock { _ in
      guard ListSpool.isID(id) else { return }
      try? FileManager.default.removeItem(at: file(id))
      try? FileManager.default.removeItem(at: note(id))
    }
  }

  /// Ids are ours alone, so that none becomes another path.
  private static func isID(_ id: String) -> Bool {
    id.utf8.count == 24 && id.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  private func file(_ id: String) -> URL { folder.appendingPathComponent(id + ".list") }

  private func note(_ id: String) -> URL { folder.appendingPathComponent(id + ".json") }

  private func read(_ id: String) -> KeptList? {
    guard let data = try? Data(contentsOf: note(id)),
      let json = try? JSONParser.parse([UInt8](data))
    else { return nil }
    return KeptList(json)
  }

  private func write(_ list: KeptList) throws {
    try write(Data(JSONWriter.line(.object(list.json)).utf8), note(list.id))
  }

  private func write(_ data: Data, _ url: URL) throws {
    try data.write(to: url, options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path)
  }
}
