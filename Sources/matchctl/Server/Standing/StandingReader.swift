import Brokerage
import Ledger
import Matcher
import MatcherEngine

/// Reads what stands out of a view of the ledger, whole or only what changed.
struct StandingReader {
  let reader: LedgerReader
  let corpus: Corpus
  let asOf: CivilDate

  /// The columns of all lines. O(size of the platforms' records).
  func lines() throws -> Standing.Lines {
    let seq = try reader.lastSeq()
    let stored = try reader.records(.platform).filter { $0.version.stands(on: asOf) }
    let platforms = try StandingWorld.read(
      reader, stored, [], corpus: corpus, asOf: asOf
    ).platforms
    var platformOf: [String: String] = [:]
    for platform in platforms {
      for line in platform.lines { platformOf[line.id] = platform.id }
    }
    return Standing.Lines(
      seq: seq, engine: ColumnEngine(corpus: corpus, platforms: platforms, asOf: asOf),
      platforms: Dictionary(platforms.map { ($0.id, $0) }) { first, _ in first },
      platformOf: platformOf)
  }

  /// Every demand with what it is matched as.
  func demands(_ stored: [StoredRecord]) throws -> [String: Standing.StoredDemand] {
    let standing = stored.filter { $0.version.stands(on: asOf) }
    let read = try StandingWorld.read(reader, [], standing, corpus: corpus, asOf: asOf).demands
    let byID = Dictionary(read.map { ($0.id, $0.sealedForShowing(corpus)) }) { first, _ in first }
    return Dictionary(
      stored.map { ($0.id, Standing.StoredDemand(stored: $0, demand: byID[$0.id])) }
    ) { first, _ in first }
  }

  /// All of it.
  func standing(_ lines: Standing.Lines) throws -> Standing {
    let platforms = try reader.records(.platform)
    return Standing(
      generation: try reader.lastSeq(), asOf: asOf, corpus: corpus, lines: lines,
      demands: try demands(reader.records(.demand)),
      platforms: Dictionary(platforms.map { ($0.id, $0) }) { first, _ in first },
      grants: try grants(), parks: try parks())
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
      generation: entries.last?.seq ?? before.generation, asOf: asOf, corpus: corpus,
      lines: before.lines, demands: demands, platforms: platforms,
      grants: entries.contains { $0.kind == .grant } ? try grants() : before.grants,
      parks: entries.contains { $0.kind == .park } ? try parks() : before.parks)
  }

  /// Whether entries behind a place change any line.
  func changesLines(after seq: Int64) throws -> Bool {
    if try reader.entries(.platform, after: seq).isEmpty == false { return true }
    return try reader.entries(.answer, after: seq).contains { entry in
      try reader.record(.platform, entry.subject) != nil
    }
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
