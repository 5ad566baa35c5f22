/// One cell of a table as its file holds it.
public struct Cell: Sendable, Equatable {
  public enum Content: Sendable, Equatable {
    case empty
    case text(String)
    /// The value, and its text as a person sees it.
    case number(Double, String)
    case date(CivilDate)
    case flag(Bool)
    /// `#N/A`, `#REF!`, …
    case error(String)
    /// A formula whose value the file does not hold, with its text.
    case formula(String)
  }

  public var content: Content
  /// The value was computed by the file's program.
  public var isComputed = false
  /// The cell takes its content from the first cell of a merged area: that cell's row.
  ///
  /// Every covered cell repeats the first one. A row above its own number says that the area goes
  /// down: a value that holds for several rows. Its own row's number says that the area goes
  /// right: a title, or a heading over several columns that a heading row below divides; in a row
  /// of data such a cell repeats what stands at the left and says nothing new.
  public var mergedFrom: Int?
  /// A note that hangs on the cell.
  public var note: String?

  public init(_ content: Content) {
    self.content = content
  }

  /// What a person reads in the cell; empty for errors and formulas without a value.
  public var text: String {
    switch content {
    case .text(let text), .number(_, let text): text
    case .date(let date): date.description
    case .flag(let flag): flag ? "TRUE" : "FALSE"
    case .empty, .error, .formula: ""
    }
  }
}

/// One row of a table. `cells[i]` is column i, from 0; missing cells at the end are left out.
public struct SheetRow: Sendable, Equatable {
  /// From 1, as the file's program shows it; for CSV the record's number.
  public var number: Int
  public var isHidden = false
  public var cells: [Cell]

  public init(number: Int, cells: [Cell]) {
    self.number = number
    self.cells = cells
  }
}

/// What is known of a table before its rows.
public struct SheetInfo: Sendable, Equatable {
  /// The file as named by the caller.
  public var file: String
  /// nil in files that have no sheets.
  public var sheet: String?
  public var isHidden = false
  /// The columns that the file's program does not show, from 0, ascending.
  public var hiddenColumns: [Int] = []
  /// The day the file states it was made or changed.
  public var dated: CivilDate?

  public init(file: String, sheet: String? = nil) {
    self.file = file
    self.sheet = sheet
  }
}

/// Takes tables row by row, in the order of the file.
public protocol SheetConsumer {
  mutating func begin(_ sheet: SheetInfo)
  mutating func row(_ row: SheetRow)
  mutating func end()
}
