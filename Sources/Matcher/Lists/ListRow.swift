/// What becomes of one row of a list.
public struct ListRow: Sendable {
  public enum Action: String, Sendable, CaseIterable {
    /// Taken; nothing was assumed.
    case accept
    /// Taken; the park is told what was assumed.
    case acceptWithWarning = "accept_with_warning"
    /// Not taken; returned with the reasons.
    case reject
    /// No demand: a title, a heading, a total, a blank row.
    case skip
  }

  public let file: String
  public let sheet: String?
  /// From 1, as the file's program shows it; for CSV the record's number.
  public let number: Int
  public internal(set) var action = Action.skip
  /// In the order found; at least one for a row that is not plainly accepted.
  public internal(set) var findings: [ListFinding] = []
  /// What was read, for rows that were taken: title, sector, budget_wan_cny, due, then what else is
  /// stated.
  public internal(set) var fields: JSONObject?
  /// The demand record of a row that was taken.
  public internal(set) var record: JSONObject?
  /// The record's id, for rows that were taken or returned.
  public internal(set) var systemID: String?
  /// The enterprise as written, unless its name is not to be shown; for messages to it.
  public internal(set) var enterprise: String?
  /// The title or what stands for it; empty when nothing may be echoed.
  public internal(set) var title = ""
  /// The park's own number of the row as written; nil without one.
  package internal(set) var serial: String?
  /// What stands in the column that a returned sheet has for our number.
  package internal(set) var statedID: String?
  /// Who may see it, also of a row that was not taken.
  package internal(set) var tier = Visibility.everyone
  /// The enterprise where its name is not to be shown, or the row is read no further: it is in no
  /// record and no message.
  package internal(set) var hiddenFirm: (name: String, code: String?)?

  init(file: String, sheet: String?, number: Int) {
    self.file = file
    self.sheet = sheet
    self.number = number
  }

  public var codes: [String] { findings.map(\.code) }
}
