import Ledger
import Matcher

extension PublishChange {
  /// One object for programs: `{"type":"change","change","id","own","title","state",…}`. Titles and
  /// values that not everyone may read are left out.
  package var json: JSONValue {
    .object(
      JSONObject(stating: [
        ("type", .string("change")), ("change", .string(kind.rawValue)),
        ("id", id.map { .string($0) }), ("own", own.map { .string($0) }),
        ("title", isOpen && !title.isEmpty ? .string(title) : nil),
        ("state", state.map { .string($0.rawValue) }),
        ("state_before", stateBefore.map { .string($0.rawValue) }),
        ("valid_until", validUntil.map { .string("\($0)") }),
        ("twin_of", twinOf.map { .string($0) }),
        ("fields", fields.isEmpty ? nil : .array(fields.map(\.json))),
        ("codes", reasons.isEmpty ? nil : .array(reasons.map { .string($0) })),
        ("messages", messages.isEmpty ? nil : .array(messages.map { .string($0) })),
        ("file", place.map { .string($0.file) }),
        ("sheet", place?.sheet.map { .string($0) }),
        ("row", place.map { .integer($0.row) }),
      ]))
  }
}

extension FieldChange {
  var json: JSONValue {
    .object(
      JSONObject(stating: [
        ("field", .string(field)), ("old", old.map { .string($0) }),
        ("new", new.map { .string($0) }), ("withheld", isWithheld ? .bool(true) : nil),
      ]))
  }
}

extension PublishPlan {
  /// Counts by kind of change, and what stands although the file does not have it.
  package func summary(isWritten: Bool) -> JSONValue {
    var object = JSONObject([
      ("type", .string("summary")), ("written", .bool(isWritten)),
    ])
    for kind in PublishChange.Kind.allCases { object[kind.rawValue] = .integer(count(kind)) }
    for state in [RecordVersion.State.published, .draft, .returned] {
      object["state_\(state.rawValue)"] = .integer(
        changes.count { $0.kind != .refused && $0.state == state })
    }
    object["absent"] = .array(absent.map { .string($0) })
    object["skipped"] = .integer(skipped)
    return .object(object)
  }
}
