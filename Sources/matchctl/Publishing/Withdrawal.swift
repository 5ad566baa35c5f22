import Ledger
import Matcher

/// Takes demands back, and lets them stand longer.
package enum Withdrawal {
  static let byHand = "by_hand"
  static let note = "withdrawn"

  /// Why a demand could not be withdrawn or renewed.
  package enum Refusal: String, Sendable {
    case unknown, foreign, already
    case notPublished = "not_published"
  }

  /// What became of one demand.
  package struct Result: Sendable {
    package let id: String
    package let title: String
    package let refusal: Refusal?
    package let state: RecordVersion.State?
    package let validUntil: CivilDate?

    init(_ id: String, _ record: StoredRecord?, _ refusal: Refusal?) {
      self.id = id
      title = refusal == nil || refusal == .already ? record?.version.publicTitle ?? "" : ""
      self.refusal = refusal
      state = record?.version.state
      validUntil = record?.version.validUntil
    }
  }

  /// Withdraws a park's demands; those that cannot be are named and change nothing.
  package static func withdraw(
    _ ids: [String], park: String, _ writer: LedgerWriter
  ) throws -> [Result] {
    try ids.map { id in
      let stored = try writer.reader.record(.demand, id)
      guard let stored else { return Result(id, nil, .unknown) }
      guard stored.version.park == park else { return Result(id, nil, .foreign) }
      guard stored.version.state != .withdrawn else { return Result(id, stored, .already) }
      guard let version = change(stored, reason: byHand).version else {
        return Result(id, stored, .already)
      }
      try writer.put(.demand, id, version)
      return Result(id, try writer.reader.record(.demand, id), nil)
    }
  }

  /// Lets published demands stand until a day; those that were withdrawn stand again.
  package static func renew(
    _ ids: [String], until: CivilDate, park: String, _ writer: LedgerWriter
  ) throws -> [Result] {
    try ids.map { id in
      let stored = try writer.reader.record(.demand, id)
      guard let stored else { return Result(id, nil, .unknown) }
      guard stored.version.park == park else { return Result(id, nil, .foreign) }
      var version = stored.version
      if version.state == .withdrawn {
        version.state = version.notes["was"]?.string.flatMap(RecordVersion.State.init) ?? .published
        version.notes[note] = nil
        version.notes["was"] = nil
      }
      guard version.state == .published else { return Result(id, stored, .notPublished) }
      version.validUntil = until
      guard version != stored.version else { return Result(id, stored, .already) }
      try writer.put(.demand, id, version)
      return Result(id, try writer.reader.record(.demand, id), nil)
    }
  }

  /// The change by which a demand is withdrawn.
  static func change(_ stored: StoredRecord, reason: String) -> PublishChange {
    var version = stored.version
    version.notes["was"] = .string(version.state.rawValue)
    version.notes[note] = .string(reason)
    version.state = .withdrawn
    var change = PublishChange(
      .withdrawn, id: stored.id, title: stored.version.record["title"]?.string ?? "")
    change.own = stored.version.own
    change.state = .withdrawn
    change.stateBefore = stored.version.state
    change.reasons = [reason]
    change.isOpen = FieldChange.tier(stored.version.record) == .everyone
    change.contactRef = stored.version.record["contact"]?.object?["ref"]?.string
    change.version = version
    return change
  }
}

extension RecordVersion {
  /// The title, where everyone may read it.
  package var publicTitle: String {
    FieldChange.tier(record) == .everyone ? record["title"]?.string ?? "" : ""
  }
}
