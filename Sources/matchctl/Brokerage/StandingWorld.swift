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
  /// Records that can no longer be read, and what is odd in others.
  package let issues: [RecordIssue]

  /// Reads the world out of a view of the ledger.
  ///
  /// - Parameter upTo: as things stood at that entry; left out, now.
  /// - Complexity: O(records), most of it reading their JSON.
  package static func read(
    _ reader: LedgerReader, corpus: Corpus, asOf: CivilDate, upTo: Int64? = nil
  ) throws -> StandingWorld {
    var options = RecordReader.Options()
    options.prose = asOf
    var records = RecordReader(corpus: corpus, options: options)
    var sources: [String: StoredRecord] = [:]
    for stored in try reader.records(.platform, upTo: upTo) where stored.version.stands(on: asOf) {
      sources[stored.id] = stored
      records.add(platform: stored.version.record, file: stored.id)
    }
    for stored in try reader.records(.demand, upTo: upTo) where stored.version.stands(on: asOf) {
      sources[stored.id] = stored
      records.add(demand: stored.version.record, file: stored.id)
    }
    return StandingWorld(
      asOf: asOf, seq: try upTo ?? reader.lastSeq(), demands: records.demands,
      platforms: records.platforms, sources: sources, issues: records.issues)
  }
}
