/// The cells of one row as the reader of rows looks at them.
struct RowCells {
  struct View {
    /// Without blanks around it, as shown; empty when the cell holds nothing that can be read.
    var text: String
    /// Folded once for everything that is compared.
    var folded: [UInt32]
    var content: Cell.Content
    /// Takes its content from the row above by merging.
    var isInherited = false
    var hasNote = false

    static let empty = View("", .empty, nil)

    init(_ text: String, _ content: Cell.Content, _ fold: Folding?) {
      self.text = text
      self.content = content
      folded = text.isEmpty ? [] : fold?.fold(text) ?? []
      if folded.count <= 24 { compact = ListVocabulary.compact(folded) }
    }

    var isEmpty: Bool {
      if case .empty = content { return true }
      if case .text = content { return text.isEmpty }
      return false
    }

    /// Without any blanks, for whole-cell words; empty for cells longer than any such word.
    var compact = ""
  }

  private(set) var views: [View]

  init(_ row: SheetRow, fold: Folding) {
    views = row.cells.map { cell in
      // What a merged area repeats to the right says nothing about the next column.
      if cell.mergedFrom == row.number, cell.content != .empty {
        return View.empty
      }
      var view = View(RowCells.trim(cell.text), cell.content, fold)
      view.isInherited = cell.mergedFrom != nil
      view.hasNote = cell.note != nil
      return view
    }
    // The first cell of a merged area carries no mark of its own in some readers.
    if row.cells.count > 1, row.cells.allSatisfy({ $0.mergedFrom == row.number }),
      let first = row.cells.first
    {
      views[0] = View(trimmed(first.text), first.content, fold)
    }
  }

  /// The text without blanks around it; as it is when its ends are plainly none.
  private static func trim(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last else { return text }
    let mayBeBlank: (UInt8) -> Bool = { $0 <= 0x20 || [0xC2, 0xE3, 0xE2, 0xEF].contains($0) }
    let endsPlainly = last > 0x20 && ![0x80, 0xA0, 0x8B, 0xBF].contains(last)
    return !mayBeBlank(first) && endsPlainly ? text : trimmed(text)
  }

  subscript(index: Int) -> View {
    get {
      views.indices.contains(index) ? views[index] : View.empty
    }
    set {
      if views.indices.contains(index) { views[index] = newValue }
    }
  }

  var indices: Range<Int> { views.indices }

  var filled: [Int] { views.indices.filter { !views[$0].isEmpty } }
}
