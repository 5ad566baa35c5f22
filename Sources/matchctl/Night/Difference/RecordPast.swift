import Brokerage
import Ledger
import Matcher

/// One world as the search for causes reads it: records by id, as they stand and where they do not.
struct RecordPast: Sendable {
  /// Some records of a world by id: where each stands in the world's lists, which are not copied.
  private struct Records: Sendable {
    let world: StandingWorld
    let demands: [String: Int]
    let platforms: [String: Int]
    let others: [String: Int]

    init(_ world: StandingWorld) {
      func places(_ ids: some Sequence<String>) -> [String: Int] {
        Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
      }
      self.world = world
      demands = places(world.demands.lazy.map(\.id))
      platforms = places(world.platforms.lazy.map(\.id))
      others = places(world.others.lazy.map(\.id))
    }

    func version(_ id: String) -> StoredRecord? {
      world.sources[id] ?? others[id].map { world.others[$0] }
    }
  }

  private let own: Records
  /// The world that holds the records named in `same`, which were not read again.
  private let other: Records?
  private let same: Set<String>
  let asOf: CivilDate
  let seq: Int64

  init(_ world: StandingWorld) {
    own = Records(world)
    (other, same) = (nil, [])
    (asOf, seq) = (world.asOf, world.seq)
  }

  /// A world of which some records are the same as in another, and were not read again.
  init(_ world: StandingWorld, same: Set<String>, as other: RecordPast) {
    own = Records(world)
    self.other = other.own
    self.same = same
    (asOf, seq) = (world.asOf, world.seq)
  }

  /// The records among which one is looked for.
  private func records(_ id: String) -> Records {
    if let other, same.contains(id) { return other }
    return own
  }

  /// The record as it was matched, with what its words say and answers over it; nil where it does not
  /// stand.
  func demand(_ id: String) -> RecordPair<Demand>.Whole? {
    let records = records(id)
    return records.demands[id].flatMap { place in
      let demand = records.world.demands[place]
      return demand.raw.object.map { .init(json: $0, record: demand) }
    }
  }

  /// As `demand`.
  func platform(_ id: String) -> RecordPair<Platform>.Whole? {
    let records = records(id)
    return records.platforms[id].flatMap { place in
      let platform = records.world.platforms[place]
      return platform.raw.object.map { .init(json: $0, record: platform) }
    }
  }

  /// Its latest version, standing or not.
  func version(_ id: String) -> StoredRecord? { records(id).version(id) }
}
