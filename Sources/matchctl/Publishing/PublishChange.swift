import Ledger
import Matcher

/// What publishing a file does to one demand or one profile.
package struct PublishChange: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// Was not there; its state says whether it is published.
    case new
    case changed
    /// Was withdrawn or expired out of the list and stands again.
    case again
    /// Was published or kept and no longer is.
    case withdrawn
    case unchanged
    /// Was withdrawn by hand; the list still has it as it was.
    case keptWithdrawn = "kept_withdrawn"
    /// Not taken; what stood of it stays.
    case refused
  }

  package var kind: Kind
  /// Our number; nil for what is refused, and for what is new until it is written.
  package var id: String?
  package var own: String?
  package var title: String
  package var state: RecordVersion.State?
  package var stateBefore: RecordVersion.State?
  package var fields: [FieldChange] = []
  /// Why it is a draft, returned, refused or withdrawn: codes.
  package var reasons: [String] = []
  /// What was said of the row, for people.
  package var messages: [String] = []
  package var validUntil: CivilDate?
  /// The other park's demand that it repeats.
  package var twinOf: String?
  /// Where it stands in the file; nil for what is not in it.
  package var place: (file: String, sheet: String?, row: Int)?
  /// What is to be written; nil where nothing is.
  var version: RecordVersion?
  /// Data about people to keep beside it; nil where they stay as they are.
  var personal: JSONObject?
  /// The id under which data about people stand already.
  var contactRef: String?
  /// Whether its title may be shown to everyone.
  package var isOpen = true

  init(_ kind: Kind, id: String?, title: String) {
    self.kind = kind
    self.id = id
    self.title = title
  }
}

extension PublishChange {
  /// Writes what is to be written; `id` must be known where there is a version.
  func write(_ kind: Entry.Kind, source: String?, _ writer: LedgerWriter) throws {
    guard let id else { return }
    let ref = contactRef ?? (personal == nil ? nil : writer.randomID("c-"))
    if let personal, let ref {
      try writer.keep(Contact(id: ref, kind: kind, subject: id, body: personal))
    }
    guard var version else { return }
    version.record = PublishChange.stored(version.record, id: id, contactRef: ref)
    try writer.put(kind, id, version, source: source)
  }

  /// A record as it is kept: our id first, the contact by its reference alone.
  private static func stored(_ record: JSONObject, id: String, contactRef: String?) -> JSONObject {
    var out = JSONObject([("id", .string(id))])
    for (name, value) in record.members where name != "id" && name != "contact" {
      out[name] = value
    }
    out["contact"] = contactRef.map { .object(JSONObject([("ref", .string($0))])) }
    return out
  }
}

/// The difference between a file and what stands, before or after it is written.
package struct PublishPlan: Sendable {
  /// In the order of the file, then what is withdrawn because the file no longer has it.
  package var changes: [PublishChange]
  /// What stands and is not in the file, where the file was not said to be whole.
  package var absent: [String] = []
  /// The file was said to be whole, and what it does not have stays all the same, because of rows of which
  /// nothing can be told.
  package var isHeldBack = false
  package var skipped = 0
  package var issues: [RecordIssue] = []

  package func count(_ kind: PublishChange.Kind) -> Int {
    changes.count { $0.kind == kind }
  }

  /// Whether writing it would add anything.
  package var isEmpty: Bool {
    changes.allSatisfy { $0.version == nil && $0.personal == nil }
  }

  /// The same for two plans that would write the same.
  package var digest: String {
    let lines = changes.map { change in
      let version = change.version.map { JSONText.line($0.json) } ?? ""
      let personal = change.personal.map { JSONText.line($0) } ?? ""
      return "\(change.kind.rawValue) \(change.id ?? "") \(version) \(personal)"
    }
    return SHA256.hex(lines.joined(separator: "\n"))
  }
}
