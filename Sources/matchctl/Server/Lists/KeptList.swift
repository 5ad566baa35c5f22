import Ledger
import Matcher
import RecordFiles

/// What is known of a list that was uploaded, besides its bytes.
struct KeptList: Sendable {
  enum State: String, Sendable {
    case draft, submitted, published
  }

  let id: String
  let park: String
  let name: String
  let sha256: String
  let size: Int
  let by: String
  let at: String
  /// The day from which relative days in it count: when it came in.
  let received: CivilDate
  var state = State.draft
  var submittedBy: String?
  var corrections: [CellCorrection] = []
  /// Headings with the field a person said they hold; nil leaves the column unread.
  var columns: [(heading: String, field: String?)] = []

  init(
    id: String, park: String, name: String, bytes: [UInt8], by: String, at: Instant,
    received: CivilDate
  ) {
    self.id = id
    self.park = park
    self.name = name
    sha256 = SHA256.hex(bytes)
    size = bytes.count
    self.by = by
    self.at = at.description
    self.received = received
  }

  init?(_ json: JSONValue) {
    guard let object = json.object, let id = object["id"]?.string,
      let park = object["park"]?.string, let name = object["name"]?.string,
      let by = object["by"]?.string, let at = object["at"]?.string,
      let received = object["received"]?.string.flatMap({ CivilDate(iso: $0) })
    else { return nil }
    self.id = id
    self.park = park
    self.name = name
    sha256 = object["sha256"]?.string ?? ""
    size = object["size"]?.number.flatMap { Int(exactly: $0) } ?? 0
    self.by = by
    self.at = at
    self.received = received
    state = object["state"]?.string.flatMap(State.init) ?? .draft
    submittedBy = object["submitted_by"]?.string
    corrections = (object["corrections"]?.array ?? []).compactMap { value in
      guard let object = value.object,
        let row = object["row"]?.number.flatMap({ Int(exactly: $0) }),
        let column = object["column"]?.number.flatMap({ Int(exactly: $0) }),
        let text = object["text"]?.string
      else { return nil }
      return CellCorrection(sheet: object["sheet"]?.string, row: row, column: column, text: text)
    }
    columns = (object["columns"]?.object?.members ?? []).map { ($0.name, $0.value.string) }
  }

  var json: JSONObject {
    JSONObject([
      ("id", .string(id)), ("park", .string(park)), ("name", .string(name)),
      ("sha256", .string(sha256)), ("size", .integer(size)), ("by", .string(by)),
      ("at", .string(at)), ("received", .string("\(received)")),
      ("state", .string(state.rawValue)),
      ("submitted_by", submittedBy.map { .string($0) } ?? .null),
      ("corrections", .array(corrections.map(KeptList.json))),
      (
        "columns",
        .object(JSONObject(columns.map { ($0.heading, $0.field.map { .string($0) } ?? .null) }))
      ),
    ])
  }

  private static func json(_ correction: CellCorrection) -> JSONValue {
    .object(
      JSONObject([
        ("sheet", correction.sheet.map { .string($0) } ?? .null),
        ("row", .integer(correction.row)), ("column", .integer(correction.column)),
        ("text", .string(correction.text)),
      ]))
  }

  /// Puts corrections in the place of earlier ones of the same cells.
  mutating func correct(_ new: [CellCorrection]) {
    for correction in new {
      corrections.removeAll {
        $0.sheet == correction.sheet && $0.row == correction.row && $0.column == correction.column
      }
      corrections.append(correction)
    }
  }
}
