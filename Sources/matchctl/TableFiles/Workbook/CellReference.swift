/// A cell's place: column and row, both from 0 and 1 as `Cell` and `SheetRow` count them.
struct CellReference: Equatable, Hashable {
  static let lastColumn = 16_383
  static let lastRow = 1_048_576

  /// From 0.
  var column: Int
  /// From 1.
  var row: Int

  init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  /// Reads `AB12` or `$AB$12`; nil beyond the size of a sheet.
  init?(_ bytes: some Sequence<UInt8>) {
    var column = 0
    var row = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "$"): continue
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        guard row == 0 else { return nil }
        column = column * 26 + Int(byte & 0x1F)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): row = row * 10 + Int(byte - 0x30)
      default: return nil
      }
      if column > CellReference.lastColumn + 1 || row > CellReference.lastRow { return nil }
    }
    guard column > 0, row > 0 else { return nil }
    self.init(column: column - 1, row: row)
  }

  /// The column's letters.
  static func letters(_ column: Int) -> String {
    var letters = ""
    var rest = column + 1
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }

  var text: String { CellReference.letters(column) + String(row) }
}

/// A rectangle of cells: `A1:C3`, or one cell.
struct CellArea: Equatable {
  let columns: ClosedRange<Int>
  let rows: ClosedRange<Int>

  init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1)
    guard let first = parts.first.flatMap({ CellReference($0) }),
      let last = parts.last.flatMap({ CellReference($0) }),
      first.column <= last.column, first.row <= last.row
    else { return nil }
    columns = first.column...last.column
    rows = first.row...last.row
  }
}
