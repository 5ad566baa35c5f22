import Brokerage
import Ledger
import Matcher
import Publishing
import TableFiles

/// Demands: what stands, looks at restricted fields, withdrawal, brokers.
enum DemandHandlers {
  static let all: [String: Handler] = [
    "demands": { call, _ in try demands(call) }, "demand": { call, _ in try demand(call) },
    "look": look, "demandHistory": history, "withdraw": withdraw, "renew": renew,
    "assign": assign, "publicList": publicList, "parks": { call, _ in try parks(call) },
    "putPark": putPark,
  ]

  private static func demands(_ call: Call) throws -> Reply {
    let view = DemandView(call: call)
    let (state, park) = (call.word("state"), call.word("park"))
    let words = call.word("q")?.lowercased() ?? ""
    let mine = call.flag("mine") ?? false
    let name = try call.principal.name
    return .json(
      try Page.of(call.standing.demandIDs, call) { id in
        guard view.isVisible(id), let demand = call.standing.demands[id] else { return nil }
        let version = demand.stored.version
        guard state == nil || version.state.rawValue == state, park == nil || version.park == park,
          !mine || call.standing.isGiven(id, to: name)
        else { return nil }
        // Words are looked for in what the caller reads, or a search would tell what is restricted.
        let isFound =
          words.isEmpty || id.lowercased().contains(words)
          || view.title(demand).lowercased().contains(words)
        return isFound ? .object(view.summary(demand)) : nil
      })
  }

  private static func demand(_ call: Call) throws -> Reply {
    let view = DemandView(call: call)
    return .json(view.full(try view.require(call.id)))
  }

  /// The restricted fields, for a park's own demands and a broker's given ones. The look is entered before
  /// anything is shown.
  private static func look(_ call: Call, _ services: Services) async throws -> Reply {
    let view = DemandView(call: call)
    let demand = try view.require(call.id)
    guard view.mayLook(demand) else { throw APIError.notFound }
    var fields = SealedRecord(demand.stored.version.record).sealed
    let id = call.id
    let contact = try await services.read { reader in
      try demand.stored.version.record["contact"]?.object?["ref"]?.string
        .flatMap { try reader.contact($0)?.body }
    }
    fields.removeAll { $0.name == "contact" }
    if let contact { fields.append(("contact", .object(contact))) }
    let names = JSONValue.array(fields.map { .string($0.name) })
    let role = try call.principal.role.rawValue
    let seq = try await services.write(by: try call.principal.name) { writer in
      try writer.append(
        .look, id, JSONObject([("fields", names), ("role", .string(role))]))
    }
    var shown = JSONObject()
    for field in fields { shown[field.name] = field.value }
    return .json(
      JSONObject([
        ("demand", .string(id)), ("fields", .object(shown)), ("seq", .integer(Int(seq))),
      ]))
  }

  private static func history(_ call: Call, _ services: Services) async throws -> Reply {
    _ = try DemandView(call: call).require(call.id)
    let (id, corpus) = (call.id, call.standing.corpus)
    let history = try await services.read {
      try History.read($0, id, sealed: false, corpus: corpus)
    }
    return .json(try Page.of(history.events.map { event($0, call) }, call))
  }

  private static func event(_ event: History.Event, _ call: Call) -> JSONValue {
    .object(
      JSONObject(stating: [
        ("seq", .integer(Int(event.seq))), ("at", .string("\(event.at)")),
        ("who", .string(event.who)), ("kind", .string(event.kind.rawValue)),
        ("text", .string(event.note.text(call.standing.corpus, call.language))),
        ("day", event.day.map { .string("\($0)") }), ("with", event.other.map { .string($0) }),
        ("fields", .array(event.changes.map { .string($0.path) })),
        ("detail", event.detail.map { .string($0) }),
        ("sealed", event.isSealed ? .bool(true) : nil),
      ]))
  }

  private static func withdraw(_ call: Call, _ services: Services) async throws -> Reply {
    try await change(call, services) { park, writer in
      try Withdrawal.withdraw([call.id], park: park, writer)
    }
  }

  private static func renew(_ call: Call, _ services: Services) async throws -> Reply {
    guard let until = call.day("until") else {
      throw APIError.invalid("until: got nothing, expected a day")
    }
    guard until >= call.standing.asOf else {
      throw APIError(
        .conflict, "until: got \(until), which has passed", hint: "give today or a later day")
    }
    return try await change(call, services) { park, writer in
      try Withdrawal.renew([call.id], until: until, park: park, writer)
    }
  }

  private static func change(
    _ call: Call, _ services: Services,
    _ work: @escaping @Sendable (String, LedgerWriter) throws -> [Withdrawal.Result]
  ) async throws -> Reply {
    let demand = try DemandView(call: call).require(call.id)
    guard let park = demand.stored.version.park else { throw APIError.notFound }
    let results = try await services.write(by: try call.principal.name) { try work(park, $0) }
    switch results.first?.refusal {
    case .unknown, .foreign: throw APIError.notFound
    case .notPublished:
      throw APIError(
        .conflict, "the demand is not published", hint: "publish it with its list first")
    case .already, nil: return try shown(call, services)
    }
  }

  /// The demand as it stands after a write.
  private static func shown(_ call: Call, _ services: Services) throws -> Reply {
    guard let demand = services.standings.acquire().demands[call.id] else {
      throw APIError.notFound
    }
    return .json(DemandView(call: call).summary(demand))
  }

  private static func assign(_ call: Call, _ services: Services) async throws -> Reply {
    _ = try DemandView(call: call).require(call.id)
    let (id, broker, day) = (call.id, call.text("broker"), call.standing.asOf)
    if let broker {
      let account = try await Blocking.run { try services.accounts.account(broker) }
      guard account?.role == .broker, account?.isDisabled == false else {
        throw APIError(
          .conflict, "there is no broker of that name", hint: "ask the administrator for the name")
      }
    }
    let already = call.standing.grants[id] ?? []
    if already != (broker.map { [$0] } ?? []) {
      _ = try await services.write(by: try call.principal.name) { writer in
        try writer.append(.grant, id, Grant(broker: broker, day: day).json)
      }
    }
    let standing = services.standings.acquire()
    guard let demand = standing.demands[id] else { throw APIError.notFound }
    var object = DemandView(call: call).summary(demand)
    object["brokers"] = .array((standing.grants[id] ?? []).map { .string($0) })
    return .json(object)
  }

  // MARK: parks

  private static func parks(_ call: Call) throws -> Reply {
    let own = try call.principal.park
    let isAll = call.reach == .all
    let ids = call.standing.parks.keys.filter { isAll || $0 == own }.sorted()
    return .json(
      try Page.of(ids, call) { id in
        call.standing.parks[id].map { .object(json($0)) }
      })
  }

  private static func json(_ park: Standing.ParkFacts) -> JSONObject {
    JSONObject([
      ("id", .string(park.id)), ("name", .string(park.name)), ("review", .bool(park.needsReview)),
    ])
  }

  private static func putPark(_ call: Call, _ services: Services) async throws -> Reply {
    let code = call.id
    guard Park.isCode(code) else {
      throw APIError.invalid(
        "id: got '\(code.prefix(20))', expected 2…8 capital letters and digits")
    }
    let name = call.text("name") ?? code
    let review = call["review"]?.bool
    _ = try await services.write(by: try call.principal.name) { writer in
      var park = try Park.read(code, writer.reader) ?? Park(code: code, name: name)
      park.name = name
      if let review { park.needsReview = review }
      return try park.write(writer)
    }
    guard let park = services.standings.acquire().parks[code] else { throw APIError.notFound }
    return .json(json(park))
  }

  /// The park's list as everyone may read it.
  private static func publicList(_ call: Call, _ services: Services) async throws -> Reply {
    let principal = try call.principal
    guard let code = call.word("park") ?? principal.park, code == principal.park else {
      throw APIError.notFound
    }
    let (corpus, language, asOf) = (call.standing.corpus, call.language, call.standing.asOf)
    let sheet = try await services.read { reader in
      try Park.read(code, reader).map { park in
        try DemandSheetMaker(corpus: corpus, language: language, asOf: asOf)
          .sheet(.everyone, of: park, reader)
      }
    }
    guard let sheet else { throw APIError.notFound }
    if call.word("format") == "html" {
      return .file(
        Array(sheet.page(corpus, language).utf8), type: FileType.bytes, name: sheet.title + ".html")
    }
    return .file(
      sheet.workbook(corpus, language), type: FileType.bytes, name: sheet.title + ".xlsx")
  }
}
