import Ledger
import Matcher

/// What a broker has to do, demand by demand.
package struct Todo: Sendable {
  /// One thing that is open, or a demand that is closed. A broker's every demand has one or more.
  package struct Item: Sendable {
    package let demand: String
    package var title: String
    /// nil for a step of the demand alone.
    package let platform: String?
    package let line: String?
    /// The last step: a `Decision.Step`, or `new`.
    package let step: String
    /// When it was taken; for `new` when the demand was given.
    package let since: CivilDate
    /// Who does the next; nil for what is closed.
    package let waitsFor: BrokerTables.Party?
    /// nil: without a date of its own.
    package let due: CivilDate?
    /// Nobody answered in time, so it is the broker's turn again.
    package let isUnanswered: Bool
    /// Why it is closed, by the id of a text; nil for what is open.
    package let closed: String?

    package var isOpen: Bool { closed == nil }
  }

  /// Open before closed, earliest due first, without a date last; then by demand and platform.
  package let items: [Item]
  package let asOf: CivilDate

  /// Works out the list of a broker from a view of the ledger.
  ///
  /// - Complexity: O(decisions + shown + the broker's records).
  package static func read(
    _ reader: LedgerReader, broker: String, corpus: Corpus, asOf: CivilDate
  ) throws -> Todo {
    var items: [Item] = []
    for (demand, grant) in try Grant.standing(reader) where grant.broker == broker {
      items += try DemandProgress(
        reader, demand: demand, grant: grant, corpus: corpus, asOf: asOf
      ).items()
    }
    return Todo(items: items.sorted(by: precedes), asOf: asOf)
  }

  private static func precedes(_ left: Item, _ right: Item) -> Bool {
    func rank(_ item: Item) -> (Int, Int, String, String) {
      (
        item.isOpen ? 0 : 1, item.due?.dayNumber ?? .max, item.demand,
        (item.platform ?? "") + "\u{1F}" + (item.line ?? "")
      )
    }
    return rank(left) < rank(right)
  }

  /// Questions that nobody has answered for so many working days.
  package func unanswered(_ days: Int, corpus: Corpus) -> [Item] {
    let calendar = corpus.calendars["cn"]
    return items.filter { item in
      guard item.isOpen, item.step == Decision.Step.asked.rawValue else { return false }
      let day = calendar?.adding(workingDays: days, to: item.since) ?? item.since + days
      return day <= asOf
    }
  }

  /// What is due by so many days from now, what is late included.
  package func due(within days: Int) -> [Item] {
    items.filter { item in item.isOpen && item.due.map { $0 <= asOf + days } ?? false }
  }
}

/// How far a demand has come with each platform.
struct DemandProgress {
  private let id: String
  private let grant: Grant
  private let stored: StoredRecord?
  private let decisions: [Decision]
  private let lastShown: CivilDate?
  private let returned: Set<String>
  private let corpus: Corpus
  private let asOf: CivilDate

  init(
    _ reader: LedgerReader, demand id: String, grant: Grant, corpus: Corpus, asOf: CivilDate
  ) throws {
    self.id = id
    self.grant = grant
    self.corpus = corpus
    self.asOf = asOf
    stored = try reader.record(.demand, id)
    decisions = try reader.entries(.decision, about: id).compactMap { Decision($0.json) }
      .filter { $0.day <= asOf }
    lastShown = try reader.entries(.shown, about: id).last?.at.day()
    let isDeclined = decisions.contains { $0.step == .declined }
    let back =
      isDeclined
      ? try Declined.read(reader, corpus: corpus, asOf: asOf, demand: id).returned : []
    returned = Set(back.compactMap(\.decision.platform))
  }

  private var title: String { stored?.version.record["title"]?.string ?? "" }

  func items() -> [Todo.Item] {
    if let reason = closed { return [closedItem(reason)] }
    var last: [String: Decision] = [:]
    for decision in decisions {
      let key = decision.platform ?? ""
      // A line that is declined leaves the platform's other lines as they are.
      if decision.step == .declined, let running = last[key], let line = running.line,
        let declined = decision.line, line != declined
      {
        continue
      }
      last[key] = decision
    }
    let open = last.values.filter { step($0)?.ends != .pair }.map(item)
    if !open.isEmpty { return open }
    // Nothing runs: the demand itself waits to be taken up.
    let back = decisions.last { $0.step == .declined }
    let isBack = last.keys.contains { returned.contains($0) }
    let since = [grant.day, back?.day, lastShown].compactMap { $0 }.filter { $0 <= asOf }.max()
    return [
      made(
        step: lastShown == nil || isBack ? "new" : "shown", since: since ?? grant.day,
        decision: nil)
    ]
  }

  private func step(_ decision: Decision) -> BrokerTables.NextStep? {
    corpus.broker.next[decision.step.rawValue]
  }

  /// Why nothing is left to do, by the id of a text.
  private var closed: String? {
    if let place = decisions.lastIndex(where: { step($0)?.ends == .demand }),
      decisions[place...].allSatisfy({ step($0)?.ends != nil })
    {
      return "step.\(decisions[place].step.rawValue)"
    }
    guard let version = stored?.version else { return "todo.gone" }
    if version.state == .withdrawn { return "todo.withdrawn" }
    if let until = version.validUntil, until < asOf, version.state == .published {
      return "todo.expired"
    }
    return nil
  }

  private func closedItem(_ reason: String) -> Todo.Item {
    let last = decisions.last
    return Todo.Item(
      demand: id, title: title, platform: last?.platform, line: last?.line,
      step: last?.step.rawValue ?? "new", since: last?.day ?? grant.day, waitsFor: nil, due: nil,
      isUnanswered: false, closed: reason)
  }

  private func item(_ decision: Decision) -> Todo.Item {
    made(step: decision.step.rawValue, since: decision.day, decision: decision)
  }

  private func made(step: String, since: CivilDate, decision: Decision?) -> Todo.Item {
    let next = corpus.broker.next[step]
    let isAsked = step == Decision.Step.asked.rawValue
    let days = isAsked ? corpus.policy.replyDays : next?.days
    let calendar = corpus.calendars["cn"]
    let due = days.map { calendar?.adding(workingDays: $0, to: since) ?? since + $0 }
    let isUnanswered = isAsked && due.map { $0 < asOf } ?? false
    var party = next?.waitsFor ?? .me
    if isAsked, decision?.platform == nil { party = .enterprise }
    if isUnanswered { party = .me }
    return Todo.Item(
      demand: id, title: title, platform: decision?.platform, line: decision?.line, step: step,
      since: since, waitsFor: party, due: due, isUnanswered: isUnanswered, closed: nil)
  }
}
