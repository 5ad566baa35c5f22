import Glibc
import MatcherIndex

extension Corpus.Files {
  /// The tables of a corpus folder on disk.
  ///
  /// - Parameter root: the folder named Corpus.
  public static func folder(_ root: String) -> Corpus.Files {
    let folders = [
      "registry", "registry/units", "registry/keys", "registry/terms", "registry/ladders",
      "taxonomy", "lexicon", "places", "calendars", "policy", "texts",
      "lists", "quantities",
    ]
    var names: [String] = []
    for folder in folders {
      names += entries("\(root)/\(folder)").map { "\(folder)/\($0)" }
    }
    return Corpus.Files(names: names) { bytes(of: "\(root)/\($0)") }
  }

  /// These files with some in the place of others: bytes replace or add a file, nil takes it away.
  public func replacing(_ changes: [String: [UInt8]?]) -> Corpus.Files {
    let kept = names.filter { changes[$0] == nil }
    let added = changes.compactMap { $0.value == nil ? nil : $0.key }
    return Corpus.Files(names: kept + added) { [read] name in
      if let change = changes[name] { return change }
      return read(name)
    }
  }

  /// A checksum of the tables that give records their meaning: what an index was built with. Texts,
  /// list headings and quantity words are left out, as no number of an index depends on them.
  public var fingerprint: UInt64 {
    var sums: [UInt64] = []
    let folders = ["registry/", "taxonomy/", "lexicon/", "places/", "calendars/", "policy/text-"]
    for name in names where folders.contains(where: name.hasPrefix) {
      sums.append(Array(name.utf8).withUnsafeBytes { Checksum.of($0) })
      sums.append((read(name) ?? []).withUnsafeBytes { Checksum.of($0) })
    }
    return sums.withUnsafeBytes { Checksum.of($0) }
  }

  /// The files of a folder whose names have an ending, in no order.
  private static func entries(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.dropFirst().contains(".") { names.append(name) }
    }
    return names
  }

  private static func bytes(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    let size = fstat(file, &status) == 0 ? Int(status.st_size) : 0
    var bytes: [UInt8] = []
    // One more than the size, so that the end is found without another step.
    var room = size + 1
    while true {
      let start = bytes.count
      let more = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        while count < buffer.count, let base = buffer.baseAddress {
          let got = Glibc.read(file, base + count, buffer.count - count)
          if got < 0, errno == EINTR { continue }
          guard got > 0 else { return }
          count += got
        }
      }
      if start == 0 { bytes = more } else { bytes += more }
      guard more.count == room else { return bytes }
      room = 1 << 16
    }
  }
}
