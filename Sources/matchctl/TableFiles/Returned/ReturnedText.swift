import Matcher

/// Adds columns to the records of a text file. The bytes of the cells that are there do not change.
struct ReturnedText {
  private let original: [UInt8]
  private let labels: ReturnedLabels
  private let encoding: TextEncoding
  private let separator: UInt8
  private let survey: TextSurvey

  init(
    _ original: [UInt8], _ file: TableFile, _ labels: ReturnedLabels, _ corpus: Corpus
  ) throws(TableFileError) {
    var survey = TextSurvey()
    let reading = try file.read(into: &survey)
    self.original = original
    self.labels = labels
    self.survey = survey
    encoding = reading.encoding?.encoding ?? .utf8
    separator = reading.separator ?? UInt8(ascii: ",")
  }

  func write(_ table: ReturnedTable, encoding: TextEncoding?) throws(TableFileError) -> [UInt8] {
    switch self.encoding {
    case .utf8, .gb18030, .big5:
      // Separators, quotes and line breaks are no part of a character in these encodings, so that
      // the bytes can be cut as they are.
      return patched(original, table)
    case .utf16LittleEndian, .utf16BigEndian:
      let mark = original.starts(with: self.encoding.mark) ? self.encoding.mark : []
      let decoder = TextDecoder(self.encoding)
      let text = decoder.decode(Array(original.dropFirst(mark.count))) + decoder.finish()
      let written = String(decoding: patched(text, table, in: .utf8), as: UTF8.self)
      return mark + TextEncoder(self.encoding).encode(written).bytes
    }
  }

  private func patched(
    _ bytes: [UInt8], _ table: ReturnedTable, in encoding: TextEncoding? = nil
  ) -> [UInt8] {
    let cells = RecordCells(separator: separator)
    let encoder = TextEncoder(encoding ?? self.encoding)
    let rows = Dictionary(table.rows.map { ($0.number, $0.texts) }, uniquingKeysWith: { $1 })
    let columns = columns(table)
    var start = DelimitedReader.statedSeparator(bytes)?.length ?? 0
    var out = Array(bytes[..<start])
    for record in records(bytes, from: start) {
      let piece = bytes[start..<record.end]
      start = record.end
      let texts = record.number == table.headerRow ? labels.texts : rows[record.number]
      guard let texts, !record.isBroken else {
        out += piece
        continue
      }
      let fields = texts.map { encoder.encode(cells.quoted($0)).bytes }
      out += cells.setting(columns, to: fields, in: Array(piece))
    }
    return out + bytes[start...]
  }

  private struct Record {
    let number: Int
    let end: Int
    let isBroken: Bool
  }

  private func records(_ bytes: [UInt8], from start: Int) -> [Record] {
    var parser = CSVParser(separator: separator)
    var records: [Record] = []
    let take: (CSVParser.Record) -> Void = { record in
      let isBroken = record.problem != nil && record.problem != CSVParser.notText
      records.append(
        Record(
          number: record.number, end: min(bytes.count, record.end + start), isBroken: isBroken))
    }
    parser.feed(Array(bytes[start...]), take)
    parser.finish(take)
    return withLineFeeds(records, bytes)
  }

  /// A record that ends with a return also takes the line feed behind it.
  private func withLineFeeds(_ records: [Record], _ bytes: [UInt8]) -> [Record] {
    records.map { record in
      let isPair =
        record.end > 0 && record.end < bytes.count && bytes[record.end] == 10
        && bytes[record.end - 1] == 13
      return isPair
        ? Record(number: record.number, end: record.end + 1, isBroken: record.isBroken) : record
    }
  }

  private func columns(_ table: ReturnedTable) -> [Int] {
    let header = survey.header(table.headerRow)
    var next = survey.width
    var columns: [Int] = []
    for index in labels.texts.indices {
      if let known = header.firstIndex(where: { labels.isHeading($0, of: index) }),
        !columns.contains(known)
      {
        columns.append(known)
      } else {
        columns.append(next)
        next += 1
      }
    }
    return columns
  }
}

/// Looks for the headings and the widest row.
private struct TextSurvey: SheetConsumer {
  private var first: [Int: [String]] = [:]
  private(set) var width = 0

  mutating func begin(_ sheet: SheetInfo) {}

  mutating func row(_ row: SheetRow) {
    if row.number <= 200 { first[row.number] = row.cells.map(\.text) }
    let last = row.cells.lastIndex { $0.content != .empty }
    width = max(width, (last ?? -1) + 1)
  }

  mutating func end() {}

  func header(_ row: Int) -> [String] {
    first[row] ?? []
  }
}

/// The cells of one record as ranges of its bytes.
struct RecordCells {
  let separator: UInt8

  /// The record with some cells set: those it has are replaced, missing ones added at its end.
  func setting(_ columns: [Int], to fields: [[UInt8]], in record: [UInt8]) -> [UInt8] {
    let body = body(record)
    var cells = ranges(record, body).map { Array(record[$0]) }
    let set = zip(columns, fields).filter { !$1.isEmpty || $0 < cells.count }
    if let last = set.map(\.0).max(), !set.allSatisfy({ $1.isEmpty }) || last < cells.count {
      while cells.count <= last { cells.append([]) }
    }
    for (column, field) in set where column < cells.count { cells[column] = field }
    return Array(record[..<body.lowerBound]) + Array(cells.joined(separator: [separator]))
      + Array(record[body.upperBound...])
  }

  /// The record without a mark in front and its line break.
  private func body(_ record: [UInt8]) -> Range<Int> {
    let start = record.starts(with: TextEncoding.utf8.mark) ? 3 : 0
    var end = record.count
    if end > start, record[end - 1] == 10 { end -= 1 }
    if end > start, record[end - 1] == 13 { end -= 1 }
    return start..<end
  }

  private func ranges(_ record: [UInt8], _ body: Range<Int>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = body.lowerBound
    var isQuoted = false
    for index in body {
      if record[index] == UInt8(ascii: "\""), isQuoted || index == start {
        isQuoted.toggle()
      } else if record[index] == UInt8(ascii: "\""), !isQuoted, record[index - 1] == record[index],
        record[start] == record[index]
      {
        // The second of a doubled quote: the cell goes on.
        isQuoted = true
      } else if record[index] == separator, !isQuoted {
        ranges.append(start..<index)
        start = index + 1
      }
    }
    return ranges + [start..<body.upperBound]
  }

  /// A text as a cell: in quotes where it holds what would end the cell.
  func quoted(_ text: String) -> String {
    let special = [separator, UInt8(ascii: "\""), 10, 13]
    guard text.utf8.contains(where: special.contains) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
