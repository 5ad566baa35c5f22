import Matcher
import TableFiles

/// Opens files that may be park lists, and reads lists.
package struct ListInput {
  package let corpus: Corpus
  package let language: Language
  package let encoding: TextEncoding?

  package init(corpus: Corpus, language: Language, encoding: TextEncoding?) {
    self.corpus = corpus
    self.language = language
    self.encoding = encoding
  }

  /// What a path holds.
  package enum Content {
    /// Records of the product's own form.
    case records(ByteSource)
    case list(TableFile)
  }

  /// Tells a list from a file of records: JSON by name or first character, CSV by the product's own
  /// columns in its first line.
  package func open(_ path: String, format: RecordFormat?) throws -> Content {
    try open(try FileSource.open(path), name: path, format: format)
  }

  /// The same of bytes that were read already.
  package func open(_ bytes: [UInt8], name: String, format: RecordFormat?) throws -> Content {
    try open(ListInput.joined(bytes) { nil }, name: name, format: format)
  }

  private func open(
    _ source: @escaping ByteSource, name path: String, format: RecordFormat?
  ) throws -> Content {
    let head = try source() ?? []
    let bytes = ListInput.joined(head, source)
    switch format ?? RecordFormat(fileName: path) {
    case .json, .jsonLines: return .records(bytes)
    case .csv where ListInput.hasOwnColumns(head) || head.isEmpty: return .records(bytes)
    case nil where ListInput.isRecords(head): return .records(bytes)
    default:
      do throws(TableFileError) {
        let file = try TableFile.open(bytes, name: path, encoding: encoding, corpus: corpus)
        if file.kind == .json || file.kind == .jsonLines { return .records(file.bytes) }
        return .list(file)
      } catch {
        throw TableInput(corpus: corpus, language: language).commandError(error, path)
      }
    }
  }

  private static func joined(_ head: [UInt8], _ source: @escaping ByteSource) -> ByteSource {
    var first: [UInt8]? = head.isEmpty ? nil : head
    return {
      if let bytes = first {
        first = nil
        return bytes
      }
      return try source()
    }
  }

  private static func isRecords(_ head: [UInt8]) -> Bool {
    let first = head.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
    return first == nil || first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
      || hasOwnColumns(head)
  }

  /// Whether the first line is a header of the product's own demand table.
  private static func hasOwnColumns(_ head: [UInt8]) -> Bool {
    let line = head.prefix { $0 != 0x0A && $0 != 0x0D }
    let names = String(decoding: line, as: UTF8.self).lowercased()
      .split(whereSeparator: { ",;\t\"\u{FEFF} ".contains($0) }).map(String.init)
    return ListReader.isOwnHeader(names)
  }

  /// The day in the foot of a list, which a first look over the file finds.
  package func footDate(_ path: String) throws -> CivilDate? {
    guard path != "-" else { return nil }
    return try footDate(
      in: try TableInput(corpus: corpus, language: language).open(path, encoding: encoding))
  }

  /// The same of bytes that were read already.
  package func footDate(_ bytes: [UInt8], name: String) throws -> CivilDate? {
    let file: TableFile
    do throws(TableFileError) {
      let source = ListInput.joined(bytes) { nil }
      file = try TableFile.open(source, name: name, encoding: encoding, corpus: corpus)
    } catch {
      throw TableInput(corpus: corpus, language: language).commandError(error, name)
    }
    return try footDate(in: file)
  }

  private func footDate(in file: TableFile) throws -> CivilDate? {
    var finder = FootDateFinder(corpus: corpus)
    _ = try TableInput(corpus: corpus, language: language).read(file, into: &finder)
    return finder.day
  }
}
