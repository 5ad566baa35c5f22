import Brokerage
import Ledger
import Matcher

/// One world as the search for causes reads it: records by id, as they stand and where they do not.
struct RecordPast: Sendable {
  private let demands: [String: Demand]
  private let platforms: [String: Platform]
  private let stored: [String: StoredRecord]
  let asOf: CivilDate
  let seq: Int64

  init(_ world: StandingWorld) {
    demands = Dictionary(world.demands.map { ($0.id, $0) }) { first, _ in first }
    platforms = Dictionary(world.platforms.map { ($0.id, $0) }) { first, _ in first }
    stored = Dictionary(world.others.map { ($0.id, $0) }) { first, _ in first }
      .merging(world.sources) { $1 }
    asOf = world.asOf
    seq = world.seq
  }

  /// A world of which some records are the same as in another, and were not read again.
  init(_ world: StandingWorld, same: Set<String>, as other: RecordPast) {
    let own = RecordPast(world)
    demands = own.demands.merging(other.demands.filter { same.contains($0.key) }) { $1 }
    platforms = own.platforms.merging(other.platforms.filter { same.contains($0.key) }) { $1 }
    stored = own.stored.merging(other.stored.filter { same.contains($0.key) }) { $1 }
    asOf = own.asOf
    seq = own.seq
  }

  /// The record as it was matched, with what its words say and answers over it; nil where it does not
  /// stand.
  func demand(_ id: String) -> RecordPair<Demand>.Whole? {
    demands[id].flatMap { demand in demand.raw.object.map { .init(json: $0, record: demand) } }
  }

  /// As `demand`.
  func platform(_ id: String) -> RecordPair<Platform>.Whole? {
    platforms[id].flatMap { platform in
      platform.raw.object.map { .init(json: $0, record: platform) }
    }
  }

  /// Its latest version, standing or not.
  func version(_ id: String) -> StoredRecord? { stored[id] }
}
