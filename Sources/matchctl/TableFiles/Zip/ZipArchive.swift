/// Reads the container of `.xlsx` and `.docx` files.
///
/// The directory at the end of the file counts, as the format wants it; Zip64 numbers are read.
/// Every offset and length is checked against the file, so that a damaged file is an error and
/// never a trap.
struct ZipArchive: Sendable {
  struct Entry: Sendable, Equatable {
    /// The path, with `/`, without one in front.
    let name: String
    let flags: Int
    /// 0 stored, 8 deflated.
    let method: Int
    let crc: Int
    let compressedSize: Int
    let size: Int
    /// Where the local header begins in the file.
    let headerOffset: Int
    /// The entry's record in the directory.
    let record: Range<Int>

    var isEncrypted: Bool { flags & 1 != 0 }
  }

  /// Limits on what a part may expand to.
  struct Limits: Sendable {
    /// Bytes of one part.
    var partSize = 1 << 30
    /// Bytes out for one byte in, counted beyond `freeSize` bytes.
    var ratio = 250
    var freeSize = 16 << 20
    var entries = 65_536
  }

  let bytes: [UInt8]
  let entries: [Entry]
  let limits: Limits
  private let byName: [String: Int]

  init(_ bytes: [UInt8], limits: Limits = Limits()) throws(TableFileError) {
    self.bytes = bytes
    self.limits = limits
    let (start, size, count) = try ZipArchive.directory(bytes)
    guard count <= limits.entries else {
      throw .tooLarge("\(count) > \(limits.entries)")
    }
    entries = try ZipArchive.entries(bytes, start: start, size: size, count: count)
    guard entries.reduce(0, { $0 + min($1.compressedSize, 1 << 40) }) <= bytes.count else {
      throw .tooLarge("zip")
    }
    byName = Dictionary(
      entries.enumerated().map { ($1.name.lowercased(), $0) }, uniquingKeysWith: { $1 })
  }

  /// The entry of a path, found without regard to case and to a `/` in front.
  func entry(_ path: String) -> Entry? {
    let name = path.hasPrefix("/") ? String(path.dropFirst()) : path
    return byName[name.lowercased()].map { entries[$0] }
  }

  /// The bytes of an entry as the file holds them, still compressed.
  func compressed(_ entry: Entry) throws(TableFileError) -> ArraySlice<UInt8> {
    guard bytes.u32(at: entry.headerOffset) == 0x0403_4B50,
      let nameLength = bytes.u16(at: entry.headerOffset + 26),
      let extraLength = bytes.u16(at: entry.headerOffset + 28)
    else { throw .damaged(entry.name) }
    let start = entry.headerOffset + 30 + nameLength + extraLength
    guard start <= bytes.count, entry.compressedSize <= bytes.count - start else {
      throw .damaged(entry.name)
    }
    return bytes[start..<start + entry.compressedSize]
  }

  /// The content of a part in chunks, checked against its checksum at the end.
  func open(_ entry: Entry) throws(TableFileError) -> PartSource {
    if entry.isEncrypted { throw .encrypted }
    let raw = try compressed(entry)
    switch entry.method {
    case 0, 8: return PartSource(raw, entry: entry, limits: limits)
    default: throw .damaged("\(entry.name): \(entry.method)")
    }
  }

  /// The whole content of a part of at most `limit` bytes.
  func content(_ entry: Entry, limit: Int = 256 << 20) throws(TableFileError) -> [UInt8] {
    let source = try open(entry)
    var content: [UInt8] = []
    while let chunk = try source.next() {
      content += chunk
      if content.count > limit { throw .tooLarge("\(entry.name) > \(limit >> 20) MB") }
    }
    return content
  }

  /// Where the directory stands, how long it is and how many entries it has.
  private static func directory(
    _ bytes: [UInt8]
  ) throws(TableFileError) -> (start: Int, size: Int, count: Int) {
    guard let end = endRecord(bytes), let entries = bytes.u16(at: end + 10),
      let size = bytes.u32(at: end + 12), let offset = bytes.u32(at: end + 16)
    else { throw TableFileError("file.truncated") }
    var place = (start: offset, size: size, count: entries)
    if bytes.u32(at: end - 20) == 0x0706_4B50, let wide = bytes.u64(at: end - 12),
      bytes.u32(at: wide) == 0x0606_4B50, let count = bytes.u64(at: wide + 32),
      let size = bytes.u64(at: wide + 40), let offset = bytes.u64(at: wide + 48)
    {
      place = (offset, size, count)
    }
    guard place.start <= bytes.count, place.size <= bytes.count - place.start else {
      throw TableFileError("file.truncated")
    }
    return place
  }

  /// The last end record: a comment of up to 64 KiB may follow it.
  private static func endRecord(_ bytes: [UInt8]) -> Int? {
    var place = bytes.count - 22
    let lowest = max(0, place - 65_535)
    while place >= lowest {
      if bytes[place] == 0x50, bytes.u32(at: place) == 0x0605_4B50 { return place }
      place -= 1
    }
    return nil
  }

  private static func entries(
    _ bytes: [UInt8], start: Int, size: Int, count: Int
  ) throws(TableFileError) -> [Entry] {
    var entries: [Entry] = []
    var place = start
    while place < start + size {
      guard bytes.u32(at: place) == 0x0201_4B50, let entry = record(bytes, place) else {
        throw .damaged("zip directory")
      }
      entries.append(entry)
      place = entry.record.upperBound
    }
    return entries
  }

  /// The directory record at a place.
  private static func record(_ bytes: [UInt8], _ place: Int) -> Entry? {
    guard let flags = bytes.u16(at: place + 8), let method = bytes.u16(at: place + 10),
      let crc = bytes.u32(at: place + 16), let compressed = bytes.u32(at: place + 20),
      let size = bytes.u32(at: place + 24), let nameLength = bytes.u16(at: place + 28),
      let extraLength = bytes.u16(at: place + 30), let commentLength = bytes.u16(at: place + 32),
      let offset = bytes.u32(at: place + 42)
    else { return nil }
    let end = place + 46 + nameLength + extraLength + commentLength
    guard end <= bytes.count else { return nil }
    var sizes = [size, compressed, offset]
    let extra = place + 46 + nameLength
    guard widen(&sizes, bytes, extra..<extra + extraLength) else { return nil }
    var name = String(decoding: bytes[place + 46..<extra], as: UTF8.self)
      .replacing("\\", with: "/")
    if name.hasPrefix("/") { name.removeFirst() }
    return Entry(
      name: name, flags: flags, method: method, crc: crc, compressedSize: sizes[1],
      size: sizes[0], headerOffset: sizes[2], record: place..<end)
  }

  /// Replaces sizes that did not fit into 32 bits by those of the Zip64 field.
  private static func widen(_ sizes: inout [Int], _ bytes: [UInt8], _ extra: Range<Int>) -> Bool {
    guard sizes.contains(0xFFFF_FFFF) else { return true }
    var place = extra.lowerBound
    while let id = bytes.u16(at: place), let length = bytes.u16(at: place + 2),
      place + 4 + length <= extra.upperBound
    {
      if id == 1 {
        var field = place + 4
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
          guard field + 8 <= place + 4 + length, let wide = bytes.u64(at: field) else {
            return false
          }
          sizes[index] = wide
          field += 8
        }
        return true
      }
      place += 4 + length
    }
    return true
  }
}
