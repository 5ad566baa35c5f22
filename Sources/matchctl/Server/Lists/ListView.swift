import Matcher

/// A list and its rows as a page shows them.
struct ListView {
  let call: Call
  let list: KeptList
  let reading: ListReading
  private let texts: ListText

  init(_ call: Call, _ list: KeptList, _ reading: ListReading) {
    self.call = call
    self.list = list
    self.reading = reading
    texts = ListText(call.standing.corpus)
  }

  var json: JSONObject {
    let counts = Dictionary(grouping: reading.rows) { $0.action }.mapValues(\.count)
    let actions = ListRow.Action.allCases.map {
      ($0.rawValue, JSONValue.integer(counts[$0] ?? 0))
    }
    return JSONObject([
      ("id", .string(list.id)), ("park", .string(list.park)), ("name", .string(list.name)),
      ("sha256", .string(list.sha256)), ("size", .integer(list.size)),
      ("state", .string(list.state.rawValue)), ("by", .string(list.by)), ("at", .string(list.at)),
      ("submitted_by", list.submittedBy.map { .string($0) } ?? .null),
      ("rows", .integer(reading.rows.count)), ("counts", .object(JSONObject(actions))),
      ("tables", .array(reading.tables.map(table))),
      ("corrections", .integer(list.corrections.count)),
      ("issues", .array(issues)),
    ])
  }

  private var issues: [JSONValue] { IssueView(call).json(reading.issues) }

  private func table(_ table: ListReader.Table) -> JSONValue {
    .object(
      JSONObject(stating: [
        ("sheet", table.sheet.map { .string($0) } ?? .null),
        ("columns", .array(table.columns.columns.map(column))),
        ("date", .string("\(table.basis.day)")),
        ("date_basis", .string(table.basis.kind.rawValue)),
        ("encoding", reading.encoding.map { .string($0.encoding.rawValue) }),
        ("park", table.park.map { .string($0) }),
      ]))
  }

  private func column(_ column: ListColumns.Column) -> JSONValue {
    .object(
      JSONObject(stating: [
        ("column", .integer(column.index)), ("heading", .string(column.heading)),
        ("field", column.field.map { .string($0.rawValue) } ?? .null),
        (
          "field_name",
          column.field.map { .string(texts.word("list.field.\($0.rawValue)", call.language)) }
            ?? .null
        ),
        ("basis", .string(column.basis.rawValue)), ("unit", column.unit.map { .string($0) }),
      ]))
  }

  /// A row with its problems and cells.
  func row(_ row: ListRow) -> JSONValue {
    var object = texts.json(row, call.language).object ?? JSONObject()
    object["file"] = nil
    object["messages"] = nil
    object["fields"] = row.fields.map { .object($0) } ?? .object(JSONObject())
    object["action_text"] = .string(texts.action(row.action, call.language))
    object["title"] = .string(row.title)
    object["enterprise"] = row.enterprise.map { .string($0) }
    let problems = row.findings.filter(texts.isProblem)
    object["problems"] = .array(problems.map(problem))
    object["cells"] = .array(cells(row, problems))
    return .object(object)
  }

  private func problem(_ finding: ListFinding) -> JSONValue {
    .object(
      JSONObject([
        ("code", .string(finding.code)),
        ("text", .string(texts.sentence(finding, call.language))),
        ("refuses", .bool(texts.isRefusal(finding))),
        ("column", finding.column.map { .integer($0) } ?? .null),
      ]))
  }

  private func cells(_ row: ListRow, _ problems: [ListFinding]) -> [JSONValue] {
    let cells = reading.cells[ListReading.key(row.sheet, row.number)]?.cells ?? []
    return cells.enumerated().map { column, cell in
      let own = problems.filter { $0.column == column }
      let mark = own.isEmpty ? nil : own.contains(where: texts.isRefusal) ? "refused" : "warning"
      let isCorrected = list.corrections.contains {
        $0.sheet == row.sheet && $0.row == row.number && $0.column == column
      }
      return .object(
        JSONObject(stating: [
          ("column", .integer(column)), ("letter", .string(ListView.letter(column))),
          ("text", .string(cell.text)), ("mark", mark.map { .string($0) }),
          ("corrected", isCorrected ? .bool(true) : nil),
        ]))
    }
  }

  /// `A`, …, `Z`, `AA`, ….
  private static func letter(_ column: Int) -> String {
    var (rest, text) = (column, "")
    repeat {
      text = String(UnicodeScalar(UInt8(65 + rest % 26))) + text
      rest = rest / 26 - 1
    } while rest >= 0
    return text
  }

  /// One message a firm: what to correct in its rows.
  var notices: [JSONValue] {
    var order: [String] = []
    var rows: [String: [ListRow]] = [:]
    for row in reading.rows where row.action == .reject || row.action == .acceptWithWarning {
      guard let firm = row.enterprise, row.findings.contains(where: texts.isProblem) else {
        continue
      }
      if rows[firm] == nil { order.append(firm) }
      rows[firm, default: []].append(row)
    }
    return order.map { firm in
      .object(
        JSONObject([
          ("enterprise", .string(firm)), ("text", .string(notice(firm, rows[firm] ?? []))),
        ]))
    }
  }

  private func notice(_ firm: String, _ rows: [ListRow]) -> String {
    let language = call.language
    var lines = [
      texts.word("list.notice.head", language, ["enterprise": firm, "count": String(rows.count)])
    ]
    for row in rows {
      let title = row.title.isEmpty ? texts.word("list.notice.untitled", language) : row.title
      lines.append(
        texts.word("list.notice.row", language, ["row": String(row.number), "title": title]))
      lines += row.findings.filter(texts.isProblem).map { "  - \(texts.sentence($0, language))" }
    }
    return lines.joined(separator: "\n")
  }
}
