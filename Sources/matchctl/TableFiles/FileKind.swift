/// What a file is, by its first bytes; its name only where they do not tell.
package enum FileKind: Equatable, Sendable {
  /// `.xlsx`, `.xlsm`, `.xltx`.
  case workbook
  /// `.docx`.
  case document
  /// Text in rows and cells.
  case delimited
  case json
  case jsonLines
  /// Something else, by the id of the sentence that says what to do.
  case foreign(String)

  /// Judges the first bytes, at least 512 where the file has them.
  static func sniff(_ head: [UInt8], name: String) -> FileKind {
    if head.isEmpty { return .foreign("file.empty") }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      return .workbook
    }
    for (mark, offset, id) in marks
    where head.count >= offset + mark.count && head[offset...].starts(with: mark) {
      return .foreign(id)
    }
    if isBitmap(head) { return .foreign("file.picture") }
    return text(head, ending: ending(name))
  }

  /// `BM`, the size, four zeros: two letters alone may also begin a text.
  private static func isBitmap(_ head: [UInt8]) -> Bool {
    head.starts(with: "BM".utf8) && head.u32(at: 6) == 0
  }

  /// What stands inside a container, by the parts it has.
  static func container(_ archive: ZipArchive) -> FileKind {
    if archive.entries.contains(where: { $0.name == "mimetype" }) { return .foreign("file.ods") }
    func has(_ prefix: String) -> Bool {
      archive.entries.contains { $0.name.lowercased().hasPrefix(prefix) }
    }
    if archive.entry("xl/workbook.bin") != nil { return .foreign("file.xlsb") }
    if has("word/") { return .document }
    if has("ppt/") { return .foreign("file.foreign") }
    if has("xl/") || archive.entry("_rels/.rels") != nil { return .workbook }
    return .foreign("file.archive")
  }

  /// What an OLE container holds: the streams' names stand in it as UTF-16.
  static func compound(_ bytes: [UInt8]) -> FileKind {
    func has(_ name: String) -> Bool {
      bytes.firstRange(of: name.utf8.flatMap { [$0, 0] }) != nil
    }
    if has("EncryptedPackage") { return .foreign("file.encrypted") }
    if has("WordDocument") { return .foreign("file.doc") }
    return .foreign(has("Workbook") || has("Book") ? "file.xls" : "file.foreign")
  }

  /// First bytes of formats that are not read.
  private static let marks: [([UInt8], Int, String)] = [
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, ole),
    (Array("%PDF".utf8), 0, "file.pdf"),
    ([0x89, 0x50, 0x4E, 0x47], 0, "file.picture"), ([0xFF, 0xD8, 0xFF], 0, "file.picture"),
    (Array("GIF8".utf8), 0, "file.picture"),
    ([0x49, 0x49, 0x2A, 0], 0, "file.picture"), ([0x4D, 0x4D, 0, 0x2A], 0, "file.picture"),
    (Array("WEBP".utf8), 8, "file.picture"), (Array("ftyphei".utf8), 4, "file.picture"),
    (Array("ftypmif".utf8), 4, "file.picture"), (Array("{\\rtf".utf8), 0, "file.doc"),
    ([0x1F, 0x8B], 0, "file.archive"), (Array("Rar!".utf8), 0, "file.archive"),
    ([0x37, 0x7A, 0xBC, 0xAF], 0, "file.archive"),
  ]

  static let ole = "file.ole"

  static func ending(_ name: String) -> String {
    let last = name.split(separator: "/").last ?? ""
    guard let dot = last.lastIndex(of: ".") else { return "" }
    return last[last.index(after: dot)...].lowercased()
  }

  private static func text(_ head: [UInt8], ending: String) -> FileKind {
    let start = head.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }.prefix(512)
    if start.first == UInt8(ascii: "<") {
      let word = String(decoding: start, as: UTF8.self).lowercased()
      if word.contains("<html") || word.contains("<table") || word.contains("<!doctype html")
        || word.contains("urn:schemas-microsoft-com")
      {
        return .foreign("file.html")
      }
    }
    if start.starts(with: "MIME-Version:".utf8) { return .foreign("file.html") }
    switch ending {
    case "json": return .json
    case "jsonl", "ndjson": return .jsonLines
    case "csv", "tsv", "txt", "tab": break
    default:
      if start.first == UInt8(ascii: "{") { return .jsonLines }
      if start.first == UInt8(ascii: "[") { return .json }
    }
    if isBinary(head) { return .foreign(foreignID(ending)) }
    return .delimited
  }

  /// Zero bytes that are not those of UTF-16.
  private static func isBinary(_ head: [UInt8]) -> Bool {
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return false }
    let sample = head.prefix(4096)
    let zeros = sample.indices.filter { sample[$0] == 0 }
    return Set(zeros.map { $0 & 1 }).count == 2
  }

  /// The sentence for a file whose bytes say nothing, by its ending.
  private static func foreignID(_ ending: String) -> String {
    switch ending {
    case "xls", "et", "xlt", "ett": "file.xls"
    case "xlsx", "xlsm", "docx": "file.not_office"
    case "doc", "wps", "wpt", "rtf": "file.doc"
    case "ods", "odt": "file.ods"
    case "pdf", "ofd": "file.pdf"
    case "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "heic": "file.picture"
    default: "file.foreign"
    }
  }
}
