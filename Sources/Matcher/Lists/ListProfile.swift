/// How the lists of one park are to be read: corrections by a person, kept as a JSON file.
///
/// ```json
/// {"type":"list_profile","park":"…","sector":"ic","encoding":"gb18030","dated":"2026-11-20",
///  "headings":{"拟投入":"budget"},"units":{"拟投入":"万元"}}
/// ```
public struct ListProfile: Sendable, Equatable {
  public var park: String?
  /// A code of `registry/sectors.tsv`: the sector of rows that state none.
  public var sector: String?
  public var encoding: String?
  /// The day from which relative and year-less dates count.
  public var dated: CivilDate?
  /// Headings as written → fields; nil: keep the column without reading it.
  public var headings: [(heading: String, field: ListField?)] = []
  /// Headings as written → units.
  public var units: [(heading: String, unit: String)] = []

  public init() {}

  /// Reads a profile; what cannot be used is an issue.
  public init(_ value: JSONValue, file: String, issues: inout [RecordIssue]) {
    guard let object = value.object else {
      issues.append(
        RecordIssue(
          .refused, file: file, field: "", got: value.kind,
          expected: "a JSON object: the profile of a park"))
      return
    }
    park = object["park"]?.string
    sector = object["sector"]?.string
    encoding = object["encoding"]?.string
    if let text = object["dated"]?.string {
      dated = CivilDate(iso: text)
      if dated == nil {
        issues.append(
          RecordIssue(
            .refused, file: file, field: "dated", got: RecordIssue.quoted(text),
            expected: "a day as YYYY-MM-DD"))
      }
    }
    for (heading, value) in object["headings"]?.object?.members ?? [] {
      map(heading, to: value.string ?? "", file: file, issues: &issues)
    }
    for (heading, value) in object["units"]?.object?.members ?? [] {
      if let unit = value.string { units.append((heading, unit)) }
    }
  }

  /// Maps a heading to a field by its name; an empty name or `-` keeps the column unread.
  public mutating func map(
    _ heading: String, to name: String, file: String, issues: inout [RecordIssue]
  ) {
    let field = ListField(rawValue: name)
    guard field != nil || name.isEmpty || name == "-" else {
      let names = ListField.allCases.map(\.rawValue).joined(separator: ", ")
      issues.append(
        RecordIssue(
          .refused, file: file, field: "headings", got: RecordIssue.quoted(name),
          expected: "a field of lists: \(names)"))
      return
    }
    headings.removeAll { $0.heading == heading }
    headings.append((heading, field))
  }

  public var json: JSONValue {
    var object = JSONObject([("type", .string("list_profile"))])
    if let park { object["park"] = .string(park) }
    if let sector { object["sector"] = .string(sector) }
    if let encoding { object["encoding"] = .string(encoding) }
    if let dated { object["dated"] = .string(dated.description) }
    object["headings"] = .object(
      JSONObject(
        headings.map { ($0.heading, $0.field.map { .string($0.rawValue) } ?? .string("")) }))
    if !units.isEmpty {
      object["units"] = .object(JSONObject(units.map { ($0.heading, .string($0.unit)) }))
    }
    return .object(object)
  }

  public static func == (left: ListProfile, right: ListProfile) -> Bool {
    left.json == right.json
  }
}
