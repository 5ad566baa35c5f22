import Brokerage
import Ledger
import Matcher

/// What one broker finds in the morning: what changed and why, what newly fits, what is due, who has
/// not replied.
struct Digest {
  /// nil: all demands, where none was given to a broker.
  let broker: String?
  let view: ReportView
  let demands: Set<String>
  private let waiting: [Waiting]

  /// Days ahead that count as due, and working days without a reply that are told.
  static let dueDays = 14
  static let replyDays = 5

  /// A question without a reply.
  struct Waiting: Sendable, Equatable {
    let addressee: String
    /// What was asked; nil where only the step was recorded.
    let slot: String?
    let demands: [String]
    let since: CivilDate
    let workingDays: Int
  }

  /// One a broker with open demands, by name; one for all when nothing was given to anybody. None on
  /// days off.
  static func all(_ view: ReportView) -> [Digest] {
    guard view.data.corpus.calendars["cn"]?.isWorking(view.data.asOf) ?? true else { return [] }
    let standing = Set(view.stages.map(\.demand.id))
    let brokers = brokers(view.data.history)
    let waiting = waiting(view.data)
    guard !brokers.isEmpty else {
      return [Digest(broker: nil, view: view, demands: standing, waiting: waiting)]
    }
    let given = Dictionary(grouping: brokers.keys) { brokers[$0] ?? "" }
    return given.sorted { $0.key < $1.key }.map { broker, demands in
      Digest(
        broker: broker, view: view, demands: standing.intersection(demands), waiting: waiting)
    }
  }

  /// Whose each demand is: the last grant counts.
  static func brokers(_ history: NightHistory) -> [String: String] {
    history.entries(Entry.Kind.grant.rawValue).reduce(into: [:]) { out, entry in
      if let grant = Grant(entry) { out[entry.subject] = grant.broker }
    }
  }

  var changes: [NightChange] {
    view.changes.filter { demands.contains($0.pair.demand) }.sorted(by: ReportSections.precedes)
  }

  /// Of the changes, pairs that fit now and did not before.
  var fitting: [NightChange] {
    changes.filter { $0.after?.verdict == .full && $0.before?.verdict != .full }
  }

  /// Days that come up: the demand's last day, its latest start and finish; next first.
  var due: [(day: CivilDate, demand: Demand, what: String)] {
    let asOf = view.data.asOf
    var seen: Set<String> = []
    let own = view.stages.filter { demands.contains($0.demand.id) }
    var out: [(day: CivilDate, demand: Demand, what: String)] = []
    func add(_ day: CivilDate?, _ demand: Demand, _ what: String) {
      guard let day, day >= asOf, day - asOf <= Digest.dueDays,
        seen.insert("\(demand.id) \(what) \(day)").inserted
      else { return }
      out.append((day, demand, what))
    }
    for stage in own {
      let demand = stage.demand
      add(
        view.data.world.sources[demand.id]?.version.validUntil ?? demand.expires, demand,
        "report.due.expires")
      let window = demand.stages.first { $0.id == stage.stage.stage }?.ask.window
      guard let window, window.visibility == .everyone else { continue }
      add(window.latestStart, demand, "report.due.start")
      add(window.finish, demand, "report.due.finish")
    }
    return out.sorted { ($0.day, $0.demand.id, $0.what) < ($1.day, $1.demand.id, $1.what) }
  }

  var unanswered: [Waiting] {
    waiting.filter { $0.demands.contains(where: demands.contains) }
  }
}

extension Digest {
  private static func waiting(_ data: NightData) -> [Waiting] {
    let all = questions(data) + steps(data)
    return all.filter { $0.workingDays >= replyDays }.sorted {
      ($0.since, $0.addressee, $0.slot ?? "", $0.demands.first ?? "")
        < ($1.since, $1.addressee, $1.slot ?? "", $1.demands.first ?? "")
    }
  }

  /// Questions sent and not answered since; the last time they were sent counts.
  private static func questions(_ data: NightData) -> [Waiting] {
    var open: [String: Waiting] = [:]
    for entry in data.history.entries {
      if entry.kind == .asked, let asked = Asked(entry.json) {
        let day = entry.at.day()
        open[key(asked.addressee, asked.line, asked.slot)] = Waiting(
          addressee: asked.addressee, slot: asked.slot, demands: asked.demands.sorted(),
          since: day, workingDays: workingDays(from: day, data))
      } else if entry.kind == .answer, let answer = Answer(entry.json) {
        open[key(answer.addressee, answer.line, answer.slot)] = nil
        open[key(answer.addressee, nil, answer.slot)] = nil
      }
    }
    return Array(open.values)
  }

  private static func key(_ addressee: String, _ line: String?, _ slot: String) -> String {
    "\(addressee)\u{1F}\(line ?? "")\u{1F}\(slot)"
  }

  /// Introductions whose last step is a question, or that nobody replied.
  private static func steps(_ data: NightData) -> [Waiting] {
    var last: [String: Decision] = [:]
    for entry in data.history.entries("decision") {
      guard let decision = Decision(entry.json), let platform = decision.platform,
        decision.step != .shown
      else { continue }
      last["\(decision.demand)\u{1F}\(platform)"] = decision
    }
    return last.values.filter { $0.step == .asked || $0.step == .noReply }.map { decision in
      Waiting(
        addressee: decision.platform ?? "", slot: nil, demands: [decision.demand],
        since: decision.day, workingDays: workingDays(from: decision.day, data))
    }
  }

  /// Working days after a day until the run's.
  static func workingDays(from day: CivilDate, _ data: NightData) -> Int {
    guard let calendar = data.corpus.calendars["cn"], day < data.asOf else { return 0 }
    // A question of more than a year ago is told as one of a year.
    let first = max(day + 1, data.asOf + -366)
    return (first.dayNumber...data.asOf.dayNumber).count {
      calendar.isWorking(CivilDate(dayNumber: $0))
    }
  }
}
