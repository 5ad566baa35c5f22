/// A tab-separated table of the corpus: one header row, no quoting, `#` starts a comment line.
///
/// Cells stay ranges of the file's bytes until they are read.
struct TSVTable {
  /// What the rows of one table share.
  fileprivate final class Content: Sendable {
    let bytes: [UInt8]
    /// The names of the header; the first counts where one is repeated.
    let columns: [String]
    /// The cells of all rows, one behind the other.
    let cells: [Range<Int>]
    let file: String

    init(_ bytes: [UInt8], _ columns: [String], _ cells: [Range<Int>], _ file: String) {
      self.bytes = bytes
      self.columns = columns
      self.cells = cells
      self.file = file
    }
  }

  struct Row {
    fileprivate let content: Content
    /// Where its cells stand among those of the table.
    fileprivate let cells: Range<Int>
    /// The line in the file, from 1.
    let line: Int

    var file: String { content.file }

    /// The bytes of a column's cell; nil when the row or the table has no such cell.
    private func cell(_ column: String) -> Range<Int>? {
      guard let index = content.columns.firstIndex(of: column), index < cells.count else {
        return nil
      }
      return content.cells[cells.lowerBound + index]
    }

    /// The cell of a column without blanks around it; empty when the row or the table has no such
    /// cell.
    subscript(column: String) -> String {
      guard let cell = cell(column), !cell.isEmpty else { return "" }
      return String(decoding: content.bytes[cell], as: UTF8.self)
    }

    /// The `;`-separated values of a cell.
    func list(_ column: String) -> [String] {
      guard let cell = cell(column), !cell.isEmpty else { return [] }
      var values: [String] = []
      let bytes = content.bytes
      var start = cell.lowerBound
      for place in cell.lowerBound...cell.upperBound
      where place == cell.upperBound || bytes[place] == UInt8(ascii: ";") {
        let value = trimmed(String(decoding: bytes[start..<place], as: UTF8.self))
        if !value.isEmpty { values.append(value) }
        start = place + 1
      }
      return values
    }

    func number(_ column: String) -> Double? {
      Double(self[column])
    }

    func issue(_ column: String, expected: String, hint: String? = nil) -> RecordIssue {
      RecordIssue(
        .refused, file: file, row: line, field: column, got: RecordIssue.quoted(self[column]),
        expected: expected, hint: hint)
    }
  }

  private(set) var rows: [Row] = []
  private(set) var issues: [RecordIssue] = []

  /// Reads a table; a row with another number of cells than the header is reported and kept.
  init(_ bytes: [UInt8], file: String, required: [String]) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      issues.append(
        RecordIssue(
          .refused, file: file, field: "", got: "bytes that are not UTF-8", expected: "UTF-8 text"))
      return
    }
    var columns: [String]?
    var cells: [Range<Int>] = []
    cells.reserveCapacity(bytes.count / 8)
    var places: [(cells: Range<Int>, line: Int)] = []
    var number = 0
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      defer { start = end + 1 }
      number += 1
      let last = end > start && bytes[end - 1] == 13 ? end - 1 : end
      if last == start || bytes[start] == UInt8(ascii: "#") { continue }
      let first = cells.count
      TSVTable.cells(bytes, start..<last, into: &cells)
      guard let known = columns else {
        columns = header(bytes, cells, required: required, file: file, line: number)
        cells.removeAll(keepingCapacity: true)
        continue
      }
      places.append((first..<cells.count, number))
      if cells.count - first != known.count {
        issues.append(
          RecordIssue(
            .warning, file: file, row: number, field: "", got: "\(cells.count - first) cells",
            expected: "\(known.count) as in the header"))
      }
    }
    let content = Content(bytes, columns ?? [], cells, file)
    rows = places.map { Row(content: content, cells: $0.cells, line: $0.line) }
  }

  private mutating func header(
    _ bytes: [UInt8], _ cells: [Range<Int>], required: [String], file: String, line: Int
  ) -> [String] {
    let columns = cells.map { String(decoding: bytes[$0], as: UTF8.self) }
    for name in required where !columns.contains(name) {
      issues.append(
        RecordIssue(
          .refused, file: file, row: line, field: name, got: "no such column",
          expected: "a column '\(name)'"))
    }
    return columns
  }

  /// The cells of a line without the blanks around them.
  private static func cells(
    _ bytes: [UInt8], _ line: Range<Int>, into cells: inout [Range<Int>]
  ) {
    var start = line.lowerBound
    for index in line.lowerBound...line.upperBound
    where index == line.upperBound || bytes[index] == UInt8(ascii: "\t") {
      var (low, high) = (start, index)
      while low < high, bytes[low] == 0x20 { low += 1 }
      while low < high, bytes[high - 1] == 0x20 { high -= 1 }
      cells.append(low..<high)
      start = index + 1
    }
  }
}

/// The text without blanks and ideographic spaces around it.
func trimmed(_ text: some StringProtocol) -> String {
  if isClean(text) { return String(text) }
  let scalars = Substring(text).unicodeScalars
  guard let start = scalars.firstIndex(where: { !isBlank($0) }),
    let end = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(Substring(scalars[start...end]))
}

/// Whether both ends are plainly no blanks, as those of most texts: signs of ASCII or of three bytes that
/// begin with E4…E9, the common Chinese characters.
private func isClean(_ text: some StringProtocol) -> Bool {
  text.utf8.withContiguousStorageIfAvailable { bytes in
    guard let first = bytes.first, let last = bytes.last else { return true }
    guard (0x21...0x7E).contains(first) || (0xE4...0xE9).contains(first) else { return false }
    return (0x21...0x7E).contains(last)
      || (last >= 0x80 && bytes.count >= 3 && (0xE4...0xE9).contains(bytes[bytes.count - 3]))
  } ?? false
}

private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09...0x0D, 0x20, 0xA0, 0x3000, 0xFEFF, 0x200B: true
  default: false
  }
}
