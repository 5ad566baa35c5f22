import Matcher

/// What a stage asks, criterion by criterion, in words.
struct AskView {
  let corpus: Corpus
  let language: Language

  /// In the order in which an evaluation lists them. A restricted criterion shows that it is there.
  func criteria(_ demand: Demand, _ stage: Stage, asOf: CivilDate) -> [JSONValue] {
    guard let line = nothing else { return [] }
    let evaluator = Evaluator(corpus: corpus)
    let resolved = evaluator.resolve(demand, stage, asOf: asOf)
    let evaluation = evaluator.evaluate(resolved, line)
    let record = MatchRecord(corpus: corpus, language: language)
    let words = OutcomeText(corpus: corpus, language: language)
    return evaluation.outcomes.filter(isAsked).map { outcome in
      let isSealed = outcome.visibility != .everyone
      let clause = isSealed ? nil : clause(outcome.criterion, stage.ask)
      return .object(
        JSONObject(stating: [
          ("criterion", .string(record.label(outcome.criterion, stage.ask))),
          ("name", .string(words.name(outcome))),
          ("asked", .string(isSealed ? "" : asked(outcome, stage.ask))),
          ("strictness", .string(outcome.strictness.rawValue)),
          ("sealed", isSealed ? .bool(true) : nil),
          ("inferred", outcome.readFrom == nil ? nil : .bool(true)),
          ("clause", clause.map { .string($0) }),
        ]))
    }
  }

  /// Days and places in words; everything else as the evaluation words it.
  private func asked(_ outcome: Outcome, _ ask: Ask) -> String {
    switch outcome.criterion {
    case .window:
      let start = ask.window?.start ?? ask.window?.latestStart
      return [start, ask.window?.finish].map { $0.map { "\($0)" } ?? "" }
        .joined(separator: " – ")
    case .place:
      guard let place = ask.place else { return outcome.asked }
      let names = place.allowed.map { corpus.places.shortName($0, language) }
      guard let home = place.of, let km = place.withinKilometers else {
        return corpus.texts.list(names, language)
      }
      return "\(corpus.places.shortName(home, language)) ≤ \(JSONWriter.line(.number(km))) km"
    default: return outcome.asked
    }
  }

  private func isAsked(_ outcome: Outcome) -> Bool {
    switch outcome.criterion {
    case .unread, .openness, .status, .border, .exclusion, .text: false
    case .service, .process: !outcome.asked.isEmpty
    case .spec, .certificate, .window, .price, .place, .lot: true
    }
  }

  /// The short form of a requirement, which `values` of a what-if takes.
  private func clause(_ criterion: CriterionID, _ ask: Ask) -> String? {
    guard case .spec(let key) = criterion,
      let requirement = ask.requirements.first(where: { $0.key == key })
    else { return nil }
    let sign =
      switch requirement.asked {
      case .atLeast: ">="
      case .atMost: "<="
      default: "="
      }
    let mark = requirement.strictness == .hard ? "" : " (\(requirement.strictness.rawValue))"
    return "\(corpus.registry[key].id)\(sign)\(requirement.written)\(mark)"
  }

  /// A line that states nothing, so that an evaluation lists what is asked.
  private var nothing: ResolvedLine? {
    var reader = RecordReader(corpus: corpus)
    let line = JSONValue.object(JSONObject([("id", .string("-/1"))]))
    reader.add(
      platform: JSONObject([("id", .string("-")), ("lines", .array([line]))]), file: "nothing")
    guard let platform = reader.platforms.first, let line = platform.lines.first else { return nil }
    return Evaluator(corpus: corpus).resolve(platform, line)
  }
}
