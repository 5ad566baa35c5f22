import Matcher

/// What stands around a sheet's rows and has to be known before them: merged areas (which the
/// file states behind its rows), hidden columns, rows that are hidden unless they say otherwise.
struct SheetOutline {
  private(set) var merges: [CellArea] = []
  private(set) var hiddenColumns: [Int] = []
  private(set) var hidesRows = false

  /// Reads the sheet's part once.
  init(part: String, _ source: PartSource) throws(TableFileError) {
    var scanner = XMLScanner(part: part) { () throws(TableFileError) in try source.next() }
    var hidden: Set<Int> = []
    while true {
      let token = try scanner.next()
      if token == .done { break }
      guard token == .start else { continue }
      if scanner.isNamed("col") {
        if scanner.flag("hidden"), let first = scanner.integer("min"),
          let last = scanner.integer("max"), first >= 1, first <= last
        {
          hidden.formUnion(first - 1...min(last - 1, CellReference.lastColumn))
        }
      } else if scanner.isNamed("sheetFormatPr") {
        hidesRows = scanner.flag("zeroHeight")
      } else if scanner.isNamed("mergeCell") {
        if let area = scanner.attribute("ref").flatMap(CellArea.init),
          area.columns.count > 1 || area.rows.count > 1
        {
          merges.append(area)
        }
      }
    }
    merges.sort {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    hiddenColumns = hidden.sorted()
  }
}

/// Fills the covered cells of merged areas as the rows go by.
struct MergeFiller {
  /// Columns beyond are not filled.
  static let widest = 1024

  private let areas: [CellArea]
  private var next = 0
  private var active: [(area: CellArea, anchor: Cell)] = []

  init(_ areas: [CellArea]) {
    self.areas = areas
  }

  /// Gives each covered cell of the row its area's first cell.
  mutating func fill(_ cells: inout [Cell], row: Int) {
    active.removeAll { $0.area.rows.upperBound < row }
    while next < areas.count, areas[next].rows.lowerBound <= row {
      let area = areas[next]
      next += 1
      guard area.rows.lowerBound == row else { continue }
      let column = area.columns.lowerBound
      active.append((area, column < cells.count ? cells[column] : Cell(.empty)))
    }
    for (area, anchor) in active where anchor.content != .empty {
      let last = min(area.columns.upperBound, MergeFiller.widest)
      guard area.columns.lowerBound <= last else { continue }
      for column in area.columns.lowerBound...last
      where row > area.rows.lowerBound || column > area.columns.lowerBound {
        while cells.count <= column { cells.append(Cell(.empty)) }
        cells[column] = anchor
        cells[column].note = nil
        cells[column].mergedFrom = area.rows.lowerBound
      }
    }
  }
}
