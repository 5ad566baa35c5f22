import Ledger
import Matcher
import RecordFiles

extension Entry.Kind {
  /// A look at what only some may read; the subject is the record, the body names what was looked at.
  package static let look = Entry.Kind(rawValue: "look")
}

/// Everything that happened to a demand or a platform, in order.
package struct History: Sendable {
  /// One thing that happened.
  package struct Event: Sendable {
    package let seq: Int64
    package let at: Instant
    package let who: String
    package let kind: Entry.Kind
    /// The day that the person named; nil where only the moment of recording is known.
    package let day: CivilDate?
    /// The record on the other side, if any.
    package let other: String?
    /// What happened: an id of `texts/messages`, with its values.
    package let note: BrokerNote
    /// Fields that a new version changed.
    package let changes: [RecordChange]
    /// More in words: a note, a question's text, an answer's claim; nil where it may not be read.
    package let detail: String?
    /// Whether something was left out because only some may read it.
    package let isSealed: Bool
  }

  package let id: String
  package let kind: Entry.Kind
  package let events: [Event]

  /// Reads the history of a demand or platform. Data about persons stand elsewhere and never in it.
  ///
  /// - Parameter sealed: with the values of fields and of answers that only some may read.
  /// - Throws: `CommandError` where there is no such record.
  /// - Complexity: O(entries about it + decisions, shown and asked).
  package static func read(
    _ reader: LedgerReader, _ id: String, sealed: Bool, corpus: Corpus
  ) throws -> History {
    let kind: Entry.Kind
    if try reader.record(.demand, id) != nil {
      kind = .demand
    } else if try reader.record(.platform, id) != nil {
      kind = .platform
    } else {
      throw CommandError.input(
        "no demand or platform '\(id)' in the ledger; check the id")
    }
    var entries = try reader.entries(about: id)
    for other in [Entry.Kind.decision, .shown, .asked] {
      entries += try reader.entries(other).filter { $0.subject != id && concerns($0, id, kind) }
    }
    entries.sort { $0.seq < $1.seq }
    var teller = EventTeller(corpus: corpus, sealed: sealed, about: id)
    return History(id: id, kind: kind, events: entries.map { teller.event($0) })
  }

  private static func concerns(_ entry: Entry, _ id: String, _ kind: Entry.Kind) -> Bool {
    switch entry.kind {
    case .decision: Decision(entry.json)?.platform == id
    case .shown: Shown(entry.json)?.rows.contains { $0.platform == id } ?? false
    case .asked: Asked(entry.json)?.demands.contains(id) ?? false
    default: false
    }
  }

  /// Whether someone may read what is sealed of a record: who has the demand, or stated the record.
  package static func mayRead(_ reader: LedgerReader, _ id: String, who: String) throws -> Bool {
    if try Grant.standing(reader)[id]?.broker == who { return true }
    return try [Entry.Kind.demand, .platform].contains { kind in
      try reader.versions(kind, id).contains { $0.who == who }
    }
  }
}

/// Entries into events.
private struct EventTeller {
  let corpus: Corpus
  let sealed: Bool
  let about: String
  private var last: JSONObject?
  private var state: RecordVersion.State?

  init(corpus: Corpus, sealed: Bool, about: String) {
    self.corpus = corpus
    self.sealed = sealed
    self.about = about
  }

  mutating func event(_ entry: Entry) -> History.Event {
    switch entry.kind {
    case .demand, .platform: version(entry)
    case .decision: decision(entry)
    case .shown: shown(entry)
    case .asked: asked(entry)
    case .answer: answer(entry)
    case .grant:
      made(
        entry,
        BrokerNote("history.grant", ["broker": Grant(entry)?.broker ?? "–"]),
        day: Grant(entry)?.day)
    case .look: made(entry, BrokerNote("history.look"))
    default: made(entry, BrokerNote("history.other", ["kind": entry.kind.rawValue]))
    }
  }

  private func made(
    _ entry: Entry, _ note: BrokerNote, day: CivilDate? = nil, other: String? = nil,
    changes: [RecordChange] = [], detail: String? = nil, isSealed: Bool = false
  ) -> History.Event {
    History.Event(
      seq: entry.seq, at: entry.at, who: entry.who, kind: entry.kind, day: day, other: other,
      note: note, changes: changes, detail: detail, isSealed: isSealed)
  }

  private mutating func version(_ entry: Entry) -> History.Event {
    guard let version = RecordVersion(entry.json) else {
      return made(entry, BrokerNote("history.other", ["kind": entry.kind.rawValue]))
    }
    let changes = last.map { RecordChange.between($0, version.record) } ?? []
    let isFirst = last == nil
    last = version.record
    let before = state
    state = version.state
    let id =
      isFirst ? "history.first" : before != version.state ? "history.state" : "history.version"
    let note = BrokerNote(
      id, ["state": "state.\(version.state.rawValue)", "count": String(changes.count)])
    return made(entry, note, changes: changes)
  }

  private func decision(_ entry: Entry) -> History.Event {
    guard let decision = Decision(entry.json) else {
      return made(entry, BrokerNote("history.other", ["kind": entry.kind.rawValue]))
    }
    let isDemand = decision.demand == about
    let other = isDemand ? decision.line ?? decision.platform : decision.demand
    var details: [String] = []
    if let reason = decision.reason {
      details.append(
        [reason, decision.field].compactMap { $0 }.joined(separator: " "))
    }
    if let number = decision.contract?.number { details.append(number) }
    if let note = decision.note { details.append(note) }
    return made(
      entry, BrokerNote("history.step", ["step": "step.\(decision.step.rawValue)"]),
      day: decision.day, other: other,
      detail: details.isEmpty ? nil : details.joined(separator: "; "))
  }

  private func shown(_ entry: Entry) -> History.Event {
    let shown = Shown(entry.json)
    let rows = shown?.rows ?? []
    guard shown?.demand != about else {
      let top = rows.prefix(10).map { "\($0.rank). \($0.line)" }.joined(separator: ", ")
      return made(
        entry,
        BrokerNote("history.shown", ["to": shown?.to ?? "", "count": String(rows.count)]),
        detail: top.isEmpty ? nil : top)
    }
    let rank = rows.filter { $0.platform == about }.map(\.rank).min() ?? 0
    return made(
      entry, BrokerNote("history.shownAt", ["to": shown?.to ?? "", "rank": String(rank)]),
      other: shown?.demand)
  }

  private func asked(_ entry: Entry) -> History.Event {
    guard let asked = Asked(entry.json) else {
      return made(entry, BrokerNote("history.other", ["kind": entry.kind.rawValue]))
    }
    let other =
      asked.addressee == about
      ? asked.demands.joined(separator: ", ")
      : asked.line
        ?? asked.addressee
    return made(
      entry, BrokerNote("history.asked", ["slot": asked.slot]), day: asked.day, other: other,
      detail: asked.text)
  }

  private func answer(_ entry: Entry) -> History.Event {
    guard let answer = Answer(entry.json) else {
      return made(entry, BrokerNote("history.other", ["kind": entry.kind.rawValue]))
    }
    let isOpen = sealed || answer.visibility != Visibility.named.rawValue
    let until = answer.validUntil.map { "\($0)" } ?? "–"
    return made(
      entry,
      BrokerNote(
        "history.answer", ["slot": answer.slot, "source": answer.source, "until": until]),
      day: answer.day, other: answer.line,
      detail: isOpen ? JSONWriter.line(answer.claim) : nil, isSealed: !isOpen)
  }
}
