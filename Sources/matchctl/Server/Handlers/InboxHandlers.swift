import Ledger
import Matcher
import MatcherEngine

/// What a platform may know of demands: those its lines meet or nearly meet, and the one field in the
/// way. Never a rank, a score, a rival or a firm's name.
enum InboxHandlers {
  private struct Found {
    let demand: Demand
    let stage: Stage
    let line: UInt32
  }

  static func inbox(_ call: Call) throws -> Reply {
    guard let own = try call.principal.platform, call.word("platform") ?? own == own,
      call.standing.platforms[own] != nil
    else { throw APIError.notFound }
    guard let platform = call.standing.lines.platforms[own] else {
      return .json(try Page.of([JSONValue](), call))
    }
    let engine = ColumnEngine(
      corpus: call.standing.corpus, platforms: [platform], asOf: call.standing.asOf)
    let found = try found(engine, call)
    return .json(
      try Page.of(found.indices.map(Page.number), call) { key in
        guard let place = Int(key), found.indices.contains(place) else { return nil }
        let pair = found[place]
        let stage = engine.matching.resolve(pair.demand, pair.stage, preferred: [:])
        return engine.evaluate(stage, line: pair.line).map { .object(json($0, call)) }
      })
  }

  /// The pairs that are not ruled out, by demand, stage and line.
  private static func found(_ engine: ColumnEngine, _ call: Call) throws -> [Found] {
    var options = MatchOptions(asOf: call.standing.asOf)
    options.top = engine.count
    options.rows = .line
    let worker = Worker()
    return try call.standing.demandIDs.compactMap { call.standing.demands[$0]?.demand }
      .flatMap { demand in
        try Blocking.check()
        return demand.stages.flatMap { stage -> [Found] in
          let resolved = engine.matching.resolve(demand, stage, preferred: [:])
          let scores = engine.matching.match(
            resolved, options: options, counts: false, worker: worker)
          let lines = scores?.matches.filter { $0.group <= 3 }.map(\.line) ?? []
          return lines.sorted().map { Found(demand: demand, stage: stage, line: $0) }
        }
      }
  }

  private static func json(_ evaluation: Evaluation, _ call: Call) -> JSONObject {
    let corpus = call.standing.corpus
    let view = MatchView(corpus: corpus, language: call.language)
    let match = view.match(evaluation, rank: nil)
    let taxonomy = corpus.taxonomy
    let services = evaluation.stage.ask.services.map { taxonomy[$0].name.text(call.language) }
    let questions = (match["questions"]?.array ?? []).filter {
      $0.object?["to"]?.string == Addressee.platform.rawValue
    }
    return JSONObject(stating: [
      ("demand", .string(evaluation.stage.demand.id)),
      ("stage", evaluation.stage.stage.id.map { .string($0) }),
      ("line", .string(evaluation.line.line.id)),
      ("line_name", .string(evaluation.line.line.name.text(call.language))),
      (
        "title",
        .string(
          services.isEmpty ? evaluation.stage.demand.id : services.joined(separator: " / "))
      ),
      ("verdict", .string(evaluation.verdict.rawValue)),
      ("verdict_text", match["verdict_text"] ?? .null),
      ("in_the_way", inTheWay(match)), ("questions", .array(questions)),
    ])
  }

  /// The first thing that misses, else the first that is not known.
  private static func inTheWay(_ match: JSONObject) -> JSONValue {
    let short = match["failures"]?.array?.first?.object
    guard let first = short ?? match["pending"]?.array?.first?.object else { return .null }
    return .object(
      JSONObject([
        ("criterion", first["criterion"] ?? .string("")), ("name", first["name"] ?? .string("")),
        ("kind", .string(short == nil ? "unknown" : "short")),
        ("text", first["text"] ?? .string("")),
      ]))
  }
}
