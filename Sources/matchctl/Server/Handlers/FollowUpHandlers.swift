import Brokerage
import Ledger
import Matcher
import RecordFiles

/// Answers, decisions and what was asked.
enum FollowUpHandlers {
  static let all: [String: Handler] = [
    "questions": QuestionHandlers.questions, "asked": QuestionHandlers.asked,
    "answers": answers, "answer": answer, "decisions": decisions, "decide": decide,
    "declineReasons": { call, _ in try declineReasons(call) }, "todo": TodoHandlers.todo,
    "todoSheet": TodoHandlers.sheet, "inbox": { call, _ in try InboxHandlers.inbox(call) },
  ]

  /// Whether a demand is the caller's to follow up.
  static func follows(_ id: String, _ call: Call) -> Bool {
    DemandView(call: call).isVisible(id)
  }

  /// Whether an addressee's answers are the caller's to read and to record: a demand that is hers, a
  /// platform that is hers, and for brokers any platform, since they ask them all.
  static func mayAnswer(_ addressee: String, _ call: Call) -> Bool {
    guard let caller = call.caller else { return false }
    if call.standing.demands[addressee] != nil {
      return caller.role != .platformOperator && follows(addressee, call)
    }
    guard call.standing.platforms[addressee] != nil else { return false }
    return caller.role == .broker
      || caller.role == .platformOperator && caller.platform == addressee
  }

  // MARK: answers

  private static func answers(_ call: Call, _ services: Services) async throws -> Reply {
    let (asOf, upTo) = (call.standing.asOf, call.standing.generation)
    let wanted = call.word("addressee")
    if let wanted, !mayAnswer(wanted, call) { throw APIError.notFound }
    let given = try await services.read {
      try GivenAnswer.standing($0, on: asOf, upTo: upTo, clearance: .brokers)
    }
    let own = given.filter { id, _ in (wanted == nil || wanted == id) && mayAnswer(id, call) }
    let items = own.values.flatMap(\.self).sorted { $0.seq > $1.seq }
    return .json(try Page.of(items.map(json), call))
  }

  private static func json(_ given: GivenAnswer) -> JSONValue {
    var object = given.answer.json
    object["at"] = .string("\(given.at)")
    object["who"] = .string(given.who)
    object["seq"] = .integer(Int(given.seq))
    return .object(object)
  }

  private static func answer(_ call: Call, _ services: Services) async throws -> Reply {
    let addressee = call.text("addressee") ?? ""
    guard mayAnswer(addressee, call) else { throw APIError.notFound }
    let line = call.text("line")
    let isDemand = call.standing.demands[addressee] != nil
    if let line, !isDemand, call.standing.lines.owner(line) != addressee {
      throw APIError.notFound
    }
    var request = AnswerRecorder.Request(
      addressee: isDemand ? addressee : line ?? addressee, slot: call.text("slot") ?? "",
      value: call.text("value") ?? "", source: call.text("source") ?? "phone",
      day: call.day("day") ?? call.standing.asOf, validUntil: call.day("valid_until"),
      visibility: call.text("visibility").flatMap(Visibility.init) ?? .brokers)
    request.stage = isDemand ? line : nil
    let (stated, corpus, asOf) = (request, call.standing.corpus, call.standing.asOf)
    let before = try await world(addressee, call, services)
    let recorder = AnswerRecorder(corpus: corpus)
    let (seq, warnings) = try await services.write(by: try call.principal.name) { writer in
      let prepared = try recorder.prepare(stated, today: asOf, writer.reader)
      return (try recorder.record(prepared, writer), prepared.warnings)
    }
    let after = try await world(addressee, call, services)
    let effect = AnswerEffect.between(before, after, of: addressee, corpus: corpus)
    let changed = effect.changes.prefix(200).compactMap { change($0, call) }
    return .json(
      JSONObject([
        ("seq", .integer(Int(seq))), ("counts", .bool(effect.counts)),
        ("changed", .array(changed)), ("issues", .array(IssueView(call).json(warnings))),
      ]))
  }

  /// The records whose pairs an answer concerns, as they stand now.
  private static func world(
    _ addressee: String, _ call: Call, _ services: Services
  ) async throws -> StandingWorld {
    let standing = call.standing
    let demands = standing.demandIDs.compactMap { standing.demands[$0]?.demand }
    return try await services.read { reader in
      func read(_ platforms: [StoredRecord], _ demands: [StoredRecord]) throws -> StandingWorld {
        try StandingWorld.read(
          reader, platforms, demands, corpus: standing.corpus, asOf: standing.asOf,
          tools: standing.tools.reading)
      }
      if let demand = try reader.record(.demand, addressee) {
        let own = try read([], [demand]).demands.map { $0.sealedForShowing(standing.corpus) }
        return StandingWorld(
          asOf: standing.asOf, seq: standing.generation, demands: own,
          platforms: Array(standing.lines.platforms.values))
      }
      let platform = try reader.record(.platform, addressee)
      return StandingWorld(
        asOf: standing.asOf, seq: standing.generation, demands: demands,
        platforms: try read(platform.map { [$0] } ?? [], []).platforms)
    }
  }

  /// A pair that stands otherwise, where the caller may know of it.
  private static func change(_ change: AnswerEffect.Change, _ call: Call) -> JSONValue? {
    let (before, after) = (change.before, change.after)
    let caller = call.caller
    let mayKnow =
      caller?.role == .broker || caller?.role == .parkOperator
      || before.verdict != .conflict || after.verdict != .conflict
    guard mayKnow else { return nil }
    func expected(_ evaluation: Evaluation) -> JSONValue {
      .number(Double(evaluation.score.millionths(evaluation.score.expected)) / 1_000_000)
    }
    var object = JSONObject(stating: [
      ("demand", .string(after.stage.demand.id)),
      ("stage", after.stage.stage.id.map { .string($0) }),
      ("line", .string(after.line.line.id)), ("before", .string(before.verdict.rawValue)),
      ("after", .string(after.verdict.rawValue)),
      (
        "text",
        .string(Explanation(after, corpus: call.standing.corpus, language: call.language).verdict)
      ),
    ])
    if caller?.role == .broker {
      object["expected_before"] = expected(before)
      object["expected_after"] = expected(after)
    }
    return .object(object)
  }

  // MARK: decisions

  private static func decisions(_ call: Call, _ services: Services) async throws -> Reply {
    let wanted = call.word("demand")
    if let wanted, !follows(wanted, call) { throw APIError.notFound }
    let upTo = call.standing.generation
    let entries = try await services.read { try $0.entries(.decision, about: wanted, upTo: upTo) }
    let items = entries.reversed().compactMap { entry -> JSONValue? in
      guard follows(entry.subject, call), let decision = Decision(entry.json) else { return nil }
      var object = decision.json
      object["at"] = .string("\(entry.at)")
      object["who"] = .string(entry.who)
      object["seq"] = .integer(Int(entry.seq))
      return .object(object)
    }
    return .json(try Page.of(items, call))
  }

  private static func decide(_ call: Call, _ services: Services) async throws -> Reply {
    let demand = call.text("demand") ?? ""
    guard follows(demand, call) else { throw APIError.notFound }
    let target = call.text("line") ?? call.text("platform")
    if let target, call.standing.platforms[target] == nil,
      call.standing.lines.owner(target) == nil
    {
      throw APIError.notFound
    }
    guard let step = call.text("step").flatMap(Decision.Step.init) else {
      throw APIError.invalid("step: got nothing, expected a step")
    }
    let today = call.standing.asOf
    var request = DecisionRecorder.Request(
      demand: demand, target: target, step: step, day: call.day("day") ?? today)
    request.stage = call.text("stage")
    request.reason = call.text("reason")
    request.field = call.text("field")
    request.note = call.text("note")
    request.contract = call["contract"]?.object.map(contract)
    let (stated, corpus) = (request, call.standing.corpus)
    let recorded = try await services.write(by: try call.principal.name) { writer in
      try DecisionRecorder(corpus: corpus).record(stated, today: today, evidence: nil, writer)
    }
    let warnings = recorded.notes.map { JSONValue.string($0.text(corpus, call.language)) }
    return .json(
      JSONObject([
        ("seq", .integer(Int(recorded.seq))), ("decision", .object(recorded.decision.json)),
        ("warnings", .array(warnings)),
      ]))
  }

  private static func contract(_ object: JSONObject) -> Decision.Contract {
    var contract = Decision.Contract()
    contract.number = object["number"]?.string
    contract.kind = object["kind"]?.string
    contract.date = object["date"]?.string.flatMap { CivilDate(iso: $0) }
    contract.amount = object["amount"]?.number.flatMap { Int64(exactly: $0) }
    contract.technologyAmount = object["technology_amount"]?.number.flatMap { Int64(exactly: $0) }
    contract.evidence = object["evidence"]?.string
    return contract
  }

  private static func declineReasons(_ call: Call) throws -> Reply {
    let reasons = call.standing.corpus.broker.reasons
    let words = call.word("q")?.lowercased() ?? ""
    let items = reasons.compactMap { reason -> JSONValue? in
      let name = reason.name.text(call.language)
      guard words.isEmpty || "\(reason.id) \(name)".lowercased().contains(words) else { return nil }
      return .object(
        JSONObject([
          ("code", .string(reason.id)), ("name", .string(name)),
          ("field", .string(reason.field)), ("needs_field", .bool(reason.needsField)),
          ("side", .string(reason.side.rawValue)),
        ]))
    }
    return .json(try Page.of(items, call))
  }
}
