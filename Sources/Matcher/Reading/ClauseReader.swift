/// Reads the short form of requirements and specs that fits one cell or one flag:
/// `implant_temperature >= 500 ℃ (soft)`.
///
/// Grammar: `key operator value [unit] [(strictness)]`; operators `= >= <= > < ≥ ≤`; ranges as
/// `a..b` or `a~b`; alternatives as `a|b`. The operator says what the side can do or needs: on the
/// demand side `>=` asks at least, `<=` at most; on the line side `<=` states an upper end, `>=` a
/// lower end.
enum ClauseReader {
  struct Clause: Equatable {
    let key: String
    let sign: String
    let values: [String]
    let isRange: Bool
    let strictness: String?
  }

  /// The clause, or nil when there is no operator, no value, or more than one behind `>=` or `<=`.
  static func clause(_ text: String) -> Clause? {
    var body = Substring(trimmed(text))
    var strictness: String?
    if body.last == ")" || body.last == "）",
      let open = body.lastIndex(where: { $0 == "(" || $0 == "（" })
    {
      let inside = trimmed(body[body.index(after: open)...].dropLast())
      if Strictness(rawValue: inside) != nil {
        strictness = inside
        body = body[..<open]
      }
    }
    let signs: [Character] = ["=", "<", ">", "≥", "≤", "＝", "＜", "＞"]
    guard let start = body.firstIndex(where: signs.contains) else { return nil }
    let tail = body[start...]
    let signText = tail.prefix(while: signs.contains)
    let value = trimmed(tail.dropFirst(signText.count))
    guard let sign = normalized(String(signText)), !value.isEmpty else { return nil }
    let range = ends(value)
    let values =
      range.count == 2
      ? range : value.split(separator: "|").map { trimmed($0) }.filter { !$0.isEmpty }
    guard !values.isEmpty, sign == "=" || values.count == 1 else { return nil }
    return Clause(
      key: trimmed(body[..<start]), sign: sign, values: values, isRange: range.count == 2,
      strictness: strictness)
  }

  /// The clauses of a cell, divided by `;`, `；` or line breaks; what cannot be read comes back as
  /// text.
  static func clauses(_ cell: String) -> (read: [Clause], unread: [String]) {
    let parts = cell.split(whereSeparator: { $0 == ";" || $0 == "；" || $0.isNewline })
    var read: [Clause] = []
    var unread: [String] = []
    for part in parts where !trimmed(part).isEmpty {
      if let clause = clause(String(part)) {
        read.append(clause)
      } else {
        unread.append(trimmed(part))
      }
    }
    return (read, unread)
  }

  /// The requirement object of a clause.
  static func requirement(_ clause: Clause) -> JSONValue {
    var object = JSONObject([("key", .string(clause.key))])
    switch clause.sign {
    case ">=": object["op"] = .string("at_least")
    case "<=": object["op"] = .string("at_most")
    default:
      if clause.isRange { object["op"] = .string("cover") }
      if clause.values.count > 1, !clause.isRange { object["op"] = .string("one_of") }
    }
    let values = clause.values.map(value)
    object["value"] = values.count == 1 ? values[0] : .array(sharedUnit(clause))
    if let strictness = clause.strictness { object["strictness"] = .string(strictness) }
    return .object(object)
  }

  /// The spec object of a clause.
  static func spec(_ clause: Clause) -> JSONValue {
    var object = JSONObject([("key", .string(clause.key))])
    let values = clause.values.map(value)
    switch clause.sign {
    case ">=": object["min"] = values[0]
    case "<=": object["max"] = values[0]
    case _ where clause.isRange:
      let ends = sharedUnit(clause)
      object["min"] = ends[0]
      object["max"] = ends[1]
    case _ where values.count == 1 && values[0].bool != nil: object["value"] = values[0]
    case _ where values.count == 1 && MeasureReader.parts(of: clause.values[0]) == nil:
      object["values"] = .array(values)
    case _ where values.count == 1: object["value"] = values[0]
    default: object["values"] = .array(sharedUnit(clause))
    }
    return .object(object)
  }

  /// `-40..85 ℃`: the unit behind the last value holds for all that have none.
  private static func sharedUnit(_ clause: Clause) -> [JSONValue] {
    let unit = clause.values.last.flatMap { MeasureReader.parts(of: $0) }?.1 ?? ""
    return clause.values.map { text in
      guard !unit.isEmpty, let parts = MeasureReader.parts(of: text), parts.1.isEmpty else {
        return value(text)
      }
      return .string(text + " " + unit)
    }
  }

  private static func value(_ text: String) -> JSONValue {
    switch text.lowercased() {
    case "true", "yes", "是": .bool(true)
    case "false", "no", "否": .bool(false)
    default: .string(text)
    }
  }

  private static func normalized(_ sign: String) -> String? {
    switch sign {
    case "=", "＝", "==": "="
    case ">=", "≥", ">", "＞", "＞＝": ">="
    case "<=", "≤", "<", "＜", "＜＝": "<="
    default: nil
    }
  }

  /// The two ends of `a..b`, `a~b`, `a…b`, `a至b`; the whole text when it is no range.
  private static func ends(_ text: String) -> [String] {
    for mark in ["..", "…", "~", "～", "至", "到"] {
      guard let place = text.range(of: mark, after: text.startIndex),
        place.lowerBound > text.startIndex
      else { continue }
      let ends = [trimmed(text[..<place.lowerBound]), trimmed(text[place.upperBound...])]
      if ends.allSatisfy({ MeasureReader.parts(of: $0) != nil }) { return ends }
    }
    return [text]
  }
}

extension String {
  /// The first place of a mark at or behind an index.
  func range(of mark: String, after start: Index) -> Range<Index>? {
    var index = start
    while index < endIndex {
      if self[index...].hasPrefix(mark) {
        return index..<self.index(index, offsetBy: mark.count)
      }
      index = self.index(after: index)
    }
    return nil
  }
}

/// Requirements and specs in their short form, for callers outside the library.
public enum RequirementClauses {
  /// The requirement objects of clauses such as `wafer_diameter = 150 mm`; what cannot be read
  /// comes back as it was.
  public static func objects(_ texts: [String]) -> (requirements: [JSONValue], unread: [String]) {
    var requirements: [JSONValue] = []
    var unread: [String] = []
    for text in texts {
      let found = ClauseReader.clauses(text)
      requirements += found.read.map(ClauseReader.requirement)
      unread += found.unread
    }
    return (requirements, unread)
  }
}
