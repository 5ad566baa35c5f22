import Brokerage
import Matcher
import MatcherEngine

/// Matching, what-if, explanation, comparison, letters.
enum MatchHandlers {
  static let all: [String: Handler] = [
    "match": { call, _ in try match(call) },
    "demandMatches": { call, services in try await stored(call, services) },
    "whatIf": { call, _ in try whatIf(call) },
    "explain": { call, _ in try explain(call) },
    "compare": { call, _ in try compare(call) },
    "letter": { call, _ in try letter(call) },
  ]

  // MARK: ranked lines

  private static func match(_ call: Call) throws -> Reply {
    let choice = try DemandChoice(call)
    let results = try results(choice, call)
    let weights = try DemandChoice.weights(call)
    return .json(answer(choice, results, weights, call))
  }

  /// A stored demand with what was decided about its pairs.
  private static func stored(_ call: Call, _ services: Services) async throws -> Reply {
    let stored = try DemandView(call: call).require(call.id)
    guard let demand = stored.demand else {
      throw APIError(
        .conflict, "the demand does not stand: it is \(stored.stored.version.state.rawValue)",
        hint: "publish it or renew it first")
    }
    var options = MatchOptions(asOf: call.standing.asOf)
    options.top = call.integer("top") ?? 10
    options.rows = call.word("by") == "line" ? .line : .platform
    options.includesConflict = call.flag("include_conflict") ?? false
    let known = try await PairNotes.read(call, services)
    let engine = call.standing.lines.engine
    let results =
      call.flag("hidden") == true
      ? engine.match(demand, options: options, worker: Worker())
      : StandingMatches(engine, declined: known.declined)
        .match(demand, options: options, worker: Worker()).results
    let view = MatchView(corpus: call.standing.corpus, language: call.language)
    let stages = results.map { known.noting(view.stage($0, [:])) }
    return .json(
      JSONObject([
        ("as_of", .string("\(call.standing.asOf)")),
        ("generation", .integer(Int(call.standing.generation))),
        ("demand", .object(DemandView(call: call).full(stored))),
        ("stages", .array(stages.map { .object($0) })), ("issues", .array([])),
      ]))
  }

  private static func options(_ call: Call) throws -> MatchOptions {
    var options = MatchOptions(asOf: call.standing.asOf)
    options.top = call["top"]?.number.flatMap { Int(exactly: $0) } ?? 10
    options.rows = call.text("by") == "line" ? .line : .platform
    options.includesConflict = call["include_conflict"]?.bool ?? false
    options.includesOverseas = call["overseas"]?.bool ?? true
    options.preferred = try DemandChoice.weights(call)
    return options
  }

  private static func results(_ choice: DemandChoice, _ call: Call) throws -> [StageResult] {
    let stage = try call.text("stage").map { try choice.stage($0).id }
    return results(choice.demand, stage ?? nil, try options(call), call)
  }

  private static func results(
    _ demand: Demand, _ stage: String?, _ options: MatchOptions, _ call: Call
  ) -> [StageResult] {
    var demand = demand
    if let stage { demand.stages = demand.stages.filter { $0.id == stage } }
    return call.standing.lines.engine.match(demand, options: options, worker: Worker())
  }

  private static func answer(
    _ choice: DemandChoice, _ results: [StageResult], _ weights: [String: Int], _ call: Call
  ) -> JSONObject {
    let view = MatchView(corpus: call.standing.corpus, language: call.language)
    let demands = DemandView(call: call)
    let stored = choice.isStored ? call.standing.demands[choice.demand.id] : nil
    return JSONObject([
      ("as_of", .string("\(call.standing.asOf)")),
      ("generation", .integer(Int(call.standing.generation))),
      ("demand", .object(stored.map(demands.full) ?? demands.typed(choice.demand))),
      ("stages", .array(results.map { .object(view.stage($0, weights)) })),
      ("issues", .array(IssueView(call).json(choice.issues))),
    ])
  }

  // MARK: what if

  private static func whatIf(_ call: Call) throws -> Reply {
    let before = try DemandChoice(call)
    let after = try before.changed(call)
    let options = try options(call)
    var unchanged = options
    unchanged.preferred = [:]
    let stage = call.text("stage")
    let one = results(before.demand, stage, unchanged, call)
    let two = results(after.demand, stage, options, call)
    let view = MatchView(corpus: call.standing.corpus, language: call.language)
    return .json(
      JSONObject([
        ("before", .array(one.map { .object(view.stage($0, [:])) })),
        ("after", .array(two.map { .object(view.stage($0, options.preferred)) })),
        ("moved", .array(moved(one, two))),
        ("issues", .array(IssueView(call).json(after.issues))),
        ("as_of", .string("\(call.standing.asOf)")),
        ("generation", .integer(Int(call.standing.generation))),
      ]))
  }

  /// The lines whose rank or verdict is another, in the order of the new ranking, then those that left.
  private static func moved(_ before: [StageResult], _ after: [StageResult]) -> [JSONValue] {
    func places(_ results: [StageResult]) -> [(line: String, rank: Int, verdict: String)] {
      results.flatMap { result in
        result.matches.enumerated().map {
          ($0.element.line.line.id, $0.offset + 1, $0.element.verdict.rawValue)
        }
      }
    }
    let (old, new) = (places(before), places(after))
    let oldByLine = Dictionary(old.map { ($0.line, $0) }) { first, _ in first }
    let newByLine = Dictionary(new.map { ($0.line, $0) }) { first, _ in first }
    let lines = new.map(\.line) + old.map(\.line).filter { newByLine[$0] == nil }
    var seen: Set<String> = []
    return lines.filter { seen.insert($0).inserted }.compactMap { line in
      let (one, two) = (oldByLine[line], newByLine[line])
      if one?.rank == two?.rank, one?.verdict == two?.verdict { return nil }
      return .object(
        JSONObject([
          ("line", .string(line)), ("before", one.map { .integer($0.rank) } ?? .null),
          ("after", two.map { .integer($0.rank) } ?? .null),
          ("verdict_before", one.map { .string($0.verdict) } ?? .null),
          ("verdict_after", two.map { .string($0.verdict) } ?? .null),
        ]))
    }
  }

  // MARK: pairs

  private static func evaluations(_ lines: [String], _ call: Call) throws -> [Evaluation] {
    let choice = try DemandChoice(call).changed(call)
    let stage = try choice.stage(call.text("stage"))
    let engine = call.standing.lines.engine
    let resolved = engine.matching.resolve(
      choice.demand, stage, preferred: try DemandChoice.weights(call))
    return try lines.map { id in
      guard let line = engine.line(id),
        let evaluation = engine.evaluate(resolved, line: line)
      else { throw APIError.notFound }
      return evaluation
    }
  }

  private static func explain(_ call: Call) throws -> Reply {
    let lines = [call.text("line"), call.text("above")].compactMap(\.self)
    let pairs = try evaluations(lines, call)
    guard let pair = pairs.first else { throw APIError.notFound }
    let corpus = call.standing.corpus
    var object = MatchView(corpus: corpus, language: call.language).explanation(pair)
    if pairs.count > 1 {
      object["ordering"] = .string(
        Ordering(corpus: corpus, language: call.language).reason(pair, pairs[1]))
    }
    return .json(object)
  }

  private static func compare(_ call: Call) throws -> Reply {
    let pairs = try evaluations(call.texts("lines"), call)
    let rows = SideBySide(corpus: call.standing.corpus, language: call.language).rows(pairs)
    return .json(
      JSONObject([
        ("rows", .array(rows.map { .array($0.map { .string($0) }) }))
      ]))
  }

  private static func letter(_ call: Call) throws -> Reply {
    guard let addressee = call.text("for").flatMap(Addressee.init) else {
      throw APIError.invalid("for: got nothing, expected platform, enterprise or file")
    }
    let register = call.text("register").flatMap(TextRegister.init) ?? .message
    let pairs = try evaluations(call.texts("lines"), call)
    if addressee != .file, pairs.contains(where: { $0.verdict == .conflict }) {
      throw APIError(
        .conflict, "a line does not fit: no text is made for it", hint: "leave the line out")
    }
    let letters = Letters(corpus: call.standing.corpus, language: call.language)
    return .json(
      JSONObject([("text", .string(letters.text(pairs, for: addressee, in: register)))]))
  }
}
