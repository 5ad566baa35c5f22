/// The fields that are printed for a row, and its demand record.
extension RowReader.Draft {
  /// Title, sector, budget and due first, null when not stated; then what else is.
  func printed(id: String) -> JSONObject {
    var object = JSONObject()
    object.reserve(10 + fields.members.count)
    object.append("title", .string(title))
    for name in RowReader.Draft.first { object.append(name, fields[name] ?? .null) }
    if let name = enterprise, !isFirmHidden {
      object.append("enterprise", .string(name))
    }
    if let code, !isFirmHidden { object.append("uscc", .string(code)) }
    for (name, value) in fields.members where !RowReader.Draft.first.contains(name) {
      object.append(name, value)
    }
    object.append("visibility", .string(tier.rawValue))
    object.append("id", .string(id))
    return object
  }

  private static let first = ["sector", "budget_wan_cny", "due"]

  /// The object that `DemandReader` takes; what no field takes is kept under `columns`.
  func demandRecord(id: String, _ reader: RowReader) -> JSONObject {
    var object = JSONObject()
    object.reserve(10 + record.members.count)
    object.append("type", .string("demand"))
    object.append("id", .string(id))
    object.append("title", .string(title))
    if !text.isEmpty { object.append("text", .string(text)) }
    if let park = reader.park { object.append("park", .string(park)) }
    object.append("visibility", .string(tier.rawValue))
    if let firm = enterpriseObject { object.append("enterprise", firm) }
    for (name, value) in record.members { object.append(name, value) }
    if let contact = contact(reader) { object.append("contact", contact) }
    var source = JSONObject()
    source.reserve(2)
    source.append("kind", .string("list"))
    source.append("ref", .string(reference(reader)))
    object.append("source", .object(source))
    if let confirmation = confirmation(reader) { object.append("confirmation", confirmation) }
    if let kept = kept(reader) { object.append("columns", kept) }
    return object
  }

  private func reference(_ reader: RowReader) -> String {
    reader.sheetReference + String(row.number)
  }

  private var enterpriseObject: JSONValue? {
    var object = JSONObject()
    if !isFirmHidden {
      object.reserve(3)
      if let name = enterprise { object.append("name", .string(name)) }
      if let code { object.append("uscc", .string(code)) }
    }
    if let place = fields["place"] { object.append("place", place) }
    return object.members.isEmpty ? nil : .object(object)
  }

  private func contact(_ reader: RowReader) -> JSONValue? {
    var object = JSONObject()
    for field in [ListField.contact, .phone, .email] {
      var text = ""
      for index in reader.columns.indices(field) {
        let more = cells[index].text
        if !text.isEmpty, !more.isEmpty { text += " " }
        text = text.isEmpty ? more : text + more
      }
      if text.isEmpty { continue }
      if object.members.isEmpty { object.reserve(4) }
      object.append(field.rawValue, .string(text))
    }
    if object.members.isEmpty { return nil }
    object.append("visibility", .string(Visibility.named.rawValue))
    return .object(object)
  }

  /// What a returned sheet showed as read from the words, and what the park answered beside it.
  private func confirmation(_ reader: RowReader) -> JSONValue? {
    guard let read = reader.columns.index(.understood), let index = reader.columns.index(.confirm)
    else { return nil }
    let answer = cells[index].text
    guard !answer.isEmpty else { return nil }
    return .object(
      JSONObject([
        ("read", .string(cells[read].text)), ("answer", .string(answer)),
      ]))
  }

  /// Cells of columns that no field takes, under their headings.
  private func kept(_ reader: RowReader) -> JSONValue? {
    var object = JSONObject()
    for column in reader.columns.columns where !cells[column.index].text.isEmpty {
      switch column.field {
      case nil, .remark, .status, .published:
        object[column.heading] = .string(cells[column.index].text)
      default: continue
      }
    }
    return object.members.isEmpty ? nil : .object(object)
  }
}
