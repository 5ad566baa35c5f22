/// One answer of a form: a label and the value beside, below or behind it.
public struct FormEntry: Sendable, Equatable {
  /// As written, without a colon behind it.
  public var label: String
  /// What the label asks for, when it is a heading that lists have.
  public var field: ListField?
  public var value: String
}

/// Reads forms: tables in which labels stand beside or above their values, several pairs a row,
/// values over merged cells, and `label：value` inside one cell.
///
/// A label is a heading that lists have (`lists/headings.tsv`), a short text that ends with a colon,
/// or a short text in a label's place. A heading over several rows of labels, and titles, are no
/// labels.
struct FormReader {
  /// Characters of a label.
  static let longestLabel = 24

  let corpus: Corpus

  /// The entries of a table, in reading order; an entry without a value has an empty one. Empty when
  /// the table is no form.
  func entries(_ rows: [SheetRow]) -> [FormEntry] {
    let width = rows.map(\.cells.count).max() ?? 0
    var found = Found()
    for (index, row) in rows.enumerated() where !row.isHidden {
      read(row, below: index + 1 < rows.count ? rows[index + 1] : nil, width, &found)
    }
    return found.entries
  }

  /// How many cells of the row are labels that lists have.
  func labelCount(_ row: SheetRow) -> Int {
    cells(row).count { isKnown($0.text) }
  }

  // MARK: rows

  private struct Found {
    var entries: [FormEntry] = []
    /// Cells of the next row that were values of labels above them: row and columns.
    var taken: (row: Int, columns: Set<Int>) = (0, [])

    /// Adds a value; a second one of the same label goes behind the first.
    mutating func add(_ label: String, _ field: ListField?, _ value: String) {
      guard let place = entries.firstIndex(where: { $0.label == label }) else {
        entries.append(FormEntry(label: label, field: field, value: value))
        return
      }
      let old = entries[place].value
      if old.isEmpty {
        entries[place].value = value
      } else if !value.isEmpty, !old.contains(value) {
        entries[place].value = old + "\n" + value
      }
    }
  }

  private struct Place {
    let column: Int
    let text: String
    /// The cell goes on from a row above.
    let continues: Bool
  }

  /// The cells of a row that stand for themselves: what a merged area repeats to the right is left
  /// out.
  private func cells(_ row: SheetRow) -> [Place] {
    row.cells.enumerated().compactMap { column, cell in
      if let from = cell.mergedFrom, from == row.number { return nil }
      if let from = cell.mergedFrom, column > 0, from < row.number,
        row.cells[column - 1] == cell
      {
        return nil
      }
      return Place(column: column, text: trimmed(cell.text), continues: cell.mergedFrom != nil)
    }
  }

  private func read(_ row: SheetRow, below: SheetRow?, _ width: Int, _ found: inout Found) {
    let cells = cells(row).filter {
      !(found.taken.row == row.number && found.taken.columns.contains($0.column))
    }
    var open: Place?
    var waiting: [Place] = []
    var last: (label: String, field: ListField?)?
    let isLabelRow = isLabelRow(cells, below)
    for (index, cell) in cells.enumerated() where !cell.text.isEmpty {
      let inline = inlineEntries(cell.text)
      if !inline.isEmpty {
        for entry in inline { found.add(entry.label, entry.field, entry.value) }
        if let label = open { waiting.append(label) }
        open = nil
        continue
      }
      if isLabelRow || isLabel(cell, after: open, cells, index, width) {
        // A label before a label is a heading over rows, or has its value below.
        if let label = open { waiting.append(label) }
        open = cell
        continue
      }
      if let label = open {
        let name = labelText(label.text)
        found.add(name, field(label.text), answer(cell.text))
        last = (name, field(label.text))
        open = nil
      } else if let last, cell.text.unicodeScalars.count <= 6 {
        // A unit in a cell of its own.
        append(cell.text, to: last.label, &found)
      }
    }
    if let open { waiting.append(open) }
    close(waiting, row, below, &found)
  }

  private func append(_ text: String, to label: String, _ found: inout Found) {
    guard let place = found.entries.firstIndex(where: { $0.label == label }) else { return }
    found.entries[place].value += " " + text
  }

  /// Labels without a value in their row: it stands below them, or there is none.
  private func close(
    _ waiting: [Place], _ row: SheetRow, _ below: SheetRow?, _ found: inout Found
  ) {
    let lower = below.map(cells) ?? []
    var taken: Set<Int> = []
    for label in waiting where !label.continues {
      let value = lower.first { $0.column == label.column }
      let isBelow = value.map { !$0.text.isEmpty && !$0.continues && !isKnown($0.text) } ?? false
      let onlyLabels = lower.filter { isKnown($0.text) }.isEmpty
      if let value, isBelow, onlyLabels, inlineEntries(value.text).isEmpty {
        found.add(labelText(label.text), field(label.text), answer(value.text))
        taken.insert(value.column)
      } else if isKnown(label.text) {
        found.add(labelText(label.text), field(label.text), "")
      }
    }
    if let below, !taken.isEmpty { found.taken = (below.number, taken) }
  }

  // MARK: labels

  private func isLabel(
    _ cell: Place, after open: Place?, _ cells: [Place], _ index: Int, _ width: Int
  ) -> Bool {
    let next = index + 1 < cells.count ? cells[index + 1] : nil
    if isKnown(cell.text) {
      // The last cell of a row behind a label is its value, even if the word is also a heading.
      return open == nil || next != nil || cell.column + 1 < width
    }
    guard open == nil, !cell.continues else { return false }
    if endsWithColon(cell.text) { return cell.text.unicodeScalars.count <= FormReader.longestLabel }
    // A short text in a label's place, with a value behind it.
    guard let next, !next.text.isEmpty, !isKnown(next.text) else { return false }
    return looksLikeLabel(cell.text)
  }

  /// Whether a row has labels alone, with their values in the row below.
  private func isLabelRow(_ cells: [Place], _ below: SheetRow?) -> Bool {
    let filled = cells.filter { !$0.text.isEmpty }
    guard filled.count >= 2, filled.allSatisfy({ isKnown($0.text) }), let below else {
      return false
    }
    let columns = Set(filled.map(\.column))
    let under = self.cells(below).filter { columns.contains($0.column) && !$0.text.isEmpty }
    return !under.isEmpty && under.allSatisfy { !$0.continues && !isKnown($0.text) }
  }

  private func looksLikeLabel(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard (2...FormReader.longestLabel).contains(scalars.count) else { return false }
    return !scalars.contains { "，。；,;!！".unicodeScalars.contains($0) }
      && scalars.contains { $0.properties.isAlphabetic }
      && !scalars.contains { $0.properties.numericType != nil && $0.value < 0x80 }
  }

  private func endsWithColon(_ text: String) -> Bool {
    text.hasSuffix("：") || text.hasSuffix(":")
  }

  /// Whether the text is a heading that lists have: all of it, or the end of a short text.
  private func isKnown(_ text: String) -> Bool {
    field(text) != nil
  }

  private func field(_ text: String) -> ListField? {
    guard text.unicodeScalars.count <= 40 else { return nil }
    let heading = Heading(text, fold: corpus.folding)
    guard let found = corpus.lists.headings.field(heading.name), !found.field.isReturned else {
      return nil
    }
    if found.isWhole { return found.field }
    let isEnd = heading.name.hasSuffix(found.part)
    return isEnd && heading.name.unicodeScalars.count <= FormReader.longestLabel ? found.field : nil
  }

  /// The label without its colon.
  private func labelText(_ text: String) -> String {
    var text = text.split(whereSeparator: \.isNewline).joined()
    while endsWithColon(text) { text.removeLast() }
    return trimmed(text)
  }

  private func answer(_ text: String) -> String {
    corpus.formMarks.answer(text)
  }

  /// The pairs inside one cell: `联系人：张三　电话：…`, one or several, also over lines. None when
  /// the first label is not one that lists have.
  private func inlineEntries(_ text: String) -> [FormEntry] {
    var entries: [FormEntry] = []
    for line in text.split(whereSeparator: \.isNewline) {
      for piece in pieces(String(line)) {
        guard let colon = piece.firstIndex(where: { $0 == "：" || $0 == ":" }) else { return [] }
        let label = trimmed(piece[..<colon])
        let value = trimmed(piece[piece.index(after: colon)...])
        guard let field = field(label), !value.isEmpty || !entries.isEmpty else { return [] }
        entries.append(FormEntry(label: label, field: field, value: answer(value)))
      }
    }
    return entries
  }

  /// A line divided where blanks stand before another `label：`.
  private func pieces(_ line: String) -> [String] {
    var pieces: [String] = []
    for word in line.split(whereSeparator: { $0 == " " || $0 == "　" || $0 == "\t" }) {
      let colon = word.firstIndex { $0 == "：" || $0 == ":" }
      let beginsPair = colon.map { isKnown(String(word[..<$0])) } ?? false
      if beginsPair || pieces.isEmpty {
        pieces.append(String(word))
      } else {
        pieces[pieces.count - 1] += " " + word
      }
    }
    return pieces
  }
}
