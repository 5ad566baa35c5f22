extension TermTable {
  /// Reads a table: rows of `kind`, `term`, `texts`; kind `table` names `version`, `texts` (how many
  /// there are) and `length` (their average). A row that cannot be used is an issue, the rest counts.
  ///
  /// The rows are many and plain, so they are read from the bytes alone, not as a `TSVTable`.
  static func read(_ bytes: [UInt8], file: String) -> (table: TermTable, issues: [RecordIssue]) {
    var table = TermTable()
    var issues: [RecordIssue] = []
    var rows = TermRows(bytes: bytes)
    var found: [Row] = []
    found.reserveCapacity(bytes.count / 14)
    while let row = rows.next() {
      if table.take(row, of: rows, into: &found) || rows.isHeader(row) { continue }
      issues.append(
        RecordIssue(
          .refused, file: file, row: rows.line, field: "",
          got: RecordIssue.quoted(String(rows.text(row.cells).prefix(40))),
          expected: "kind, term and a number of texts above 0",
          hint: "make the table anew with 'matchctl stats build'"))
    }
    table.set(found)
    if !table.version.isEmpty { table.version += "@" + rows.hash }
    return (table, issues)
  }

  /// Takes in one row; false when it is none.
  private mutating func take(
    _ row: TermRows.Row, of rows: TermRows, into found: inout [Row]
  ) -> Bool {
    guard row.count == 3 else { return false }
    guard let kind = row.means else {
      guard rows.text(row.kind) == "table" else { return false }
      return takeTotal(rows.text(row.term), rows.text(row.texts))
    }
    guard let term = rows.term(row.term, kind),
      let count = rows.number(row.texts), count > 0, count.isFinite
    else { return false }
    found.append(Row(term: term, texts: Float(count)))
    return true
  }

  private mutating func takeTotal(_ name: String, _ value: String) -> Bool {
    if name == "version" {
      version = value
      return !value.isEmpty
    }
    guard let number = Double(value), number > 0, number.isFinite else { return false }
    switch name {
    case "texts": texts = number
    case "length": averageLength = number
    default: return false
    }
    return true
  }
}

/// The rows of a table's bytes with their cells as ranges, and the FNV-1a hash of all bytes: which
/// table it was, not a proof against ill will.
private struct TermRows {
  struct Row {
    let cells: Range<Int>
    let kind: Range<Int>
    let term: Range<Int>
    let texts: Range<Int>
    let count: Int
    /// What the cell of the kind says; nil when that is no kind.
    let means: Term.Kind?
  }

  let bytes: [UInt8]
  /// The line of the last row, from 1.
  private(set) var line = 0
  private var position = 0
  /// The last row's kind and where it stands: rows of one kind follow one another.
  private var known: (cell: Range<Int>, means: Term.Kind?) = (0..<0, nil)
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Of the bytes passed so far, in hexadecimal.
  var hash: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The term that a cell spells; nil when its spelling is not of that kind. What is not UTF-8 is the
  /// replacement character, as in `text`.
  func term(_ range: Range<Int>, _ kind: Term.Kind) -> UInt64? {
    var spelling = Term.Spelling()
    var place = range.lowerBound
    while place < range.upperBound {
      guard let (scalar, length) = scalar(place, range.upperBound) else {
        return Term.spelled(text(range), kind)
      }
      spelling.add(scalar)
      place += length
    }
    return spelling.term(kind)
  }

  /// The character that begins at a place and its bytes; nil where that is not plain: no UTF-8, or
  /// outside the basic plane.
  @inline(__always)
  private func scalar(_ place: Int, _ end: Int) -> (UInt32, Int)? {
    let first = UInt32(bytes[place])
    if first < 0x80 { return (first, 1) }
    guard place + 1 < end, bytes[place + 1] & 0xC0 == 0x80 else { return nil }
    let second = UInt32(bytes[place + 1] & 0x3F)
    if first < 0xE0 { return first < 0xC2 ? nil : ((first & 0x1F) << 6 | second, 2) }
    guard first < 0xF0, place + 2 < end, bytes[place + 2] & 0xC0 == 0x80 else { return nil }
    let value = (first & 0x0F) << 12 | second << 6 | UInt32(bytes[place + 2] & 0x3F)
    return value < 0x800 || (0xD800...0xDFFF).contains(value) ? nil : (value, 3)
  }

  /// A number; digits alone, as nearly all are, are read without a text.
  func number(_ range: Range<Int>) -> Double? {
    guard (1...15).contains(range.count) else { return Double(text(range)) }
    var value = 0
    for byte in bytes[range] {
      guard byte >= 48, byte <= 57 else { return Double(text(range)) }
      value = value * 10 + Int(byte - 48)
    }
    return Double(value)
  }

  func isHeader(_ row: Row) -> Bool {
    text(row.cells) == "kind\tterm\ttexts"
  }

  /// The next row that is neither empty nor a comment.
  mutating func next() -> Row? {
    while position < bytes.count {
      let row = scan()
      let isComment = row.cells.first.map { bytes[$0] == UInt8(ascii: "#") } ?? true
      if !isComment { return row }
    }
    return nil
  }

  private mutating func scan() -> Row {
    let start = position
    var (first, second, tabs) = (bytes.count, bytes.count, 0)
    while position < bytes.count, bytes[position] != 10 {
      state = (state ^ UInt64(bytes[position])) &* 0x100_0000_01B3
      if bytes[position] == 9 {
        tabs += 1
        if tabs == 1 { first = position }
        if tabs == 2 { second = position }
      }
      position += 1
    }
    let end = position > start && bytes[position - 1] == 13 ? position - 1 : position
    position += 1
    line += 1
    let (left, right) = (min(first, end), min(second, end))
    return Row(
      cells: start..<end, kind: start..<left, term: min(left + 1, right)..<right,
      texts: min(right + 1, end)..<end, count: tabs + 1, means: kind(start..<left))
  }
}

extension TermRows {
  private mutating func kind(_ cell: Range<Int>) -> Term.Kind? {
    if cell.count == known.cell.count,
      zip(cell, known.cell).allSatisfy({ bytes[$0] == bytes[$1] })
    {
      return known.means
    }
    known = (cell, Term.Kind(rawValue: text(cell)))
    return known.means
  }
}

/// Counts the terms of texts and writes the table of them.
struct TermTableBuilder {
  private let reader: TermReader
  private var spellings: [UInt64: String] = [:]
  private var frequency: [UInt64: Int] = [:]
  private var texts = 0
  private var length = 0.0

  init(reader: TermReader) {
    self.reader = reader
  }

  /// Counts one text; a text without terms is none.
  mutating func add(_ text: String) {
    var found: Set<UInt64> = []
    let words = reader.forEachTerm(in: text) { term, spelling in
      found.insert(term)
      if spellings[term] == nil { spellings[term] = TermTableBuilder.text(spelling) }
    }
    guard !found.isEmpty else { return }
    texts += 1
    length += words
    for term in found { frequency[term, default: 0] += 1 }
  }

  /// The table: terms of two texts or more, by kind, then spelling.
  func rows(version: String) -> String {
    let average = texts == 0 ? 1 : max(1, length / Double(texts))
    var out = "kind\tterm\ttexts\ntable\tversion\t\(version)\ntable\ttexts\t\(texts)\n"
    out += "table\tlength\t\(JSONValue.text(of: (average * 1000).rounded() / 1000))\n"
    let rows = frequency.filter { $0.value > 1 }.map { term, count in
      (kind: Term.kind(term).rawValue, spelling: spellings[term] ?? "", count: count)
    }
    for row in rows.sorted(by: { ($0.kind, $0.spelling) < ($1.kind, $1.spelling) }) {
      out += "\(row.kind)\t\(row.spelling)\t\(row.count)\n"
    }
    return out
  }

  private static func text(_ spelling: ArraySlice<UInt32>) -> String {
    var out = String.UnicodeScalarView()
    for value in spelling {
      if let scalar = Unicode.Scalar(value) { out.append(scalar) }
    }
    return String(out)
  }
}
