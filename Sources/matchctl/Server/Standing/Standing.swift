import Brokerage
import Ledger
import Matcher
import MatcherEngine

/// What all answers of one request come from: the records of the ledger at one entry, and the columns
/// of the lines. Immutable; whoever took it keeps it to the end of the request.
final class Standing: Sendable {
  struct Lines: Sendable {
    /// The last entry whose change of a line is in the columns.
    let seq: Int64
    let engine: ColumnEngine
    let platforms: [String: Platform]
    /// The platform of each line, by ids.
    let platformOf: [String: String]
  }

  struct StoredDemand: Sendable {
    let stored: StoredRecord
    /// As it is matched, answers included; nil while it does not stand.
    let demand: Demand?
  }

  struct ParkFacts: Sendable {
    let id: String
    let name: String
    /// A list is published by somebody else than who submitted it.
    let needsReview: Bool
  }

  /// The last entry of the ledger that was looked at: the generation that every answer names.
  let generation: Int64
  let asOf: CivilDate
  let corpus: Corpus
  let lines: Lines
  /// Every demand there ever was, whatever its state.
  let demands: [String: StoredDemand]
  /// Ascending.
  let demandIDs: [String]
  /// Every platform there ever was.
  let platforms: [String: StoredRecord]
  let platformIDs: [String]
  /// The brokers a demand is given to.
  let grants: [String: [String]]
  let parks: [String: ParkFacts]

  init(
    generation: Int64, asOf: CivilDate, corpus: Corpus, lines: Lines,
    demands: [String: StoredDemand], platforms: [String: StoredRecord],
    grants: [String: [String]], parks: [String: ParkFacts]
  ) {
    self.generation = generation
    self.asOf = asOf
    self.corpus = corpus
    self.lines = lines
    self.demands = demands
    demandIDs = demands.keys.sorted()
    self.platforms = platforms
    platformIDs = platforms.keys.sorted()
    self.grants = grants
    self.parks = parks
  }

  /// How many demands stand for matching.
  var standingDemands: Int { demands.values.count { $0.demand != nil } }

  /// Whether a demand is given to a broker.
  func isGiven(_ demand: String, to broker: String) -> Bool {
    grants[demand]?.contains(broker) ?? false
  }

  /// A service line with its platform; nil for an id that no line has.
  func line(_ id: String) -> (platform: Platform, line: ServiceLine)? {
    guard let owner = lines.platformOf[id], let platform = lines.platforms[owner],
      let line = platform.lines.first(where: { $0.id == id })
    else { return nil }
    return (platform, line)
  }
}
