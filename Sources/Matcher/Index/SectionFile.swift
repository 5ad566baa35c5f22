import Glibc

/// Sections as one file: written whole or not at all, opened by mapping, refused when damaged.
///
/// The layout is in `Matcher.docc/SnapshotFormat.md`: a head of 64 bytes, a directory with a record
/// for each section and the names, then the sections, each aligned to 64 bytes.
public enum SectionFile {
  /// The version this code writes, and the newest it reads.
  public static let version: UInt32 = 1

  static let magic: UInt64 = 0x3150_414E_5348_544D  // "MTHSNAP1" in file order
  static let headBytes = 64
  static let recordBytes = 48
  static let alignment = 64

  /// Writes sections to a file, replacing one that is there.
  ///
  /// The bytes go to a temporary file beside it, are synced, renamed, and the folder is synced: at
  /// any moment there is the old file or the new one.
  ///
  /// - Throws: `SectionFileError.system` with the step that failed; the temporary file is removed.
  public static func write(_ sections: Sections, to path: String) throws(SectionFileError) {
    let temporary = path + ".\(getpid()).part"
    let file = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .system("create", temporary, errno) }
    do throws(SectionFileError) {
      try write(sections, file, temporary)
      guard fsync(file) == 0 else { throw .system("sync", temporary, errno) }
    } catch {
      close(file)
      unlink(temporary)
      throw error
    }
    guard close(file) == 0, rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw .system("rename", path, code)
    }
    syncFolder(of: path)
  }

  private static func syncFolder(of path: String) {
    let end = path.lastIndex(of: "/")
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = Glibc.open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func write(
    _ sections: Sections, _ file: Int32, _ path: String
  ) throws(SectionFileError) {
    var names: [UInt8] = []
    var records: [UInt64] = []
    let directory = headBytes + sections.all.count * recordBytes
    let nameBytes = sections.all.reduce(0) { $0 + $1.name.utf8.count }
    var offset = aligned(directory + nameBytes)
    for section in sections.all {
      let name = Array(section.name.utf8)
      records += [
        UInt64(names.count) | UInt64(name.count) << 32, UInt64(section.width),
        UInt64(section.count), UInt64(offset), Checksum.of(section.bytes), 0,
      ]
      names += name
      offset = aligned(offset + section.bytes.count)
    }
    var head: [UInt64] = [
      magic, UInt64(version) | UInt64(sections.all.count) << 32, UInt64(offset),
      UInt64(names.count), 0, 0, 0, 0,
    ]
    let body = records.map(\.littleEndian)
    head[4] = body.withUnsafeBytes { Checksum.of($0) }
    head[5] = names.withUnsafeBytes { Checksum.of($0) }
    head[6] = head.prefix(6).map(\.littleEndian).withUnsafeBytes { Checksum.of($0) }
    var place = 0
    try put(Column(head.map(\.littleEndian)), file, path, &place)
    try put(Column(body), file, path, &place)
    try put(Column(names), file, path, &place)
    for section in sections.all {
      try pad(file, path, &place)
      try put(section.bytes, file, path, &place)
    }
    try pad(file, path, &place)
  }

  private static func pad(
    _ file: Int32, _ path: String, _ place: inout Int
  ) throws(SectionFileError) {
    try put(Column([UInt8](repeating: 0, count: aligned(place) - place)), file, path, &place)
  }

  private static func put<Element>(
    _ column: Column<Element>, _ file: Int32, _ path: String, _ place: inout Int
  ) throws(SectionFileError) {
    // The bytes belong to the column.
    defer { withExtendedLifetime(column) {} }
    try put(column.bytes, file, path, &place)
  }

  private static func put(
    _ bytes: UnsafeRawBufferPointer, _ file: Int32, _ path: String, _ place: inout Int
  ) throws(SectionFileError) {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      let written = Glibc.write(file, base + done, min(bytes.count - done, 1 << 30))
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw .system("write", path, errno) }
      done += written
    }
    place += bytes.count
  }

  static func aligned(_ place: Int) -> Int {
    (place + alignment - 1) / alignment * alignment
  }
}

/// Why a file of sections cannot be written or read.
public enum SectionFileError: Error, Equatable {
  /// The step, the path and the system's error number.
  case system(String, String, Int32)
  /// It does not begin as such a file does.
  case notASnapshot(String)
  /// The file's version and the newest that is read.
  case newer(String, version: UInt32, supported: UInt32)
  /// Bytes expected and found.
  case truncated(String, expected: UInt64, found: UInt64)
  /// What does not agree with its checksum.
  case damaged(String, part: String)
}

extension SectionFile {
  /// A file that was opened: its sections are read from the mapping.
  public struct Opened: Sendable {
    public let sections: Sections
    public let version: UInt32
    /// The file's size in bytes.
    public let bytes: Int
  }

  /// Maps a file and takes its sections.
  ///
  /// - Parameters:
  ///   - verify: also reads all bytes and compares every checksum; the head and the directory are
  ///     always compared.
  ///   - unread: of the file's sections the names of those that are not verified, as whoever opens the
  ///     file does not read them, or holds what it reads of them to checksums of its own.
  /// - Complexity: O(sections), or O(bytes) to verify.
  public static func open(
    _ path: String, verify: Bool, except unread: (Sections) -> Set<String> = { _ in [] },
    workers: Workers = .one
  ) throws(SectionFileError) -> Opened {
    let map = try Mapping(path)
    guard map.count >= headBytes else {
      guard map.count >= 8, map.word(0) == magic else { throw .notASnapshot(path) }
      throw .truncated(path, expected: UInt64(headBytes), found: UInt64(map.count))
    }
    guard map.word(0) == magic else { throw .notASnapshot(path) }
    let version = UInt32(truncatingIfNeeded: map.word(1))
    guard version <= self.version else {
      throw .newer(path, version: version, supported: self.version)
    }
    guard version > 0, Checksum.of(map.bytes(0, 48)) == map.word(6), map.word(7) == 0 else {
      throw .damaged(path, part: "head")
    }
    guard map.word(2) == UInt64(map.count) else {
      throw .truncated(path, expected: map.word(2), found: UInt64(map.count))
    }
    let count = Int(map.word(1) >> 32)
    let directory = count * recordBytes
    let nameBytes = Int(clamping: map.word(3))
    guard headBytes + directory <= map.count, nameBytes <= map.count - headBytes - directory,
      Checksum.of(map.bytes(headBytes, directory)) == map.word(4),
      Checksum.of(map.bytes(headBytes + directory, nameBytes)) == map.word(5)
    else { throw .damaged(path, part: "directory") }
    let sections = try sections(map, count, names: headBytes + directory, nameBytes, path)
    if verify { try self.verify(sections, except: unread(sections), map, path, workers) }
    return Opened(sections: sections, version: version, bytes: map.count)
  }

  private static func sections(
    _ map: Mapping, _ count: Int, names: Int, _ nameBytes: Int, _ path: String
  ) throws(SectionFileError) -> Sections {
    var sections = Sections()
    var seen: Set<String> = []
    for number in 0..<count {
      let record = headBytes / 8 + number * recordBytes / 8
      let place = map.word(record)
      let (from, length) = (Int(place & 0xFFFF_FFFF), Int(place >> 32))
      let offset = map.word(record + 3)
      guard from + length <= nameBytes, let width = Int(exactly: map.word(record + 1)),
        let values = Int(exactly: map.word(record + 2)), offset % UInt64(alignment) == 0,
        offset <= UInt64(map.count)
      else { throw .damaged(path, part: "directory") }
      let (bytes, isTooMany) = width.multipliedReportingOverflow(by: values)
      let name = String(decoding: map.bytes(names + from, length), as: UTF8.self)
      guard !isTooMany, bytes <= map.count - Int(offset), seen.insert(name).inserted
      else { throw .damaged(path, part: "directory") }
      sections.add(
        name, width: width, count: values, at: map.start + Int(offset), owner: map)
    }
    return sections
  }

  private static func verify(
    _ sections: Sections, except unread: Set<String>, _ map: Mapping, _ path: String,
    _ workers: Workers
  ) throws(SectionFileError) {
    let all = sections.all
    let isRead = all.map { !unread.contains($0.name) }
    let damaged = Column(Memory(bytes: max(1, all.count) * 8), count: all.count) as Column<UInt64>
    let marks = UnsafeMutablePointer(mutating: damaged.base)
    let place = UInt(bitPattern: marks)
    workers.ordered(
      all.count, chunk: 1, state: { 0 },
      work: { range, _ in
        let marks = UnsafeMutablePointer<UInt64>(bitPattern: place)
        for number in range where isRead[number] {
          let record = headBytes / 8 + number * recordBytes / 8
          marks?[number] = Checksum.of(all[number].bytes) == map.word(record + 4) ? 0 : 1
        }
        return 0
      }, emit: { _ in true })
    var end = headBytes + all.count * recordBytes + Int(map.word(3))
    for section in all {
      let start = UInt(bitPattern: section.bytes.baseAddress) - UInt(bitPattern: map.start)
      guard map.isZero(end, Int(start)) else { throw .damaged(path, part: "padding") }
      end = Int(start) + section.bytes.count
    }
    guard map.isZero(end, map.count) else { throw .damaged(path, part: "padding") }
    if let first = damaged.buffer.firstIndex(where: { $0 != 0 }) {
      throw .damaged(path, part: all[first].name)
    }
  }
}

/// A file mapped for reading; unmapped with its owner.
private final class Mapping: @unchecked Sendable {
  let start: UnsafeRawPointer
  let count: Int

  init(_ path: String) throws(SectionFileError) {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system("open", path, errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .system("stat", path, errno) }
    guard status.st_size > 0 else { throw .notASnapshot(path) }
    count = Int(status.st_size)
    guard let memory = mmap(nil, count, PROT_READ, MAP_SHARED, file, 0), memory != MAP_FAILED
    else { throw .system("map", path, errno) }
    start = UnsafeRawPointer(memory)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: start), count)
  }

  func bytes(_ from: Int, _ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start + from, count: count)
  }

  /// Whether the bytes between two places are there in that order and all 0.
  func isZero(_ from: Int, _ to: Int) -> Bool {
    from <= to && to <= count && bytes(from, to - from).allSatisfy { $0 == 0 }
  }

  /// The 64-bit number at a place counted in such numbers.
  func word(_ place: Int) -> UInt64 {
    UInt64(littleEndian: start.load(fromByteOffset: place * 8, as: UInt64.self))
  }
}
