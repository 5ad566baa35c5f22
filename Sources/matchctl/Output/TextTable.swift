/// Rows in aligned columns, right also with wide characters. The last column is not padded.
struct TextTable {
  private let limits: [Int]
  private var rows: [[String]] = []

  /// - Parameter limits: the widest a column may be; longer cells are cut.
  init(header: [String], limits: [Int]) {
    self.limits = limits
    rows.append(header)
  }

  mutating func add(_ row: [String]) {
    rows.append(row)
  }

  /// The lines, the header first and underlined.
  func lines(indent: String = "") -> [String] {
    let cut = rows.map { row in
      row.enumerated().map { index, cell in
        let flat = cell.split(whereSeparator: \.isNewline).joined(separator: " ")
        return index < limits.count ? DisplayWidth.cut(flat, limits[index]) : flat
      }
    }
    let columns = cut.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      cut.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
    }
    var out = cut.map { line($0, widths, indent) }
    let rule = widths.dropLast().map { String(repeating: "─", count: $0) }
    out.insert(indent + (rule + ["────"]).joined(separator: "  "), at: 1)
    return out
  }

  private func line(_ row: [String], _ widths: [Int], _ indent: String) -> String {
    let cells = row.enumerated().map { index, cell in
      index == row.count - 1 ? cell : DisplayWidth.padded(cell, widths[index])
    }
    let text = indent + cells.joined(separator: "  ")
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}
