/// A tab-separated table of the corpus: one header row, no quoting, `#` starts a comment line.
struct TSVTable {
  struct Row {
    fileprivate let columns: [String: Int]
    fileprivate let cells: [Substring]
    let file: String
    /// The line in the file, from 1.
    let line: Int

    /// The cell of a column without blanks around it; empty when the row or the table has no such cell.
    subscript(column: String) -> String {
      guard let index = columns[column], index < cells.count else { return "" }
      return trimmed(cells[index])
    }

    /// The `;`-separated values of a cell.
    func list(_ column: String) -> [String] {
      self[column].split(separator: ";").map { trimmed($0) }.filter { !$0.isEmpty }
    }

    func number(_ column: String) -> Double? {
      Double(self[column])
    }

    func issue(_ column: String, expected: String, hint: String? = nil) -> RecordIssue {
      RecordIssue(
        .refused, file: file, row: line, field: column, got: "'\(self[column])'",
        expected: expected, hint: hint)
    }
  }

  private(set) var rows: [Row] = []
  private(set) var issues: [RecordIssue] = []

  /// Reads a table; a row with another number of cells than the header is reported and kept.
  init(_ bytes: some Collection<UInt8>, file: String, required: [String]) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      issues.append(
        RecordIssue(
          .refused, file: file, field: "", got: "bytes that are not UTF-8", expected: "UTF-8 text"))
      return
    }
    var columns: [String: Int]?
    var width = 0
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      var line = line
      if line.utf8.last == 13 { line = line.dropLast() }
      if number == 1, line.utf8.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst() }
      if line.isEmpty || line.utf8.first == UInt8(ascii: "#") { continue }
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard let columns else {
        columns = header(cells)
        width = cells.count
        for name in required where columns?[name] == nil {
          issues.append(
            RecordIssue(
              .refused, file: file, row: number, field: name, got: "no such column",
              expected: "a column '\(name)'"))
        }
        continue
      }
      let row = Row(columns: columns, cells: cells, file: file, line: number)
      if cells.count != width {
        issues.append(
          RecordIssue(
            .warning, file: file, row: number, field: "", got: "\(cells.count) cells",
            expected: "\(width) as in the header"))
      }
      rows.append(row)
    }
  }

  private func header(_ cells: [Substring]) -> [String: Int] {
    Dictionary(cells.enumerated().map { (trimmed($1), $0) }, uniquingKeysWith: { first, _ in first })
  }
}

/// The text without blanks and ideographic spaces around it.
func trimmed(_ text: some StringProtocol) -> String {
  let scalars = Substring(text).unicodeScalars
  guard let start = scalars.firstIndex(where: { !isBlank($0) }),
    let end = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(Substring(scalars[start...end]))
}

private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09...0x0D, 0x20, 0xA0, 0x3000, 0xFEFF, 0x200B: true
  default: false
  }
}
