/// Holds the tables of a small file: a form, or a list of some rows.
public struct GatheredTables: SheetConsumer {
  public struct Table: Sendable {
    public let info: SheetInfo
    public internal(set) var rows: [SheetRow] = []
  }

  /// Rows of a table that are kept.
  public static let rowLimit = 20_000

  public private(set) var tables: [Table] = []
  /// Rows beyond the limit.
  public private(set) var dropped = 0

  public init() {}

  public mutating func begin(_ sheet: SheetInfo) {
    tables.append(Table(info: sheet))
  }

  public mutating func row(_ row: SheetRow) {
    guard let last = tables.indices.last else { return }
    if tables[last].rows.count < GatheredTables.rowLimit {
      tables[last].rows.append(row)
    } else {
      dropped += 1
    }
  }

  public mutating func end() {}
}
