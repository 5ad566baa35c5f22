/// What is wrong with one place of an input, and what to do about it. Bad rows are data, not
/// errors.
public struct RecordIssue: Error, Sendable, Equatable {
  public enum Severity: String, Sendable {
    /// The record, or the named part of it, was not used.
    case refused
    /// The record was used; a person should look.
    case warning
  }

  public var severity: Severity
  /// The file as named by the caller; `-` for standard input.
  public var file: String
  /// The line of a JSON Lines file, the record number of a CSV file; from 1. 0 when the whole file
  /// is meant.
  public var row: Int
  /// The record's id, where known.
  public var record: String?
  /// The field or column, as a path: `requirements[2].unit`.
  public var field: String
  public var got: String
  public var expected: String
  public var hint: String?
  /// What the linter found, where the issue is about what a demand asks.
  public var problem: DemandProblem?

  public init(
    _ severity: Severity, file: String = "", row: Int = 0, record: String? = nil, field: String,
    got: String, expected: String, hint: String? = nil
  ) {
    self.severity = severity
    self.file = file
    self.row = row
    self.record = record
    self.field = field
    self.got = got
    self.expected = expected
    self.hint = hint
  }
}

extension RecordIssue {
  /// A text as a message quotes it; the word for nothing when there is none.
  static func quoted(_ text: String) -> String {
    text.isEmpty ? "nothing" : "'\(text)'"
  }

  /// A value as a message shows it: text in quotes, all else as JSON, its kind when that is long.
  static func quoted(_ value: JSONValue) -> String {
    let text = value.string ?? JSONWriter.line(value)
    if text.count > 60 { return value.kind }
    return value.string == nil ? text : quoted(text)
  }
}

extension RecordIssue: CustomStringConvertible {
  /// One line: where, got, expected, what to do.
  public var description: String {
    var place = file
    if row > 0 { place += (place.isEmpty ? "" : ", ") + "row \(row)" }
    if let record { place += (place.isEmpty ? "" : ", ") + "'\(record)'" }
    if !field.isEmpty { place += (place.isEmpty ? "" : ", ") + field }
    let tail = hint.map { "; \($0)" } ?? ""
    return "\(place): got \(got), expected \(expected)\(tail)"
  }

  /// The issue as a JSON object of type `issue`; what was refused is an `error` there.
  public var json: JSONValue {
    var object = JSONObject([
      ("type", .string("issue")),
      ("severity", .string(severity == .refused ? "error" : "warning")),
      ("file", .string(file)), ("row", .integer(row)),
    ])
    if let record { object["record"] = .string(record) }
    object["field"] = .string(field)
    object["got"] = .string(got)
    object["expected"] = .string(expected)
    if let hint { object["hint"] = .string(hint) }
    if let problem { problem.add(to: &object) }
    return .object(object)
  }
}
