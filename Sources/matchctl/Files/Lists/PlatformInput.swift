import Matcher
import TableFiles

/// Reads platform files: records, or tables made after the template.
package struct PlatformInput {
  package let corpus: Corpus
  package let language: Language
  package let encoding: TextEncoding?

  package init(corpus: Corpus, language: Language, encoding: TextEncoding?) {
    self.corpus = corpus
    self.language = language
    self.encoding = encoding
  }

  package func read(_ path: String, format: RecordFormat?, into reader: inout RecordReader) throws {
    try read(try FileSource.open(path), name: path, format: format, into: &reader)
  }

  /// The same of bytes that were read already.
  package func read(
    _ bytes: [UInt8], name: String, format: RecordFormat?, into reader: inout RecordReader
  ) throws {
    var rest: [UInt8]? = bytes.isEmpty ? nil : bytes
    let source: ByteSource = {
      defer { rest = nil }
      return rest
    }
    try read(source, name: name, format: format, into: &reader)
  }

  private func read(
    _ source: @escaping ByteSource, name path: String, format: RecordFormat?,
    into reader: inout RecordReader
  ) throws {
    var head = try PlatformInput.pull(source, path)
    let start = head ?? []
    let bytes: ByteSource = {
      if let first = head {
        head = nil
        return first
      }
      return try source()
    }
    guard isTable(start, path, format) else {
      do {
        return try reader.readPlatforms(bytes, file: path, format: format)
      } catch {
        throw CommandError.broken(path, "\(error)")
      }
    }
    let input = TableInput(corpus: corpus, language: language)
    let file: TableFile
    do throws(TableFileError) {
      file = try TableFile.open(bytes, name: path, encoding: encoding, corpus: corpus)
    } catch {
      throw input.commandError(error, path)
    }
    var table = PlatformTable(corpus: corpus)
    _ = try input.read(file, into: &table)
    reader.add(table, file: path)
  }

  /// Records are JSON, or CSV whose first line has the product's own column `id`.
  private func isTable(_ head: [UInt8], _ path: String, _ format: RecordFormat?) -> Bool {
    if head.starts(with: [0x50, 0x4B]) || head.starts(with: [0xD0, 0xCF]) { return true }
    if format == .json || format == .jsonLines || head.isEmpty { return false }
    switch RecordFormat(fileName: path) {
    case .json, .jsonLines: return false
    case .csv: break
    case nil:
      let first = head.first { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) }
      if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return false }
    }
    let line = head.prefix { $0 != 10 && $0 != 13 }
    let names = String(decoding: line, as: UTF8.self)
      .split { ",\"\u{FEFF} ".contains($0) }.map(String.init)
    return !names.contains("id")
  }

  private static func pull(_ source: ByteSource, _ path: String) throws -> [UInt8]? {
    do {
      return try source()
    } catch {
      throw CommandError.broken(path, "\(error)")
    }
  }
}
