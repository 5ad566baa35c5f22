/// Reads text whose cells are divided by a separator (CSV, TSV) as the rows of one table.
///
/// The separator is the one given, else the one that a first row `sep=;` names (that row is then
/// no row), else the one of comma, tab, semicolon and bar that divides the first rows most
/// evenly. Entities such as `&#63731;`, which stand for characters outside a file's encoding, are
/// replaced by the character. Memory: one record and, at the start, 64 KiB.
///
/// - Complexity: O(*n*) for *n* bytes.
public struct DelimitedReader {
  static let sampleSize = 1 << 16
  static let separators: [UInt8] = [",", "\t", ";", "|"].map { UInt8(ascii: $0) }

  /// Set before the first piece where all that is fed is known to be UTF-8: cells are then not looked
  /// at for it once more.
  package var isText = false
  private let info: SheetInfo
  private var parser: CSVParser?
  /// The first bytes, until the separator is known.
  private var sample: [UInt8] = []
  private var pendingBytes: [(decoded: Int, description: String)] = []
  private var nextPending = 0
  /// What divides the cells; nil until enough has been read.
  public private(set) var separator: UInt8?
  public private(set) var issues: [RecordIssue] = []
  /// Bytes before the first row: a row that names the separator.
  private var skipped = 0

  public init(_ info: SheetInfo, separator: UInt8? = nil) {
    self.info = info
    self.separator = separator
  }

  /// Notes a place in the stream whose bytes had no meaning in the file's encoding. Its row will
  /// have an issue.
  ///
  /// - Parameters:
  ///   - place: The offset in what is fed, ascending from call to call.
  ///   - description: The byte and its offset in the file.
  public mutating func noteBadByte(at place: Int, _ description: String) {
    pendingBytes.append((place, description))
  }

  /// Takes the next piece of the text, as UTF-8. The first piece begins the table.
  public mutating func feed(_ chunk: [UInt8], into consumer: inout some SheetConsumer) {
    if parser != nil { return parse(chunk, into: &consumer) }
    sample += chunk
    if sample.count >= DelimitedReader.sampleSize { begin(into: &consumer) }
  }

  /// Ends the table.
  public mutating func finish(into consumer: inout some SheetConsumer) {
    if parser == nil { begin(into: &consumer) }
    if var parser = self.parser {
      self.parser = nil
      parser.finish { give($0, into: &consumer) }
      self.parser = parser
    }
    consumer.end()
  }

  private mutating func begin(into consumer: inout some SheetConsumer) {
    let stated = DelimitedReader.statedSeparator(sample)
    let chosen = separator ?? stated?.separator ?? DelimitedReader.likely(sample)
    separator = chosen
    parser = CSVParser(separator: chosen, isText: isText && chosen < 0x80)
    skipped = stated?.length ?? 0
    consumer.begin(info)
    let start = sample
    sample = []
    parse(Array(start.dropFirst(skipped)), into: &consumer)
  }

  /// Gives each row as soon as it ends.
  private mutating func parse(_ chunk: [UInt8], into consumer: inout some SheetConsumer) {
    guard var parser = self.parser else { return }
    // Not held twice while it grows.
    self.parser = nil
    parser.feed(chunk) { give($0, into: &consumer) }
    self.parser = parser
  }

  private mutating func give(_ record: CSVParser.Record, into consumer: inout some SheetConsumer) {
    while nextPending < pendingBytes.count,
      pendingBytes[nextPending].decoded < record.end + skipped
    {
      report(pendingBytes[nextPending].description, record.number)
      nextPending += 1
    }
    if let problem = record.problem, problem != CSVParser.notText {
      issues.append(
        RecordIssue(
          .warning, file: info.file, row: record.number, field: "", got: problem,
          expected: "a CSV record after RFC 4180", hint: "its cells were read as they stand"))
    }
    consumer.row(SheetRow(number: record.number, cells: record.cells.map(DelimitedReader.cell)))
  }

  private mutating func report(_ description: String, _ row: Int) {
    issues.append(
      RecordIssue(
        .warning, file: info.file, row: row, field: description,
        got: "a byte that the encoding does not have",
        expected: "text in one encoding",
        hint: "give the right one with --encoding, or save as CSV UTF-8"))
  }

  private static func cell(_ text: String) -> Cell {
    if text.isEmpty { return Cell(.empty) }
    return mayHaveEntity(text) ? Cell(.text(withoutEntities(text))) : Cell(.text(text))
  }

  /// Whether `&#` stands in a text.
  private static func mayHaveEntity(_ text: String) -> Bool {
    let found = text.utf8.withContiguousStorageIfAvailable { bytes in
      let sign = UInt8(ascii: "&")
      var place = ByteSearch.first(sign, or: sign, in: bytes, from: 0)
      while place + 1 < bytes.count {
        if bytes[place + 1] == UInt8(ascii: "#") { return true }
        place = ByteSearch.first(sign, or: sign, in: bytes, from: place + 1)
      }
      return false
    }
    return found ?? true
  }

  /// The text with `&#N;` replaced by the character; only for characters beyond ASCII, since a
  /// program writes no other.
  static func withoutEntities(_ text: String) -> String {
    guard mayHaveEntity(text) else { return text }
    var out = ""
    var rest = Substring(text)
    while let start = rest.firstRange(of: "&#") {
      out += rest[..<start.lowerBound]
      rest = rest[start.lowerBound...]
      let body = rest.dropFirst(2).prefix { $0.isASCII && $0.isNumber }
      let end = body.endIndex
      if (2...7).contains(body.count), end < rest.endIndex, rest[end] == ";",
        let scalar = UInt32(body).flatMap(Unicode.Scalar.init), scalar.value >= 0x80
      {
        out.unicodeScalars.append(scalar)
        rest = rest[rest.index(after: end)...]
      } else {
        out += rest.prefix(2)
        rest = rest.dropFirst(2)
      }
    }
    return out + rest
  }

  /// A first row such as `sep=;`: what it names, and its length with the line break.
  package static func statedSeparator(_ bytes: [UInt8]) -> (separator: UInt8, length: Int)? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let line = bytes[start...].prefix(16).prefix { $0 != 10 && $0 != 13 }
    let text = line.filter { $0 != UInt8(ascii: "\"") }
    guard text.count == 5, String(decoding: text.prefix(4), as: UTF8.self).lowercased() == "sep=",
      let separator = text.last, separator < 0x80
    else { return nil }
    var end = line.endIndex
    if end < bytes.count, bytes[end] == 13 { end += 1 }
    if end < bytes.count, bytes[end] == 10 { end += 1 }
    return (separator, end)
  }

  /// The separator that gives the most rows of one width; the first of them when none does.
  static func likely(_ bytes: [UInt8]) -> UInt8 {
    var best = (score: 0, separator: separators[0])
    // The semicolons of entities separate nothing.
    let text = withoutEntities(String(decoding: bytes.prefix(sampleSize), as: UTF8.self))
    let sample = Array(text.utf8)
    for separator in separators {
      var parser = CSVParser(separator: separator)
      var widths: [Int: Int] = [:]
      let take: (CSVParser.Record) -> Void = { record in
        if record.number <= 40 { widths[record.cells.count, default: 0] += 1 }
      }
      parser.feed(sample, take)
      parser.finish(take)
      let score = widths.filter { $0.key > 1 }.map { $0.value * min($0.key, 8) }.max() ?? 0
      if score > best.score { best = (score, separator) }
    }
    return best.separator
  }
}
