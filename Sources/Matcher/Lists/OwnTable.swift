extension ListReader {
  /// Whether these are the product's own columns for demands: `id` and at least one more, or alone.
  public static func isOwnHeader(_ names: [String]) -> Bool {
    let names = names.map { trimmed($0).lowercased() }.filter { !$0.isEmpty }
    guard names.contains("id") else { return false }
    let own = names.count { TableRecords.demandColumns.contains($0) }
    return own >= 2 || names.count == 1
  }
}

/// A table with the product's own columns inside a workbook: each row is a record as it stands.
struct OwnTable {
  let table: TableRecords
  let corpus: Corpus
  let info: SheetInfo

  init?(_ row: SheetRow, corpus: Corpus, info: SheetInfo) {
    let names = HeadingFinder.texts(row)
    guard ListReader.isOwnHeader(names) else { return nil }
    table = TableRecords(side: .demand, header: names)
    self.corpus = corpus
    self.info = info
  }

  /// The row's record; what its cells lack becomes issues, given to `report`.
  func read(_ row: SheetRow, _ report: ([RecordIssue]) -> Void) -> ListRow {
    var out = ListRow(file: info.file, sheet: info.sheet, number: row.number)
    if HeadingFinder.distinct(row).isEmpty {
      out.findings = [ListFinding("blank_row")]
      return out
    }
    let log = IssueLog(file: info.file, row: row.number)
    let object = table.object(row.cells.map(\.text), log: log)
    report(log.issues)
    out.action = log.issues.isEmpty ? .accept : .acceptWithWarning
    out.record = object
    out.systemID = object["id"]?.string
    out.title = object["title"]?.string ?? ""
    out.fields = ListRecord.fields(of: object, corpus)
    return out
  }
}

/// What is printed of a record that is already in the product's own form.
public enum ListRecord {
  /// The fields that are printed for a record of the product's own form.
  public static func fields(of object: JSONObject, _ corpus: Corpus) -> JSONObject {
    var fields = JSONObject([("title", object["title"] ?? .null)])
    let service = object["services"]?.array?.first?.string ?? ""
    let code = object["sector"]?.string ?? String(service.prefix { $0 != "." })
    fields["sector"] = corpus.lists.sectorListNames[code].map { .string($0) } ?? .null
    fields["budget_wan_cny"] = budget(object["budget"]?.object)
    fields["due"] = object["window"]?.object?["finish"] ?? .null
    fields["id"] = object["id"] ?? .null
    return fields
  }

  private static func budget(_ budget: JSONObject?) -> JSONValue {
    guard let budget, let maximum = budget["max"]?.number,
      budget["currency"]?.string ?? "CNY" == "CNY", budget["basis"]?.string != "unit"
    else { return .null }
    return .number(maximum / 10_000)
  }
}
