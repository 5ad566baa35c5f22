import Matcher

/// A version of a demand or of a platform's profile, as one entry keeps it.
package struct RecordVersion: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    /// Stands for matching until it expires.
    case published
    /// 待补正: kept, not yet fit to be published.
    case draft
    /// 退回: sent back to who stated it.
    case returned
    case withdrawn
  }

  package var state: State
  /// The record itself, with our `id` and without contact data.
  package var record: JSONObject
  /// The park that published it; nil for platforms.
  package var park: String?
  /// The park's or the sender's own number of it.
  package var own: String?
  /// The last day on which it stands; nil: until it is withdrawn.
  package var validUntil: CivilDate?
  /// Codes of what is to be corrected, for a draft or one that was returned.
  package var reasons: [String]
  /// What else the part that wrote it keeps with it, by name (where its row stood, its twin, …).
  package var notes: JSONObject

  package init(
    state: State, record: JSONObject, park: String? = nil, own: String? = nil,
    validUntil: CivilDate? = nil, reasons: [String] = [], notes: JSONObject = JSONObject()
  ) {
    self.state = state
    self.record = record
    self.park = park
    self.own = own
    self.validUntil = validUntil
    self.reasons = reasons
    self.notes = notes
  }

  /// Reads what `json` writes; nil for a body that is something else.
  package init?(_ json: JSONValue?) {
    guard let object = json?.object, let record = object["record"]?.object,
      let state = object["state"]?.string.flatMap(State.init)
    else { return nil }
    self.init(
      state: state, record: record, park: object["park"]?.string, own: object["own"]?.string,
      validUntil: object["valid_until"]?.string.flatMap { CivilDate(iso: $0) },
      reasons: object["reasons"]?.array?.compactMap(\.string) ?? [],
      notes: object["notes"]?.object ?? JSONObject())
  }

  package var json: JSONObject {
    JSONObject(stating: [
      ("state", .string(state.rawValue)), ("park", park.map { .string($0) }),
      ("own", own.map { .string($0) }),
      ("valid_until", validUntil.map { .string("\($0)") }),
      ("reasons", reasons.isEmpty ? nil : .array(reasons.map { .string($0) })),
      ("notes", notes.members.isEmpty ? nil : .object(notes)), ("record", .object(record)),
    ])
  }

  /// Whether it stands for matching on a day: published and not past its last day.
  package func stands(on day: CivilDate) -> Bool {
    state == .published && validUntil.map { day <= $0 } ?? true
  }
}

/// A record as it stood at some place of the history.
package struct StoredRecord: Sendable {
  package let id: String
  /// The entry that made it so.
  package let seq: Int64
  package let at: Instant
  package let who: String
  package let source: String?
  package let version: RecordVersion
}

extension StoredRecord {
  /// The version that an entry keeps; nil for an entry of something else.
  package init?(_ entry: Entry) {
    guard let version = RecordVersion(entry.json) else { return nil }
    self.init(
      id: entry.subject, seq: entry.seq, at: entry.at, who: entry.who, source: entry.source,
      version: version)
  }
}
