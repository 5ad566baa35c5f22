/// The fields that are printed for a row, and its demand record.
public struct ListRecord {
  let draft: RowReader.Draft
  let reader: RowReader
  let id: String

  /// Title, sector, budget and due first, null when not stated; then what else is.
  var fields: JSONObject {
    var object = JSONObject()
    object.reserve(10 + draft.fields.members.count)
    object.append("title", .string(draft.title))
    for name in ListRecord.first { object.append(name, draft.fields[name] ?? .null) }
    if let name = draft.enterprise, !draft.isFirmHidden {
      object.append("enterprise", .string(name))
    }
    if let code = draft.code, !draft.isFirmHidden { object.append("uscc", .string(code)) }
    for (name, value) in draft.fields.members where !ListRecord.first.contains(name) {
      object.append(name, value)
    }
    object.append("visibility", .string(draft.tier.rawValue))
    object.append("id", .string(id))
    return object
  }

  private static let first = ["sector", "budget_wan_cny", "due"]

  /// The object that `DemandReader` takes; what no field takes is kept under `columns`.
  var record: JSONObject {
    var object = JSONObject()
    object.reserve(10 + draft.record.members.count)
    object.append("type", .string("demand"))
    object.append("id", .string(id))
    object.append("title", .string(draft.title))
    if !draft.text.isEmpty { object.append("text", .string(draft.text)) }
    if let park = reader.park { object.append("park", .string(park)) }
    object.append("visibility", .string(draft.tier.rawValue))
    if let enterprise { object.append("enterprise", enterprise) }
    for (name, value) in draft.record.members { object.append(name, value) }
    if let contact { object.append("contact", contact) }
    object.append(
      "source",
      .object(JSONObject([("kind", .string("list")), ("ref", .string(reference))])))
    if let confirmation { object.append("confirmation", confirmation) }
    if let kept { object.append("columns", kept) }
    return object
  }

  private var reference: String {
    let sheet = reader.info.sheet.map { "/\($0)" } ?? ""
    return "\(reader.info.file)\(sheet)#\(draft.row.number)"
  }

  private var enterprise: JSONValue? {
    var object = JSONObject()
    if !draft.isFirmHidden {
      if let name = draft.enterprise { object["name"] = .string(name) }
      if let code = draft.code { object["uscc"] = .string(code) }
    }
    if let place = draft.fields["place"] { object["place"] = place }
    return object.members.isEmpty ? nil : .object(object)
  }

  private var contact: JSONValue? {
    var object = JSONObject()
    for field in [ListField.contact, .phone, .email] {
      let indices = reader.columns.indices(field)
      guard indices.contains(where: { !draft.cells[$0].text.isEmpty }) else { continue }
      let texts = indices.map { draft.cells[$0].text }.filter { !$0.isEmpty }
      object.append(field.rawValue, .string(texts.joined(separator: " ")))
    }
    if object.members.isEmpty { return nil }
    object["visibility"] = .string(Visibility.named.rawValue)
    return .object(object)
  }

  /// What a returned sheet showed as read from the words, and what the park answered beside it.
  private var confirmation: JSONValue? {
    guard let read = reader.columns.index(.understood), let index = reader.columns.index(.confirm)
    else { return nil }
    let answer = draft.cells[index].text
    guard !answer.isEmpty else { return nil }
    return .object(
      JSONObject([
        ("read", .string(draft.cells[read].text)), ("answer", .string(answer)),
      ]))
  }

  /// Cells of columns that no field takes, under their headings.
  private var kept: JSONValue? {
    var object = JSONObject()
    for column in reader.columns.columns where !draft.cells[column.index].text.isEmpty {
      switch column.field {
      case nil, .remark, .status, .published:
        object[column.heading] = .string(draft.cells[column.index].text)
      default: continue
      }
    }
    return object.members.isEmpty ? nil : .object(object)
  }
}
