/// CSV for spreadsheets: quoted where needed; a cell that a spreadsheet would run as a formula is
/// kept as text.
package enum CSVWriter {
  package static let byteOrderMark = "\u{FEFF}"

  package static func row(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",")
  }

  private static func cell(_ text: String) -> String {
    var text = text
    if let first = text.first, "=+-@\t\r".contains(first), Double(text) == nil { text = "'" + text }
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
