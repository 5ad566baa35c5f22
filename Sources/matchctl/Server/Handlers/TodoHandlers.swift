import Brokerage
import Ledger
import Matcher
import MatcherEngine

/// The broker's day.
enum TodoHandlers {
  private struct Day: Sendable {
    let all: Todo
    /// After the filter.
    let items: [Todo.Item]
    let unanswered: Set<String>
    let due: Set<String>
    let newcomers: Newcomers
  }

  private static func key(_ item: Todo.Item) -> String {
    [item.demand, item.platform ?? "", item.line ?? ""].joined(separator: "\u{1F}")
  }

  private static func day(_ call: Call, _ services: Services) async throws -> Day {
    let (name, filter, days) = (
      try call.principal.name, call.word("filter"), call.integer("days")
    )
    let standing = call.standing
    let (corpus, asOf) = (standing.corpus, standing.asOf)
    return try await services.read { reader in
      let todo = try Todo.read(reader, broker: name, corpus: corpus, asOf: asOf)
      let open = Set(todo.items.filter(\.isOpen).map(\.demand))
      let demands = open.sorted().compactMap { standing.demands[$0]?.demand }
      let declined = try Declined.read(
        reader, corpus: corpus, asOf: asOf, tools: standing.tools.reading)
      let newcomers = try Newcomers.find(
        demands, StandingMatches(standing.lines.engine, declined: declined), reader, top: 20)
      let unanswered = Set(
        todo.unanswered(filter == "no_reply" ? days ?? 5 : 5, corpus: corpus).map(key))
      let due = Set(todo.due(within: filter == "due" ? days ?? 14 : 14).map(key))
      let items = todo.items.filter { item in
        switch filter {
        case "no_reply": unanswered.contains(key(item))
        case "due": due.contains(key(item))
        case "new": newcomers.matches[item.demand] != nil
        default: item.isOpen
        }
      }
      return Day(
        all: todo, items: items, unanswered: unanswered, due: due, newcomers: newcomers)
    }
  }

  static func todo(_ call: Call, _ services: Services) async throws -> Reply {
    let day = try await day(call, services)
    let table = table(day, call)
    var answer = try Page.of(day.items.map { json($0, day, table, call) }, call).object
    let open = day.all.items.filter(\.isOpen)
    answer?["counts"] = .object(
      JSONObject([
        ("all", .integer(open.count)), ("no_reply", .integer(day.unanswered.count)),
        ("new", .integer(day.newcomers.matches.count)), ("due", .integer(day.due.count)),
        ("me", .integer(open.count { $0.waitsFor == .me })),
      ]))
    return .json(answer ?? JSONObject())
  }

  private static func table(_ day: Day, _ call: Call) -> TodoTable {
    TodoTable(
      corpus: call.standing.corpus, language: call.language, broker: call.caller?.name ?? "",
      asOf: call.standing.asOf, newcomers: day.newcomers)
  }

  private static func json(
    _ item: Todo.Item, _ day: Day, _ table: TodoTable, _ call: Call
  ) -> JSONValue {
    let stored = call.standing.demands[item.demand]
    let title = stored.map { DemandView(call: call).title($0) } ?? item.demand
    let new = day.newcomers.matches[item.demand] ?? []
    var filters: [String] = []
    if day.unanswered.contains(key(item)) { filters.append("no_reply") }
    if !new.isEmpty { filters.append("new") }
    if day.due.contains(key(item)) { filters.append("due") }
    let waits: String =
      switch item.waitsFor {
      case .platform: "platform"
      case .enterprise: "enterprise"
      case .me, nil: "broker"
      }
    let line = item.line.flatMap(call.standing.line)
    let platform = item.platform.flatMap { call.standing.lines.platforms[$0] }
    return .object(
      JSONObject(stating: [
        ("demand", .string(item.demand)), ("title", .string(title)),
        ("park", stored?.stored.version.park.map { .string($0) } ?? .null),
        ("platform", item.platform.map { .string($0) } ?? .null),
        ("platform_name", platform.map { .string($0.name.text(call.language)) }),
        ("line", item.line.map { .string($0) } ?? .null),
        ("line_name", line.map { .string($0.line.name.text(call.language)) }),
        ("next", .string(table.next(item))), ("step", .string(item.step)),
        ("due", item.due.map { .string("\($0)") } ?? .null), ("waits", .string(waits)),
        ("since", .string("\(item.since)")),
        ("working_days", .integer(workingDays(item.since, call))),
        ("filters", .array(filters.map { .string($0) })),
        ("new_lines", .array(new.map { .string($0.line.line.id) })),
      ]))
  }

  /// Working days from a day up to today; counted for at most two years.
  private static func workingDays(_ since: CivilDate, _ call: Call) -> Int {
    let calendar = call.standing.corpus.calendars["cn"]
    let today = call.standing.asOf
    guard since < today else { return 0 }
    var (day, count) = (max(since, today + -730), 0)
    while day < today {
      day = day + 1
      if calendar?.isWorking(day) ?? true { count += 1 }
    }
    return count
  }

  static func sheet(_ call: Call, _ services: Services) async throws -> Reply {
    let day = try await day(call, services)
    let table = table(day, call)
    let items = day.items.map { item in
      var item = item
      item.title =
        call.standing.demands[item.demand].map { DemandView(call: call).title($0) } ?? item.demand
      return item
    }
    if call.word("format") == "csv" {
      return .file(table.csv(items), type: FileType.bytes, name: table.title + ".csv")
    }
    return .file(table.workbook(items), type: FileType.bytes, name: table.title + ".xlsx")
  }
}
