import Ledger
import Matcher
import MatcherIndex

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
  /// The ids of records over which an answer was laid.
  package let answered: Set<String>

  init(
    asOf: CivilDate, seq: Int64, demands: [Demand], platforms: [Platform],
    sources: [String: StoredRecord], others: [StoredRecord], issues: [RecordIssue],
    answered: Set<String> = []
  ) {
    self.asOf = asOf
    self.seq = seq
    self.demands = demands
    self.platforms = platforms
    self.sources = sources
    self.others = others
    self.issues = issues
    self.answered = answered
  }

  /// Records that were read already, for what compares two worlds.
  package init(
    asOf: CivilDate, seq: Int64, demands: [Demand], platforms: [Platform]
  ) {
    self.init(
      asOf: asOf, seq: seq, demands: demands, platforms: platforms, sources: [:], others: [],
      issues: [])
  }

  /// Reads the world out of a view of the ledger.
  ///
  /// - Parameters:
  ///   - upTo: as things stood at that entry; left out, now.
  ///   - clearance: answers that fewer people may read do not count.
  ///   - only: the ids of the records wanted; left out, all.
  ///   - tools: what reads free text, for callers that read often; left out, made when needed.
  ///   - workers: among whom the records are spread.
  /// - Complexity: O(records + answers), most of it reading the records' JSON.
  package static func read(
    _ reader: LedgerReader, corpus: Corpus, asOf: CivilDate, upTo: Int64? = nil,
    clearance: Visibility = .brokers, only: Set<String>? = nil, tools: ReadingTools? = nil,
    workers: Workers = .one
  ) throws -> StandingWorld {
    func stored(_ kind: Entry.Kind) throws -> [StoredRecord] {
      if let only {
        return try only.sorted().compactMap { try reader.record(kind, $0, upTo: upTo ?? .max) }
      }
      let entries = try reader.latest(kind, upTo: upTo)
      return workers.map(entries) { StoredRecord($0) }.compactMap { $0 }
    }
    let (platforms, demands) = (try stored(.platform), try stored(.demand))
    return try read(
      reader, platforms.filter { $0.version.stands(on: asOf) },
      demands.filter { $0.version.stands(on: asOf) },
      others: (platforms + demands).filter { !$0.version.stands(on: asOf) },
      corpus: corpus, asOf: asOf, upTo: upTo, clearance: clearance, tools: tools,
      workers: workers)
  }

  /// Reads some records alone, whether they stand or not, with the answers that count.
  ///
  /// - Parameter prose: the day from which relative days in free text count; left out, `asOf`.
  package static func read(
    _ reader: LedgerReader, _ platforms: [StoredRecord], _ demands: [StoredRecord],
    others: [StoredRecord] = [], corpus: Corpus, asOf: CivilDate, upTo: Int64? = nil,
    clearance: Visibility = .brokers, prose: CivilDate? = nil, tools: ReadingTools? = nil,
    workers: Workers = .one
  ) throws -> StandingWorld {
    var options = RecordReader.Options()
    options.prose = prose ?? asOf
    let records = RecordsRead(platforms, demands, corpus, options, tools, workers)
    var sources: [String: StoredRecord] = [:]
    for stored in platforms { sources[stored.id] = stored }
    for stored in demands { sources[stored.id] = stored }
    let last = try upTo ?? reader.lastSeq()
    let single = platforms.count + demands.count == 1 ? (platforms + demands).first?.id : nil
    let answers = try GivenAnswer.standing(
      reader, on: asOf, upTo: last, about: single, clearance: clearance)
    let then = try before(reader, answers, sources)
    let overlay = RecordOverlay(corpus: corpus) { then[$0.seq] }
    return StandingWorld(
      asOf: asOf, seq: last,
      demands: records.demands.map { overlay.demand($0, answers[$0.id] ?? []) },
      platforms: records.platforms.map { overlay.platform($0, answers[$0.id] ?? []) },
      sources: sources, others: others, issues: records.issues, answered: Set(answers.keys))
  }

  /// By an answer's number the record as it stood then, of records that were put again since.
  private static func before(
    _ reader: LedgerReader, _ answers: [String: [GivenAnswer]], _ sources: [String: StoredRecord]
  ) throws -> [Int64: JSONObject] {
    var then: [Int64: JSONObject] = [:]
    for (id, given) in answers {
      guard let now = sources[id] else { continue }
      for answer in given where now.seq > answer.seq {
        let stood =
          try reader.record(.platform, id, upTo: answer.seq)
          ?? reader.record(.demand, id, upTo: answer.seq)
        then[answer.seq] = stood?.version.record
      }
    }
    return then
  }

  /// This world with one answer more, as if it were recorded now.
  package func with(_ answer: Answer, corpus: Corpus) -> StandingWorld {
    let given = GivenAnswer(seq: seq + 1, at: .now, who: "", answer: answer)
    guard given.stands(on: asOf), answer.visibility != Visibility.named.rawValue else {
      return self
    }
    let overlay = RecordOverlay(corpus: corpus) { _ in nil }
    return StandingWorld(
      asOf: asOf, seq: seq,
      demands: demands.map { $0.id == answer.addressee ? overlay.demand($0, [given]) : $0 },
      platforms: platforms.map { $0.id == answer.addressee ? overlay.platform($0, [given]) : $0 },
      sources: sources, others: others, issues: issues,
      answered: answered.union([answer.addressee]))
  }
}
