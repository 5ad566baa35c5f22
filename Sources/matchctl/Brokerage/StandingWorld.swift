import Ledger
import Matcher

/// What stands for matching on a day: published demands and profiles that have not expired, with the
/// answers that count then.
package struct StandingWorld: Sendable {
  package let asOf: CivilDate
  /// The last entry that was looked at.
  package let seq: Int64
  /// In the order of their ids.
  package let demands: [Demand]
  package let platforms: [Platform]
  /// What each record came from, by id.
  package let sources: [String: StoredRecord]
  /// Demands and profiles that do not stand on the day, in the order of their ids.
  package let others: [StoredRecord]
  /// Records that can no longer be read, and what is odd in others.
  package let issues: [RecordIssue]

  /// Reads the world out of a view of the ledger.
  ///
  /// - Parameters:
  ///   - upTo: as things stood at that entry; left out, now.
  ///   - only: the ids of the records wanted; left out, all.
  /// - Complexity: O(records), most of it reading their JSON.
  package static func read(
    _ reader: LedgerReader, corpus: Corpus, asOf: CivilDate, upTo: Int64? = nil,
    only: Set<String>? = nil
  ) throws -> StandingWorld {
    var options = RecordReader.Options()
    options.prose = asOf
    var records = RecordReader(corpus: corpus, options: options)
    var sources: [String: StoredRecord] = [:]
    var others: [StoredRecord] = []
    func standing(_ kind: Entry.Kind) throws -> [StoredRecord] {
      let all =
        try only?.sorted().compactMap { try reader.record(kind, $0, upTo: upTo ?? .max) }
        ?? reader.records(kind, upTo: upTo)
      others += all.filter { !$0.version.stands(on: asOf) }
      return all.filter { $0.version.stands(on: asOf) }
    }
    for stored in try standing(.platform) {
      sources[stored.id] = stored
      records.add(platform: stored.version.record, file: stored.id)
    }
    for stored in try standing(.demand) {
      sources[stored.id] = stored
      records.add(demand: stored.version.record, file: stored.id)
    }
    return StandingWorld(
      asOf: asOf, seq: try upTo ?? reader.lastSeq(), demands: records.demands,
      platforms: records.platforms, sources: sources, others: others, issues: records.issues)
  }
}
