import Ledger
import Matcher

/// Pairs that were declined and stay hidden: until the field that the reason names says something
/// else than on the day of the decision, or a later step takes the pair up again.
package struct Declined: Sendable {
  package struct Pair: Sendable {
    package let decision: Decision
    /// The entry that declined it.
    package let seq: Int64
  }

  /// In the order of their entries.
  package let hidden: [Pair]
  /// Declined pairs whose field has changed since.
  package let returned: [Pair]
  private let byDemand: [String: [Pair]]

  package static let none = Declined(hidden: [], returned: [])

  init(hidden: [Pair], returned: [Pair]) {
    self.hidden = hidden
    self.returned = returned
    byDemand = Dictionary(grouping: hidden, by: \.decision.demand)
  }

  /// Reads the declined pairs out of a view of the ledger.
  ///
  /// - Parameters:
  ///   - demand: of this demand alone.
  ///   - upTo: as things stood at that entry; left out, now.
  ///   - tools: what reads free text, for callers that read often; left out, made when needed.
  /// - Complexity: O(decisions), and the reading of two records and their past versions for each pair
  ///   whose last step is a decline.
  package static func read(
    _ reader: LedgerReader, corpus: Corpus, asOf: CivilDate, demand: String? = nil,
    upTo: Int64? = nil, tools: ReadingTools? = nil
  ) throws -> Declined {
    let last = try upTo ?? reader.lastSeq()
    var open: [String: Pair] = [:]
    for entry in try reader.entries(.decision, about: demand, upTo: last) {
      guard let decision = Decision(entry.json), decision.platform != nil || decision.line != nil
      else { continue }
      let key = decision.pairKey
      if decision.step == .declined {
        open[key] = Pair(decision: decision, seq: entry.seq)
      } else if decision.step != .shown {
        open[key] = nil
      }
    }
    var hidden: [Pair] = []
    var returned: [Pair] = []
    var past = PastRecords(reader: reader, corpus: corpus, tools: tools)
    for pair in open.values.sorted(by: { $0.seq < $1.seq }) {
      if try past.hasChanged(pair, asOf: asOf, upTo: last) {
        returned.append(pair)
      } else {
        hidden.append(pair)
      }
    }
    return Declined(hidden: hidden, returned: returned)
  }

  /// Whether a line is left out of a demand's lists. O(declined pairs of the demand).
  package func isHidden(demand: String, stage: String?, platform: String, line: String) -> Bool {
    pair(demand: demand, stage: stage, platform: platform, line: line) != nil
  }

  /// The first decision that leaves a line out of a demand's lists; nil where none does.
  package func pair(
    demand: String, stage: String?, platform: String, line: String
  ) -> Pair? {
    byDemand[demand]?.first { pair in
      let decision = pair.decision
      return (decision.stage == nil || decision.stage == stage)
        && (decision.platform == nil || decision.platform == platform)
        && (decision.line == nil || decision.line == line)
    }
  }

  package func hides(_ demand: String) -> Bool { byDemand[demand] != nil }
}

extension Decision {
  /// What it is about: demand, stage, platform, line.
  package var pairKey: String {
    [demand, stage ?? "", platform ?? "", line ?? ""].joined(separator: "\u{1F}")
  }
}

/// Records as they stood at a decision, beside how they stand.
struct PastRecords {
  let reader: LedgerReader
  let corpus: Corpus
  private var platforms: [String: Platform?] = [:]
  private var demands: [String: Demand?] = [:]
  private var made: ReadingTools?

  init(reader: LedgerReader, corpus: Corpus, tools: ReadingTools?) {
    self.reader = reader
    self.corpus = corpus
    made = tools
  }

  private var tools: ReadingTools {
    mutating get {
      let tools = made ?? ReadingTools(corpus: corpus)
      made = tools
      return tools
    }
  }

  /// Whether the field that a decline names says something else by now.
  mutating func hasChanged(_ pair: Declined.Pair, asOf: CivilDate, upTo: Int64) throws -> Bool {
    let decision = pair.decision
    let reason = decision.reason.flatMap { corpus.broker.reason($0) }
    let field = decision.field ?? reason?.field ?? "any"
    let side = reason?.side ?? .either
    // What was known on the day of the decision counts, and no expiry before it was recorded.
    let day = min(decision.day, asOf)
    if side != .demand, let id = decision.platform {
      let then = try platform(id, day, pair.seq, day)
      let now = try platform(id, asOf, upTo, day)
      let line = decision.line
      if FieldValue.text(then, line: line, field: field, corpus)
        != FieldValue.text(now, line: line, field: field, corpus)
      {
        return true
      }
    }
    guard side != .platform else { return false }
    let then = try demand(decision.demand, day, pair.seq, day)
    let now = try demand(decision.demand, asOf, upTo, day)
    return FieldValue.text(then, stage: decision.stage, field: field, corpus)
      != FieldValue.text(now, stage: decision.stage, field: field, corpus)
  }

  private mutating func platform(
    _ id: String, _ day: CivilDate, _ seq: Int64, _ prose: CivilDate
  ) throws -> Platform? {
    let key = "\(id)\u{1F}\(day)\u{1F}\(seq)\u{1F}\(prose)"
    if let known = platforms[key] { return known }
    let stored = try reader.record(.platform, id, upTo: seq)
    let tools = tools
    let world = try stored.map {
      try StandingWorld.read(
        reader, [$0], [], corpus: corpus, asOf: day, upTo: seq, prose: prose, tools: tools)
    }
    platforms[key] = .some(world?.platforms.first)
    return world?.platforms.first
  }

  private mutating func demand(
    _ id: String, _ day: CivilDate, _ seq: Int64, _ prose: CivilDate
  ) throws -> Demand? {
    let key = "\(id)\u{1F}\(day)\u{1F}\(seq)\u{1F}\(prose)"
    if let known = demands[key] { return known }
    let stored = try reader.record(.demand, id, upTo: seq)
    let tools = tools
    let world = try stored.map {
      try StandingWorld.read(
        reader, [], [$0], corpus: corpus, asOf: day, upTo: seq, prose: prose, tools: tools)
    }
    demands[key] = .some(world?.demands.first)
    return world?.demands.first
  }
}
