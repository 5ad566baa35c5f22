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

    var isEmpty: Bool {
      if case .empty = content { return true }
      if case .text = content { return text.isEmpty }
      return false
    }

    /// Without any blanks; for whole-cell words.
    var compact: String { ListVocabulary.compact(folded) }
  }

  private(set) var views: [View]

  init(_ row: SheetRow, fold: Folding) {
    views = row.cells.map { cell in
      // What a merged area repeats to the right says nothing about the next column.
      if cell.mergedFrom == row.number, cell.content != .empty {
        return View(text: "", folded: [], content: .empty)
      }
      let text = trimmed(cell.text)
      return View(
        text: text, folded: text.isEmpty ? [] : fold.fold(text),
        content: cell.content, isInherited: cell.mergedFrom != nil, hasNote: cell.note != nil)
    }
    // The first cell of a merged area carries no mark of its own in some readers.
    if row.cells.count > 1, row.cells.allSatisfy({ $0.mergedFrom == row.number }),
      let first = row.cells.first
    {
      let text = trimmed(first.text)
      views[0] = View(text: text, folded: fold.fold(text), content: first.content)
    }
  }

  subscript(index: Int) -> View {
    get {
      views.indices.contains(index) ? views[index] : View(text: "", folded: [], content: .empty)
    }
    set {
      if views.indices.contains(index) { views[index] = newValue }
    }
  }

  var indices: Range<Int> { views.indices }

  var filled: [Int] { views.indices.filter { !views[$0].isEmpty } }
}
