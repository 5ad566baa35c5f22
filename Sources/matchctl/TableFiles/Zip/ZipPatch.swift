/// Writes a zip file from another one.
extension ZipArchive {
  /// The file with the content of some parts replaced. All other parts keep their bytes, place in
  /// the order and description; a part whose content does not change does so too.
  ///
  /// - Throws: `TableFileError` when a part is damaged.
  func replacing(_ parts: [String: [UInt8]]) throws(TableFileError) -> [UInt8] {
    let changed = try changedParts(parts)
    if changed.isEmpty { return bytes }
    let starts = entries.map(\.headerOffset).sorted() + [directoryStart]
    var out: [UInt8] = []
    var offsets: [Int] = []
    var sizes: [Int: PackedPart] = [:]
    let order = entries.indices.sorted { entries[$0].headerOffset < entries[$1].headerOffset }
    offsets = Array(repeating: 0, count: entries.count)
    for index in order {
      let entry = entries[index]
      offsets[index] = out.count
      if let content = changed[entry.name] {
        let packed = PackedPart(content)
        sizes[index] = packed
        out += packed.header(name: entry.name) + packed.data
      } else {
        let end = starts.first { $0 > entry.headerOffset } ?? directoryStart
        guard entry.headerOffset <= end, end <= bytes.count else { throw .damaged(entry.name) }
        out += bytes[entry.headerOffset..<end]
      }
    }
    appendDirectory(to: &out, offsets: offsets, packed: sizes)
    return out
  }

  /// The parts that are there and have another content than the file's.
  private func changedParts(
    _ parts: [String: [UInt8]]
  ) throws(TableFileError) -> [String: [UInt8]] {
    var changed: [String: [UInt8]] = [:]
    for (name, content) in parts {
      guard let entry = entry(name) else { throw .damaged(name) }
      if try self.content(entry, limit: limits.partSize) != content {
        changed[entry.name] = content
      }
    }
    return changed
  }

  /// Where the directory begins: behind the last part.
  private var directoryStart: Int {
    entries.map(\.record.lowerBound).min() ?? bytes.count
  }

  private func appendDirectory(
    to out: inout [UInt8], offsets: [Int], packed: [Int: PackedPart]
  ) {
    let start = out.count
    for (index, entry) in entries.enumerated() {
      var record = Array(bytes[entry.record])
      if let part = packed[index] {
        record = part.record(name: entry.name, like: record)
      } else {
        ZipArchive.narrow(&record, entry)
      }
      record.replaceSubrange(42..<46, with: ZipArchive.number(offsets[index]))
      out += record
    }
    let size = out.count - start
    out += [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    out.append16(entries.count)
    out.append16(entries.count)
    out.append32(size)
    out.append32(start)
    out.append16(0)
  }

  /// Numbers that a record kept in a Zip64 field go back into the record: the file is small enough.
  private static func narrow(_ record: inout [UInt8], _ entry: Entry) {
    let wide = [20, 24, 42].contains { record.u32(at: $0) == 0xFFFF_FFFF }
    guard wide, let nameLength = record.u16(at: 28), let extraLength = record.u16(at: 30) else {
      return
    }
    record.replaceSubrange(20..<24, with: number(entry.compressedSize))
    record.replaceSubrange(24..<28, with: number(entry.size))
    record.replaceSubrange(30..<32, with: [0, 0])
    record.removeSubrange(46 + nameLength..<46 + nameLength + extraLength)
  }

  static func number(_ value: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append32(value)
    return bytes
  }
}

/// A part compressed for a zip file.
struct PackedPart {
  /// 1 January 1980: a file made twice has the same bytes.
  private static let moment: [UInt8] = [0, 0, 0x21, 0]

  let data: [UInt8]
  private let crc: Int
  private let size: Int

  init(_ content: [UInt8]) {
    data = deflated(content)
    crc = zipChecksum(content)
    size = content.count
  }

  /// The header in front of the data.
  func header(name: String) -> [UInt8] {
    [0x50, 0x4B, 3, 4, 20, 0] + description + lengths(name) + [UInt8](name.utf8)
  }

  /// The record in the directory; its offset is filled in by the caller.
  func record(name: String, like old: [UInt8]? = nil) -> [UInt8] {
    let attributes = old.map { Array($0[36..<42]) } ?? [0, 0, 0, 0, 0, 0]
    let head: [UInt8] = [0x50, 0x4B, 1, 2, 20, 0, 20, 0]
    return head + description + lengths(name) + [0, 0, 0, 0] + attributes + [0, 0, 0, 0]
      + [UInt8](name.utf8)
  }

  /// Flags (names are UTF-8), method, moment, checksum and sizes.
  private var description: [UInt8] {
    [0, 8, 8, 0] + PackedPart.moment + ZipArchive.number(crc) + ZipArchive.number(data.count)
      + ZipArchive.number(size)
  }

  /// The lengths of the name and of an extra field, of which there is none.
  private func lengths(_ name: String) -> [UInt8] {
    let count = name.utf8.count
    return [UInt8(truncatingIfNeeded: count), UInt8(truncatingIfNeeded: count >> 8), 0, 0]
  }
}

/// Writes a new zip file.
package struct ZipWriter {
  private var out: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  package init() {}

  package mutating func add(_ name: String, _ content: String) {
    add(name, bytes: Array(content.utf8))
  }

  package mutating func add(_ name: String, bytes content: [UInt8]) {
    let part = PackedPart(content)
    var record = part.record(name: name)
    record.replaceSubrange(42..<46, with: ZipArchive.number(out.count))
    directory += record
    out += part.header(name: name) + part.data
    count += 1
  }

  /// The whole file.
  package func finish() -> [UInt8] {
    var out = out
    let start = out.count
    out += directory
    out += [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    out.append16(count)
    out.append16(count)
    out.append32(directory.count)
    out.append32(start)
    out.append16(0)
    return out
  }
}
