import Brokerage
import Ledger
import Matcher

/// One world as the search for causes reads it: records by id, as they stand and where they do not.
struct RecordPast: Sendable {
  private let standing: [String: JSONObject]
  private let stored: [String: StoredRecord]
  let asOf: CivilDate
  let seq: Int64

  init(_ world: StandingWorld) {
    var standing: [String: JSONObject] = [:]
    for demand in world.demands { standing[demand.id] = demand.raw.object }
    for platform in world.platforms { standing[platform.id] = platform.raw.object }
    self.standing = standing
    stored = Dictionary(world.others.map { ($0.id, $0) }) { first, _ in first }
      .merging(world.sources) { $1 }
    asOf = world.asOf
    seq = world.seq
  }

  /// The record as it was matched, with what its words say and answers over it; nil where it does not
  /// stand.
  func record(_ id: String) -> JSONObject? { standing[id] }

  /// Its latest version, standing or not.
  func version(_ id: String) -> StoredRecord? { stored[id] }
}
