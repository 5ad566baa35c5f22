/// The cells of one row as the reader of rows looks at them.
struct RowCells {
  private(set) var views: [CellView]
  /// The columns whose cells hold something, ascending.
  let filled: [Int]
  private let blank: CellView

  /// - Parameter cache: Gives cells of the same column and text as one view.
  init(_ row: SheetRow, cache: inout CellCache) {
    blank = cache.blank
    var views: [CellView] = []
    views.reserveCapacity(row.cells.count)
    var filled: [Int] = []
    filled.reserveCapacity(row.cells.count)
    var isOneArea = row.cells.count > 1
    for column in row.cells.indices {
      let area = row.cells[column].mergedFrom
      isOneArea = isOneArea && area == row.number
      let view: CellView
      if area == nil, row.cells[column].note == nil {
        // Most cells hold a text and nothing more.
        view = cache.view(of: row.cells[column].content, column: column)
      } else {
        // What a merged area repeats to the right says nothing about the next column.
        let isRepeated = area == row.number && row.cells[column].content != .empty
        view = isRepeated ? cache.blank : cache.view(row.cells[column], column: column)
      }
      if !view.isEmpty { filled.append(column) }
      views.append(view)
    }
    // The first cell of a merged area carries no mark of its own in some readers.
    if isOneArea, let first = row.cells.first {
      views[0] = cache.view(Cell(first.content), column: 0)
      filled = views[0].isEmpty ? [] : [0]
    }
    self.views = views
    self.filled = filled
  }

  subscript(index: Int) -> CellView {
    views.indices.contains(index) ? views[index] : blank
  }

  /// Takes the cell of the row above; both hold something.
  mutating func inherit(_ index: Int, from above: RowCells) {
    if views.indices.contains(index) { views[index] = above[index] }
  }
}
