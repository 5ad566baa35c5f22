import Matcher

/// A file of rows and cells: a workbook, a document with tables, or text in rows.
///
/// The format is told by the bytes, not by the name. Text is streamed with flat memory; workbooks
/// and documents are held compressed, and their parts are streamed. Other formats are an error
/// whose sentence says what to save as.
package struct TableFile {
  /// Bytes of a workbook or document.
  static let containerLimit = 512 << 20

  package let name: String
  package let kind: FileKind
  /// The bytes from the start, for formats that `read` does not take (`json`, `jsonLines`).
  package let bytes: ByteSource
  private let archive: ZipArchive?
  private let encoding: TextEncoding?
  private let characters: CommonCharacters

  /// What reading a file showed beside its rows.
  package struct Reading {
    package var issues: [RecordIssue] = []
    /// nil for workbooks and documents.
    package var encoding: DetectedEncoding?
    package var separator: UInt8?
  }

  /// Opens a source and tells its format.
  ///
  /// - Parameters:
  ///   - name: The file as messages name it; its ending helps where the bytes do not tell.
  ///   - encoding: The encoding of text, when the caller knows it.
  /// - Throws: `TableFileError`, whose id names a sentence of `texts/messages.tsv`, for formats that
  ///   are not read, damaged containers and sources that stop.
  package static func open(
    _ source: @escaping ByteSource, name: String, encoding: TextEncoding? = nil, corpus: Corpus
  ) throws(TableFileError) -> TableFile {
    var head: [UInt8] = []
    while head.count < 4096, let chunk = try pull(source) { head += chunk }
    switch FileKind.sniff(head, name: name) {
    case .workbook:
      let archive = try ZipArchive(try whole(head, source))
      let kind = FileKind.container(archive)
      if case .foreign(let id) = kind { throw TableFileError(id) }
      return TableFile(name, kind, [], source, archive, nil, corpus)
    case .foreign(FileKind.ole):
      if case .foreign(let id) = FileKind.compound(try whole(head, source)) {
        throw TableFileError(id)
      }
      throw TableFileError("file.foreign")
    case .foreign(let id): throw TableFileError(id, ["ending": "." + FileKind.ending(name)])
    case let kind: return TableFile(name, kind, head, source, nil, encoding, corpus)
    }
  }

  private init(
    _ name: String, _ kind: FileKind, _ head: [UInt8], _ source: @escaping ByteSource,
    _ archive: ZipArchive?, _ encoding: TextEncoding?, _ corpus: Corpus
  ) {
    self.name = name
    self.kind = kind
    self.archive = archive
    self.encoding = encoding
    characters = corpus.characters
    var start: [UInt8]? = head.isEmpty ? nil : head
    bytes = {
      if let head = start {
        start = nil
        return head
      }
      return try source()
    }
  }

  /// Gives all tables of the file to the consumer, once. Formats without rows give none.
  ///
  /// - Throws: `TableFileError` for a file that is damaged or larger than the limits; rows that
  ///   came before have been given.
  ///
  /// - Parameter paragraphs: Of a document, give the text outside its tables too, as a first sheet.
  package func read(
    paragraphs: Bool = false, into consumer: inout some SheetConsumer
  ) throws(TableFileError) -> Reading {
    switch kind {
    case .workbook:
      guard let archive else { return Reading() }
      return Reading(issues: try WorkbookReader(archive).read(file: name, into: &consumer))
    case .delimited: return try readText(into: &consumer)
    case .document:
      guard let archive else { return Reading() }
      try DocumentReader(archive).read(file: name, paragraphs: paragraphs, into: &consumer)
      return Reading()
    case .json, .jsonLines, .foreign: return Reading()
    }
  }

  private func readText(
    into consumer: inout some SheetConsumer
  ) throws(TableFileError) -> Reading {
    let text = TextSource(encoding: encoding, characters: characters) { () throws(TableFileError) in
      try TableFile.pull(bytes)
    }
    let tab: UInt8? = FileKind.ending(name) == "tsv" ? UInt8(ascii: "\t") : nil
    var reader = DelimitedReader(SheetInfo(file: name), separator: tab)
    // A decoder gives whole characters and nothing else.
    reader.isText = true
    while let chunk = try text.next() {
      for bad in text.takeBadBytes() { reader.noteBadByte(at: bad.place, bad.description) }
      reader.feed(chunk, into: &consumer)
    }
    reader.finish(into: &consumer)
    var reading = Reading(issues: reader.issues, encoding: text.detected)
    reading.separator = reader.separator
    reading.issues += text.issues(file: name)
    return reading
  }

  private static func pull(_ source: ByteSource) throws(TableFileError) -> [UInt8]? {
    do {
      return try source()
    } catch {
      throw TableFileError("file.broken", ["reason": "\(error)"])
    }
  }

  private static func whole(
    _ head: [UInt8], _ source: ByteSource
  ) throws(TableFileError) -> [UInt8] {
    var bytes = head
    while let chunk = try pull(source) {
      bytes += chunk
      if bytes.count > containerLimit { throw .tooLarge("\(containerLimit >> 20) MB") }
    }
    return bytes
  }
}
