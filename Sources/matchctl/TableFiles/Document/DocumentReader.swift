import Matcher

/// Reads the tables of a `.docx` document as sheets, cells in the document's grid.
///
/// A cell's paragraphs are lines of its text. Merged cells repeat their first cell, as in
/// workbooks. Deleted text, field codes and placeholders that wait to be filled in are left out; a
/// check box reads as ☑ or ☐. A table inside a cell is a sheet of its own.
struct DocumentReader {
  private let archive: ZipArchive
  private let path: String
  private let dated: CivilDate?
  private var tables: [[[DocumentCell]]] = []
  private var paragraphs: [String] = []

  init(_ archive: ZipArchive) throws(TableFileError) {
    self.archive = archive
    let package = OfficePackage(archive)
    path = try package.mainPart(default: "word/document.xml")
    dated = package.dated
    guard let entry = archive.entry(path) else { throw .damaged(path) }
    let source = try archive.open(entry)
    var scanner = XMLScanner(part: path) { () throws(TableFileError) in try source.next() }
    while true {
      let token = try scanner.next()
      if token == .done { return }
      guard token == .start else { continue }
      if scanner.isNamed("tbl") {
        try table(&scanner)
      } else if scanner.isNamed("p") {
        let text = try paragraph(&scanner)
        if !text.isEmpty { paragraphs.append(text) }
      }
    }
  }

  /// Gives each table to the consumer.
  ///
  /// - Parameter paragraphs: Give the text outside tables too, as a first sheet of one column.
  func read(file: String, paragraphs wanted: Bool, into consumer: inout some SheetConsumer) {
    if wanted, !paragraphs.isEmpty {
      consumer.begin(info(file, nil))
      for (index, text) in paragraphs.enumerated() {
        consumer.row(SheetRow(number: index + 1, cells: [Cell(.text(text))]))
      }
      consumer.end()
    }
    for (index, table) in tables.enumerated() {
      consumer.begin(info(file, tables.count > 1 ? "#\(index + 1)" : nil))
      for row in DocumentReader.rows(table) { consumer.row(row) }
      consumer.end()
    }
  }

  private func info(_ file: String, _ name: String?) -> SheetInfo {
    var info = SheetInfo(file: file, sheet: name)
    info.dated = dated
    return info
  }

  // MARK: reading

  /// A cell as the document states it.
  private struct DocumentCell {
    var text = ""
    var span = 1
    /// The cell goes on from the one above.
    var continues = false
  }

  private static let rowLimit = 100_000
  private static let widest = 1024

  private mutating func table(_ scanner: inout XMLScanner) throws(TableFileError) {
    let place = tables.count
    tables.append([])
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      let token = try scanner.next()
      if token == .done { return }
      guard token == .start, scanner.isNamed("tr") else { continue }
      let row = try row(&scanner)
      if tables[place].count < DocumentReader.rowLimit { tables[place].append(row) }
    }
  }

  private mutating func row(_ scanner: inout XMLScanner) throws(TableFileError) -> [DocumentCell] {
    var cells: [DocumentCell] = []
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      let token = try scanner.next()
      if token == .done { return cells }
      guard token == .start else { continue }
      if scanner.isNamed("tc") {
        cells.append(try cell(&scanner))
      } else if scanner.isNamed("gridBefore") {
        let count = min(scanner.attribute("val", prefixed: true).flatMap { Int($0) } ?? 0, 64)
        for _ in 0..<max(0, count) { cells.append(DocumentCell()) }
      }
    }
    return cells
  }

  private mutating func cell(_ scanner: inout XMLScanner) throws(TableFileError) -> DocumentCell {
    var cell = DocumentCell()
    var lines: [String] = []
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      let token = try scanner.next()
      if token == .done { break }
      guard token == .start else { continue }
      if scanner.isNamed("p") {
        lines.append(try paragraph(&scanner))
      } else if scanner.isNamed("tbl") {
        try table(&scanner)
      } else if scanner.isNamed("gridSpan") {
        let count = scanner.attribute("val", prefixed: true).flatMap { Int($0) } ?? 1
        cell.span = min(max(count, 1), DocumentReader.widest)
      } else if scanner.isNamed("vMerge") {
        cell.continues = scanner.attribute("val", prefixed: true) != "restart"
      } else if scanner.isNamed("sdtPr") {
        if try isPlaceholder(&scanner) { try skipContent(&scanner) }
      }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    cell.text = lines.joined(separator: "\n")
    return cell
  }

  /// The text of a paragraph, its runs joined.
  private func paragraph(_ scanner: inout XMLScanner) throws(TableFileError) -> String {
    var text = ""
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      let token = try scanner.next()
      if token == .done { break }
      guard token == .start else { continue }
      if scanner.isNamed("t") {
        text += try scanner.elementText()
      } else if scanner.isNamed("tab") {
        text += " "
      } else if scanner.isNamed("br") || scanner.isNamed("cr") {
        text += "\n"
      } else if scanner.isNamed("sym") {
        text += DocumentReader.symbol(scanner.attribute("char", prefixed: true) ?? "")
      } else if scanner.isNamed("checkBox") {
        text += try checkBox(&scanner)
      } else if scanner.isNamed("sdtPr") {
        if try isPlaceholder(&scanner) { try skipContent(&scanner) }
      } else if scanner.isNamed("del") || scanner.isNamed("pPr") || scanner.isNamed("Fallback") {
        try scanner.skipElement()
      }
    }
    return text
  }

  /// Whether a form field still shows what to type into it.
  private func isPlaceholder(_ scanner: inout XMLScanner) throws(TableFileError) -> Bool {
    var found = false
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      let token = try scanner.next()
      if token == .done { break }
      if token == .start, scanner.isNamed("showingPlcHdr") { found = true }
    }
    return found
  }

  /// Skips the content that follows a form field's properties.
  private func skipContent(_ scanner: inout XMLScanner) throws(TableFileError) {
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      let token = try scanner.next()
      if token == .done { return }
      if token == .start, scanner.isNamed("sdtContent") { return try scanner.skipElement() }
    }
  }

  /// The state of an old form's check box.
  private func checkBox(_ scanner: inout XMLScanner) throws(TableFileError) -> String {
    var isChecked = false
    let outer = scanner.depth - 1
    while scanner.depth > outer {
      let token = try scanner.next()
      if token == .done { break }
      guard token == .start, scanner.isNamed("checked") || scanner.isNamed("default") else {
        continue
      }
      let value = scanner.attribute("val", prefixed: true)
      isChecked = scanner.isNamed("checked") ? value != "0" : isChecked || value == "1"
    }
    return isChecked ? "☑" : "☐"
  }

  /// Boxes and ticks of the Wingdings fonts.
  private static func symbol(_ code: String) -> String {
    switch code.uppercased().suffix(2) {
    case "FE", "FD", "FC", "52", "54", "50": "☑"
    case "A8", "A3", "6F", "71", "72": "☐"
    default: ""
    }
  }

  // MARK: rows

  private static func rows(_ table: [[DocumentCell]]) -> [SheetRow] {
    var above: [Int: (cell: Cell, row: Int)] = [:]
    return table.enumerated().map { index, cells in
      let number = index + 1
      var row = SheetRow(number: number, cells: [])
      for cell in cells where row.cells.count < widest {
        let column = row.cells.count
        var first = Cell(cell.text.isEmpty ? .empty : .text(cell.text))
        var anchor = number
        if cell.continues, let known = above[column] {
          first = known.cell
          anchor = known.row
          if first.content != .empty { first.mergedFrom = known.row }
        }
        above[column] = (first, anchor)
        above[column]?.cell.mergedFrom = nil
        row.cells.append(first)
        for _ in 1..<max(1, cell.span) where row.cells.count < widest {
          var covered = first
          if covered.content != .empty { covered.mergedFrom = anchor }
          row.cells.append(covered)
        }
      }
      while let last = row.cells.last, last == Cell(.empty) { row.cells.removeLast() }
      return row
    }
  }
}
