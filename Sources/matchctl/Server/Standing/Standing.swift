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

    /// The columns of platforms that were read.
    ///
    /// - Parameter before: what stood before; needed where only what changed was read.
    /// - Complexity: O(size of the records read), and a few bytes for each line that stays.
    init(_ read: StandingReader.Lines, after before: Lines?, _ corpus: Corpus) {
      seq = read.seq
      guard let changed = read.changed, let before else {
        engine = ColumnEngine(corpus: corpus, platforms: read.platforms, asOf: read.asOf)
        platforms = Dictionary(read.platforms.map { ($0.id, $0) }) { first, _ in first }
        return
      }
      var platforms = before.platforms
      for id in changed { platforms[id] = nil }
      for platform in read.platforms { platforms[platform.id] = platform }
      self.platforms = platforms
      engine = before.engine.replacing(changed, by: read.platforms)
    }

    /// The platform of a line, by ids.
    func owner(_ line: String) -> String? {
      engine.line(line).map(engine.platform(of:))
    }
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
  let tools: CorpusTools
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

  var corpus: Corpus { tools.corpus }

  /// - Parameter before: what stood before, whose records are all still there.
  init(
    generation: Int64, asOf: CivilDate, tools: CorpusTools, lines: Lines,
    demands: [String: StoredDemand], platforms: [String: StoredRecord],
    grants: [String: [String]], parks: [String: ParkFacts], after before: Standing?
  ) {
    self.generation = generation
    self.asOf = asOf
    self.tools = tools
    self.lines = lines
    self.demands = demands
    demandIDs = Standing.ids(demands, before?.demandIDs)
    self.platforms = platforms
    platformIDs = Standing.ids(platforms, before?.platformIDs)
    self.grants = grants
    self.parks = parks
  }

  /// No record ever leaves, so as many ids are the same ids.
  private static func ids<Record>(_ records: [String: Record], _ before: [String]?) -> [String] {
    if let before, before.count == records.count { return before }
    return records.keys.sorted()
  }

  /// The same over other columns.
  func with(_ lines: Lines) -> Standing {
    Standing(
      generation: generation, asOf: asOf, tools: tools, lines: lines, demands: demands,
      platforms: platforms, grants: grants, parks: parks, after: self)
  }

  /// How many demands stand for matching.
  var standingDemands: Int { demands.values.count { $0.demand != nil } }

  /// Whether a demand is given to a broker.
  func isGiven(_ demand: String, to broker: String) -> Bool {
    grants[demand]?.contains(broker) ?? false
  }

  /// A service line with its platform; nil for an id that no line has.
  func line(_ id: String) -> (platform: Platform, line: ServiceLine)? {
    guard let owner = lines.owner(id), let platform = lines.platforms[owner],
      let line = platform.lines.first(where: { $0.id == id })
    else { return nil }
    return (platform, line)
  }
}
