import Brokerage
import Ledger
import Matcher
import MatcherEngine
import RecordFiles

/// What to ask, and that it was asked.
enum QuestionHandlers {
  /// How many platforms of each demand's list are asked.
  private static let platformsAsked = 5

  static func questions(_ call: Call, _ services: Services) async throws -> Reply {
    let principal = try call.principal
    if principal.role == .platformOperator { return try await asked(of: principal, call, services) }
    if let demand = call.word("demand"), !FollowUpHandlers.follows(demand, call) {
      throw APIError.notFound
    }
    let standing = call.standing
    let ids = standing.demandIDs.filter { id in
      (call.word("demand").map { $0 == id } ?? true) && FollowUpHandlers.follows(id, call)
    }
    let demands = ids.compactMap { standing.demands[$0]?.demand }
    let (corpus, language, asOf) = (standing.corpus, call.language, standing.asOf)
    let (upTo, tools) = (standing.generation, standing.tools.reading)
    let round = try await services.read { reader in
      let declined = try Declined.read(reader, corpus: corpus, asOf: asOf, upTo: upTo, tools: tools)
      return AskRound.make(
        demands, StandingMatches(standing.lines.engine, declined: declined),
        try AskedFacts.read(reader, corpus: corpus, asOf: asOf, upTo: upTo), corpus: corpus,
        language: language, top: platformsAsked)
    }
    let wanted = call.word("addressee")
    let items = round.messages.flatMap { message in
      message.facts.filter { wanted == nil || $0.addressee == wanted }.map { addressee, fact in
        json(addressee, message, fact, call)
      }
    }
    return .json(try Page.of(items, call))
  }

  private static func json(
    _ addressee: String, _ message: AskRound.Message, _ fact: AskRound.Fact, _ call: Call
  ) -> JSONValue {
    .object(
      JSONObject([
        ("addressee", .string(addressee)), ("to", .string(message.to.rawValue)),
        ("addressee_name", .string(message.to == .platform ? message.name : addressee)),
        ("line", fact.line.map { .string($0) } ?? .null), ("slot", .string("\(fact.slot)")),
        ("text", .string(fact.text)),
        ("demands", .array(fact.demands.map { .string($0) })), ("asked", .null),
        ("message", .string(message.text)),
      ]))
  }

  /// What a platform was asked and has not answered.
  private static func asked(
    of principal: Principal, _ call: Call, _ services: Services
  ) async throws -> Reply {
    guard let platform = principal.platform else { throw APIError.notFound }
    let (corpus, asOf, upTo) = (call.standing.corpus, call.standing.asOf, call.standing.generation)
    let open = try await services.read { reader in
      let facts = try AskedFacts.read(reader, corpus: corpus, asOf: asOf, upTo: upTo)
      return try reader.entries(.asked, about: platform, upTo: upTo).compactMap {
        entry -> (entry: Entry, asked: Asked)? in
        guard let asked = Asked(entry.json), let slot = FactSlot(asked.slot, corpus: corpus),
          case .waiting = facts.state(platform, line: asked.line, slot: slot)
        else { return nil }
        return (entry, asked)
      }
    }
    var seen: Set<String> = []
    let items = open.reversed().filter {
      seen.insert("\($0.asked.line ?? "")\u{1F}\($0.asked.slot)").inserted
    }.map { entry, asked -> JSONValue in
      .object(
        JSONObject([
          ("addressee", .string(platform)), ("to", .string("platform")),
          ("line", asked.line.map { .string($0) } ?? .null), ("slot", .string(asked.slot)),
          ("text", .string(asked.text)), ("demands", .array([])),
          (
            "asked",
            .object(
              JSONObject([("at", .string("\(entry.at)")), ("who", .string(entry.who))]))
          ),
        ]))
    }
    return .json(try Page.of(items, call))
  }

  /// 已发送: the fact was asked; the demands that wait for it have their step.
  static func asked(_ call: Call, _ services: Services) async throws -> Reply {
    let (addressee, line) = (call.text("addressee") ?? "", call.text("line"))
    let (demands, text) = (call.texts("demands"), call.text("text") ?? "")
    let corpus = call.standing.corpus
    let isDemand = call.standing.demands[addressee] != nil
    guard demands.allSatisfy({ FollowUpHandlers.follows($0, call) }),
      isDemand
        ? FollowUpHandlers.follows(addressee, call) : call.standing.platforms[addressee] != nil,
      isDemand || line.map({ call.standing.lines.owner($0) == addressee }) ?? true
    else { throw APIError.notFound }
    guard let slot = FactSlot(call.text("slot") ?? "", corpus: corpus) else {
      throw APIError(
        .unusable, "slot: got a name that no question has", hint: "take 'slot' of a question")
    }
    try PersonalData.refuse(text, "text", corpus)
    let asked = Asked(
      addressee: addressee, line: line, slot: "\(slot)", demands: demands, text: text,
      day: call.standing.asOf)
    let day = call.standing.asOf
    let seq = try await services.write(by: try call.principal.name) { writer in
      let seq = try writer.append(.asked, addressee, asked.json)
      for demand in Set(demands).sorted() {
        var decision = Decision(demand: demand, step: .asked, day: day)
        if !isDemand { decision.platform = addressee }
        try writer.append(.decision, demand, decision.json)
      }
      return seq
    }
    return .json(JSONObject([("seq", .integer(Int(seq)))]))
  }
}
