import Brokerage
import Ledger
import Matcher
import MatcherEngine

/// Reads what stands out of a view of the ledger, whole or only what changed.
struct StandingReader {
  let reader: LedgerReader
  let tools: CorpusTools
  let asOf: CivilDate

  private var corpus: Corpus { tools.corpus }

  /// Platforms as they stand at one entry, read but not yet made columns of.
  struct Lines: Sendable {
    let seq: Int64
    let asOf: CivilDate
    /// Those that changed, by id; nil: all are meant.
    let changed: Set<String>?
    /// Of them, those that stand, ascending by id.
    let platforms: [Platform]
  }

  /// All platforms. O(size of their records).
  func lines() throws -> Lines {
    Lines(
      seq: try reader.lastSeq(), asOf: asOf, changed: nil,
      platforms: try platforms(reader.records(.platform)))
  }

  /// The platforms that were entered since.
  func lines(after before: Standing.Lines) throws -> Lines {
    let seq = try reader.lastSeq()
    let changed = try changedPlatforms(after: before.seq)
    return Lines(
      seq: seq, asOf: asOf, changed: changed,
      platforms: try platforms(changed.sorted().compactMap { try reader.record(.platform, $0) }))
  }

  /// Those that stand, with the answers that count, ascending by id.
  private func platforms(_ stored: [StoredRecord]) throws -> [Platform] {
    try StandingWorld.read(
      reader, stored.filter { $0.version.stands(on: asOf) }, [], corpus: corpus, asOf: asOf,
      tools: tools.reading
    ).platforms.sorted { $0.id < $1.id }
  }

  /// Every demand with what it is matched as.
  func demands(_ stored: [StoredRecord]) throws -> [String: Standing.StoredDemand] {
    let standing = stored.filter { $0.version.stands(on: asOf) }
    let read = try StandingWorld.read(
      reader, [], standing, corpus: corpus, asOf: asOf, tools: tools.reading
    ).demands
    let byID = Dictionary(read.map { ($0.id, $0.sealedForShowing(corpus)) }) { first, _ in first }
    return Dictionary(
      stored.map { ($0.id, Standing.StoredDemand(stored: $0, demand: byID[$0.id])) }
    ) { first, _ in first }
  }

  /// All of it.
  func standing(_ lines: Standing.Lines) throws -> Standing {
    let platforms = try reader.records(.platform)
    return Standing(
      generation: try reader.lastSeq(), asOf: asOf, tools: tools, lines: lines,
      demands: try demands(reader.records(.demand)),
      platforms: Dictionary(platforms.map { ($0.id, $0) }) { first, _ in first },
      grants: try grants(), parks: try parks(), after: nil)
  }

  /// What stood before with what was entered since, the columns as they were.
  func standing(after before: Standing) throws -> Standing {
    let entries = try reader.entries(after: before.generation)
    var changed: Set<String> = []
    var platforms = before.platforms
    for entry in entries {
      switch entry.kind {
      case .demand: changed.insert(entry.subject)
      case .platform: platforms[entry.subject] = try reader.record(.platform, entry.subject)
      case .answer where before.demands[entry.subject] != nil: changed.insert(entry.subject)
      default: break
      }
    }
    var demands = before.demands
    let stored = try changed.sorted().compactMap { try reader.record(.demand, $0) }
    demands.merge(try self.demands(stored)) { $1 }
    return Standing(
      generation: entries.last?.seq ?? before.generation, asOf: asOf, tools: tools,
      lines: before.lines, demands: demands, platforms: platforms,
      grants: entries.contains { $0.kind == .grant } ? try grants() : before.grants,
      parks: entries.contains { $0.kind == .park } ? try parks() : before.parks, after: before)
  }

  /// Whether entries behind a place change any line.
  func changesLines(after seq: Int64) throws -> Bool {
    try !changedPlatforms(after: seq).isEmpty
  }

  /// The platforms whose lines entries behind a place change.
  private func changedPlatforms(after seq: Int64) throws -> Set<String> {
    var changed = Set(try reader.entries(.platform, after: seq).map(\.subject))
    for id in Set(try reader.entries(.answer, after: seq).map(\.subject)).subtracting(changed)
    where try reader.record(.platform, id) != nil {
      changed.insert(id)
    }
    return changed
  }

  private func grants() throws -> [String: [String]] {
    try Grant.standing(reader).compactMapValues { grant in grant.broker.map { [$0] } }
  }

  private func parks() throws -> [String: Standing.ParkFacts] {
    var parks: [String: Standing.ParkFacts] = [:]
    for entry in try reader.entries(.park) {
      guard let body = entry.json?.object else { continue }
      parks[entry.subject] = Standing.ParkFacts(
        id: entry.subject, name: body["name"]?.string ?? entry.subject,
        needsReview: body["review"]?.bool ?? false)
    }
    return parks
  }
}
