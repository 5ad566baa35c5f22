/// Rows of a table with the product's own column names into the JSON objects that the record
/// readers take.
///
/// A platform's rows follow one another: rows of the same id are its lines.
struct TableRecords {
  enum Side {
    case demand
    case platform
  }

  let side: Side
  let columns: [String]

  init(side: Side, header: [String]) {
    self.side = side
    columns = header.map { trimmed($0).lowercased() }
  }

  static let demandColumns = [
    "id", "title", "text", "park", "synthetic", "visibility", "services", "requirements",
    "certificates",
    "quantity", "unit", "window_start", "window_finish", "budget_cny", "place", "exclude",
  ]
  static let platformColumns = [
    "id", "name", "operator", "kind", "synthetic", "place", "status", "openness", "line_id",
    "line_name",
    "services", "services_broad", "specs", "certificates", "denied", "lot_min", "lot_max",
    "lot_unit",
    "lead_time_days", "slots", "price_min", "price_max", "price_per", "currency", "text", "source",
  ]

  /// Columns of the header that no field takes; their cells are kept in the record as they are.
  var unknownColumns: [String] {
    let known = side == .demand ? TableRecords.demandColumns : TableRecords.platformColumns
    return columns.filter { !$0.isEmpty && !known.contains($0) }
  }

  /// Columns that the header names more than once; the last cell counts.
  var repeatedColumns: [String] {
    Set(columns.filter { name in !name.isEmpty && columns.count(where: { $0 == name }) > 1 })
      .sorted()
  }

  var hasID: Bool {
    columns.contains("id")
  }

  func object(_ cells: [String], log: IssueLog) -> JSONObject {
    var row: [String: String] = [:]
    for (column, cell) in zip(columns, cells) where !trimmed(cell).isEmpty {
      row[column] = trimmed(cell)
    }
    return side == .demand ? demand(row, log) : platform(row, log)
  }

  private func demand(_ row: [String: String], _ log: IssueLog) -> JSONObject {
    var object = JSONObject()
    copy(["id", "title", "text", "park", "visibility"], row, &object)
    if let text = row["synthetic"] { object["synthetic"] = .bool(yes(text)) }
    if let text = row["services"] { object["services"] = list(text) }
    if let text = row["exclude"] { object["exclude"] = list(text) }
    if let text = row["requirements"] {
      object["requirements"] = .array(
        clauses(text, "requirements", log).map(ClauseReader.requirement))
    }
    if let text = row["certificates"] { object["certificates"] = CertificateClauses.objects(text) }
    if let text = row["quantity"] {
      object["quantity"] = .object(
        JSONObject([("value", .string(text + " " + (row["unit"] ?? "")))]))
    }
    if row["window_start"] != nil || row["window_finish"] != nil {
      var window = JSONObject()
      if let start = row["window_start"] { window["start"] = .string(start) }
      if let finish = row["window_finish"] { window["finish"] = .string(finish) }
      object["window"] = .object(window)
    }
    if let text = row["budget_cny"] {
      let amount = number(text, "budget_cny", log)
      if amount != .null { object["budget"] = .object(JSONObject([("max", amount)])) }
    }
    if let text = row["place"] { object["place"] = .object(JSONObject([("allowed", list(text))])) }
    keepUnknown(row, &object)
    return object
  }

  private func platform(_ row: [String: String], _ log: IssueLog) -> JSONObject {
    var object = JSONObject()
    copy(["id", "name", "operator", "kind", "place", "status", "openness", "text"], row, &object)
    if let text = row["synthetic"] { object["synthetic"] = .bool(yes(text)) }
    if let text = row["source"] {
      object["source"] = .object(JSONObject([("kind", .string("form")), ("ref", .string(text))]))
    }
    var line = JSONObject()
    if let id = row["line_id"] { line["id"] = .string(id) }
    if let name = row["line_name"] { line["name"] = .string(name) }
    for name in ["services", "services_broad", "denied"] {
      if let text = row[name] { line[name] = list(text) }
    }
    if let text = row["specs"] {
      line["specs"] = .array(clauses(text, "specs", log).map(ClauseReader.spec))
    }
    if let text = row["certificates"] { line["certificates"] = CertificateClauses.objects(text) }
    commercial(row, &line, log)
    keepUnknown(row, &line)
    object["lines"] = .array([.object(line)])
    return object
  }

  private func commercial(_ row: [String: String], _ line: inout JSONObject, _ log: IssueLog) {
    if let unit = row["lot_unit"] {
      var lot = JSONObject([("unit", .string(unit))])
      if let text = row["lot_min"] { lot["min"] = number(text, "lot_min", log) }
      if let text = row["lot_max"] { lot["max"] = number(text, "lot_max", log) }
      line["lot"] = .object(lot)
    }
    if let text = row["lead_time_days"] {
      line["lead_time"] = .object(JSONObject([("days", number(text, "lead_time_days", log))]))
    }
    if let text = row["slots"] { line["calendar"] = TableRecords.slots(text) }
    if let text = row["price_min"] {
      var price = JSONObject([("min", number(text, "price_min", log))])
      if let text = row["price_max"] { price["max"] = number(text, "price_max", log) }
      if let text = row["price_per"] { price["per"] = .string(text) }
      if let text = row["currency"] { price["currency"] = .string(text) }
      line["price"] = .object(price)
    }
  }

  /// `2027-01-04..2027-06-30 x4; …`
  static func slots(_ text: String) -> JSONValue {
    let entries = text.split(whereSeparator: { $0 == ";" || $0 == "；" })
    return .array(
      entries.map { entry in
        let parts = entry.split(separator: "x")
        let days = (parts.first ?? "").split(separator: ".").map { trimmed($0) }
        var slot = JSONObject()
        slot["from"] = .string(days.first ?? "")
        slot["to"] = .string(days.last ?? "")
        if parts.count > 1 {
          let places = trimmed(parts[1])
          slot["slots"] = Int(places).map { .integer($0) } ?? .string(places)
        }
        return .object(slot)
      })
  }

  private func clauses(_ text: String, _ field: String, _ log: IssueLog) -> [ClauseReader.Clause] {
    let (read, unread) = ClauseReader.clauses(text)
    for part in unread {
      log.refuse(
        field, got: RecordIssue.quoted(part),
        expected: "key operator value unit, such as wafer_diameter = 150 mm")
    }
    return read
  }

  private func number(_ text: String, _ field: String, _ log: IssueLog) -> JSONValue {
    if let (value, unit) = MeasureReader.parts(of: text), unit.isEmpty { return .number(value) }
    log.refuse(field, got: RecordIssue.quoted(text), expected: "a number alone")
    return .null
  }

  private func list(_ text: String) -> JSONValue {
    let parts = text.split(whereSeparator: { ";；|、".contains($0) })
    return .array(parts.map { .string(trimmed($0)) })
  }

  private func yes(_ text: String) -> Bool {
    ["yes", "true", "是", "1"].contains(text.lowercased())
  }

  private func copy(_ names: [String], _ row: [String: String], _ object: inout JSONObject) {
    for name in names {
      if let text = row[name] { object[name] = .string(text) }
    }
  }

  /// A column that is named like a field of a record is not that field.
  private func keepUnknown(_ row: [String: String], _ object: inout JSONObject) {
    for column in unknownColumns {
      guard let text = row[column] else { continue }
      object[TableRecords.fields.contains(column) ? "column \(column)" : column] = .string(text)
    }
  }

  /// Fields of records that no column of the same name fills.
  private static let fields: Set<String> = [
    "type", "lang", "enterprise", "contact", "published", "expires", "source", "processes",
    "window", "budget", "stages", "id", "name", "specs", "envelopes", "certificates_complete",
    "permitted_processes", "lot", "capacity", "lead_time", "calendar", "price", "status",
    "openness", "text",
  ]
}
