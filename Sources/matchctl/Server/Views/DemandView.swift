import Ledger
import Matcher

/// A demand as somebody may see it.
struct DemandView {
  let call: Call

  /// Whether the caller may know that the demand exists.
  func isVisible(_ id: String) -> Bool {
    guard let demand = call.standing.demands[id], let caller = call.caller else { return false }
    switch call.reach {
    case .none: return false
    case .own: return caller.park != nil && demand.stored.version.park == caller.park
    case .given: return call.standing.isGiven(id, to: caller.name)
    case .all:
      return demand.demand != nil
        || caller.role == .broker && call.standing.isGiven(id, to: caller.name)
    }
  }

  /// The demand, or the one answer for unknown and foreign.
  func require(_ id: String) throws(APIError) -> Standing.StoredDemand {
    guard isVisible(id), let demand = call.standing.demands[id] else { throw .notFound }
    return demand
  }

  /// Whether the caller may look at what is restricted.
  func mayLook(_ demand: Standing.StoredDemand) -> Bool {
    guard let caller = call.caller else { return false }
    switch caller.reach(.lookAtDemands) {
    case .none, .all: return false
    case .own: return caller.park != nil && demand.stored.version.park == caller.park
    case .given: return call.standing.isGiven(demand.stored.id, to: caller.name)
    }
  }

  /// Whether the caller may read the record beyond its number: what is for brokers is for brokers and
  /// its own park.
  private func reads(_ demand: Standing.StoredDemand) -> Bool {
    let tier = demand.stored.version.record["visibility"]?.string
    guard tier == Visibility.brokers.rawValue else { return true }
    return call.caller?.role == .broker || mayLook(demand)
  }

  /// The title that the caller may read: the record's, else the services asked, else the number.
  func title(_ demand: Standing.StoredDemand) -> String {
    let record = demand.stored.version.record
    if reads(demand), !SealedRecord.hidesWords(record) {
      if let standing = demand.demand {
        return standing.shortTitle(call.standing.corpus, call.language)
      }
      return record["title"]?.string ?? demand.stored.id
    }
    let taxonomy = call.standing.corpus.taxonomy
    let services = demand.demand?.stages.flatMap(\.ask.services) ?? []
    let names = services.map { taxonomy[$0].name.text(call.language) }
    return reads(demand) && !names.isEmpty ? names.joined(separator: " / ") : demand.stored.id
  }

  /// The short form for lists.
  func summary(_ demand: Standing.StoredDemand) -> JSONObject {
    let version = demand.stored.version
    let sealed = SealedRecord(version.record)
    let mayLook = mayLook(demand)
    return JSONObject([
      ("id", .string(demand.stored.id)), ("own", version.own.map { .string($0) } ?? .null),
      ("title", .string(title(demand))), ("park", version.park.map { .string($0) } ?? .null),
      ("state", .string(version.state.rawValue)),
      ("valid_until", version.validUntil.map { .string("\($0)") } ?? .null),
      ("reasons", .array(version.reasons.map { .string($0) })),
      (
        "brokers",
        .array((call.standing.grants[demand.stored.id] ?? []).map { .string($0) })
      ),
      ("sealed", .array(sealed.sealed.map { .string($0.name) })), ("may_look", .bool(mayLook)),
      ("seq", .integer(Int(demand.stored.seq))), ("at", .string("\(demand.stored.at)")),
    ])
  }

  /// The demand with its record and what is asked.
  func full(_ demand: Standing.StoredDemand) -> JSONObject {
    var object = summary(demand)
    guard reads(demand) else { return object }
    object["record"] = .object(SealedRecord(demand.stored.version.record).open)
    if let standing = demand.demand {
      object["stages"] = .array(stages(standing))
    }
    return object
  }

  /// What a demand asks, stage by stage, as an evaluation names it.
  func stages(_ demand: Demand) -> [JSONValue] {
    let asks = AskView(corpus: call.standing.corpus, language: call.language)
    return demand.stages.map { stage in
      .object(
        JSONObject(stating: [
          ("id", stage.id.map { .string($0) }), ("title", .string(stage.title)),
          ("criteria", .array(asks.criteria(demand, stage, asOf: call.standing.asOf))),
        ]))
    }
  }

  /// A demand that is stored nowhere.
  func typed(_ demand: Demand) -> JSONObject {
    JSONObject([
      ("id", .string(demand.id)),
      ("title", .string(demand.shortTitle(call.standing.corpus, call.language))),
      ("state", .string("typed")), ("sealed", .array([])), ("may_look", .bool(false)),
      ("stages", .array(stages(demand))),
    ])
  }
}
