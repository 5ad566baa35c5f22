import Ledger
import Matcher

extension Entry.Kind {
  /// A demand was given to a broker; the subject is the demand, the body a `Grant`.
  package static let grant = Entry.Kind(rawValue: "grant")
}

/// Whose a demand is: the last grant counts.
package struct Grant: Sendable, Equatable {
  /// nil: taken back from whoever had it.
  package var broker: String?
  package var day: CivilDate

  package init(broker: String?, day: CivilDate) {
    self.broker = broker
    self.day = day
  }

  package var json: JSONObject {
    JSONObject(stating: [
      ("broker", broker.map { .string($0) } ?? .null), ("day", .string("\(day)")),
    ])
  }

  package init?(_ entry: Entry) {
    guard entry.kind == .grant, let object = entry.json?.object else { return nil }
    broker = object["broker"]?.string
    day = object["day"]?.string.flatMap { CivilDate(iso: $0) } ?? entry.at.day()
  }

  /// The grants that stand, by demand.
  package static func standing(
    _ reader: LedgerReader, upTo: Int64 = .max
  ) throws -> [String: Grant] {
    var grants: [String: Grant] = [:]
    for entry in try reader.entries(.grant, upTo: upTo) {
      if let grant = Grant(entry) { grants[entry.subject] = grant.broker == nil ? nil : grant }
    }
    return grants
  }

  /// The demands that a broker has, sorted.
  package static func demands(
    of broker: String, _ reader: LedgerReader, upTo: Int64 = .max
  ) throws -> [String] {
    try standing(reader, upTo: upTo).filter { $0.value.broker == broker }.keys.sorted()
  }
}
