/// A ranked pair as the JSON object that `DESIGN` §8 fixes, and the summary of a stage.
public struct MatchRecord {
  let corpus: Corpus
  let words: OutcomeText

  public init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    words = OutcomeText(corpus: corpus, language: language)
  }

  /// - Parameter rank: from 1; nil for a pair that was asked for by name.
  public func json(_ evaluation: Evaluation, rank: Int?) -> JSONValue {
    var object = JSONObject([("type", .string("match"))])
    object["demand"] = .string(evaluation.stage.demand.id)
    if let stage = evaluation.stage.stage.id { object["stage"] = .string(stage) }
    if let rank { object["rank"] = .integer(rank) }
    object["platform"] = .string(evaluation.line.platform.id)
    object["line"] = .string(evaluation.line.line.id)
    object["verdict"] = .string(evaluation.verdict.rawValue)
    object["group"] = .integer(evaluation.judgment.group)
    object["score"] = score(evaluation.score)
    object["technical"] = score(evaluation.technical)
    object["commercial"] = score(evaluation.commercial)
    object["coverage"] = coverage(evaluation.coverage)
    object["failures"] = outcomes(evaluation) { $0.failure != nil }
    object["relaxed"] = outcomes(evaluation) { $0.state == .relaxed }
    object["pending"] = outcomes(evaluation) { $0.pending != nil }
    object["shortfalls"] = .integer(evaluation.judgment.shortfalls)
    object["questions"] = .array(evaluation.questions.map { question($0, evaluation) })
    if let relaxation = evaluation.relaxation {
      object["relaxation"] = relax(relaxation, evaluation)
    }
    if let names = evaluation.envelopes { object["envelopes"] = envelopes(names) }
    object["warnings"] = .array(evaluation.warnings.map { .string($0) })
    object["as_of"] = .string(evaluation.asOf.description)
    if let until = evaluation.holdsUntil { object["holds_until"] = .string(until.description) }
    object["policy"] = .string(evaluation.policyVersion)
    return .object(object)
  }

  /// The pair with every criterion: ask, has, state, degree, weight, margin, source.
  public func fullJSON(_ evaluation: Evaluation, rank: Int?) -> JSONValue {
    guard case .object(var object) = json(evaluation, rank: rank) else { return .null }
    object["criteria"] = .array(evaluation.outcomes.map { criterion($0, evaluation) })
    object["weights"] = weights(evaluation.stage.weights)
    object["sum"] = .object(
      JSONObject([
        ("low", .integer(Int(evaluation.score.low))),
        ("expected", .integer(Int(evaluation.score.expected))),
        ("high", .integer(Int(evaluation.score.high))),
        ("weight", .integer(Int(evaluation.score.weight))),
      ]))
    return .object(object)
  }

  /// How many lines each gate and hard requirement removed, and the verdicts.
  public func summary(_ results: [StageResult], asOf: CivilDate) -> JSONValue {
    let demands = results.map { result -> JSONValue in
      var object = JSONObject([("demand", .string(result.demand.id))])
      if let stage = result.stage.id { object["stage"] = .string(stage) }
      object["lines"] = .integer(result.summary.lines)
      for verdict in Verdict.allCases.reversed() {
        object[verdict.rawValue] = .integer(result.summary.verdicts[verdict] ?? 0)
      }
      var removed = JSONObject()
      for criterion in result.summary.removedInOrder {
        let label = label(criterion, result.stage.ask)
        let before = removed[label]?.number ?? 0
        removed[label] = .integer(Int(before) + (result.summary.removed[criterion] ?? 0))
      }
      object["removed"] = .object(removed)
      return .object(object)
    }
    var summary = JSONObject([
      ("type", .string("summary")), ("as_of", .string(asOf.description)),
      ("policy", .string(corpus.policy.version)),
      ("text_statistics", .string(corpus.textStatisticsVersion)), ("demands", .array(demands)),
    ])
    let overall = overall(results, asOf)
    if !overall.isEmpty { summary["overall"] = .array(overall) }
    return .object(summary)
  }

  /// Demands with several stages as a whole.
  private func overall(_ results: [StageResult], _ asOf: CivilDate) -> [JSONValue] {
    var groups: [[StageResult]] = []
    for result in results {
      if groups.last?.first?.demand.id == result.demand.id {
        groups[groups.count - 1].append(result)
      } else {
        groups.append([result])
      }
    }
    return groups.compactMap { group in
      guard let whole = DemandOverall(group, corpus: corpus, asOf: asOf) else { return nil }
      var object = JSONObject([
        ("demand", .string(group[0].demand.id)), ("verdict", .string(whole.verdict.rawValue)),
      ])
      if let score = whole.expected {
        let points = score.points(score.expected)
        object["expected"] = .number(Double(points) / 100, text: NumberText.points(points))
      }
      if let budget = whole.budget, group[0].demand.totalBudget?.visibility == .everyone {
        object["budget_cny"] = .number(budget)
        object["lowest_total_cny"] = whole.lowestTotal.map { .number($0) } ?? .null
      }
      return .object(object)
    }
  }

  /// The stable name of a criterion: `spec:wafer_diameter`, `certificate:CNAS`, `window`.
  public func label(_ criterion: CriterionID, _ ask: Ask) -> String {
    switch criterion {
    case .spec(let key): "spec:\(corpus.registry[key].id)"
    case .certificate(let index):
      ask.certificates[index].visibility == .everyone
        ? "certificate:\(ask.certificates[index].schemeText)" : "certificate:\(index + 1)"
    default: "\(criterion)"
    }
  }

  /// In 0…1, to six decimals: fewer would make ties of pairs that are ranked.
  private func score(_ score: Score) -> JSONValue {
    func decimal(_ sum: Int64) -> JSONValue {
      .number(Double(score.millionths(sum)) / 1_000_000)
    }
    return .object(
      JSONObject([
        ("low", decimal(score.low)), ("expected", decimal(score.expected)),
        ("high", decimal(score.high)),
      ]))
  }

  private func coverage(_ coverage: Coverage) -> JSONValue {
    guard coverage.weight > 0 else { return .integer(0) }
    let thousandths = (coverage.known * 1000 + coverage.weight / 2) / coverage.weight
    return .number(Double(thousandths) / 1000)
  }

  private func outcomes(_ evaluation: Evaluation, _ wanted: (Outcome) -> Bool) -> JSONValue {
    .array(evaluation.outcomes.filter(wanted).map { criterion($0, evaluation) })
  }

  private func criterion(_ outcome: Outcome, _ evaluation: Evaluation) -> JSONValue {
    var object = JSONObject([
      ("criterion", .string(label(outcome.criterion, evaluation.stage.ask))),
      ("strictness", .string(outcome.strictness.rawValue)),
      ("state", .string(outcome.state.rawValue)),
    ])
    guard outcome.visibility == .everyone else {
      object["sealed"] = .bool(true)
      if outcome.failure != nil { object["failure"] = .string("failed") }
      return .object(object)
    }
    if !outcome.asked.isEmpty { object["asked"] = .string(outcome.asked) }
    if let quote = outcome.readFrom { object["read_from"] = .string(quote) }
    if !outcome.has.isEmpty { object["has"] = .string(outcome.has) }
    switch outcome.failure {
    case .finite: object["failure"] = .string("finite")
    case .final: object["failure"] = .string("final")
    case nil: break
    }
    if let gap = outcome.gap {
      object["gap"] = .number(Double(Degree.millionths(min(gap, 1))) / 1_000_000)
    }
    if let margin = outcome.margin {
      object["margin"] = .number(margin, text: NumberText.plain(margin))
    }
    facts(outcome.facts, &object)
    object["degree"] = degree(outcome.degree)
    object["weight"] = .integer(Int(outcome.weight))
    object["text"] = .string(words.finding(outcome, evaluation))
    source(outcome, &object)
    return .object(object)
  }

  /// The numbers and days that the texts show besides ask, has and margin.
  private func facts(_ facts: Facts, _ object: inout JSONObject) {
    if !facts.unit.isEmpty { object["unit"] = .string(facts.unit) }
    if let days = facts.days { object["days"] = .integer(days) }
    if let count = facts.count { object["count"] = .integer(count) }
    if let amount = facts.amount { object["amount"] = .number(amount) }
    if let other = facts.other { object["other"] = .number(other) }
    if let date = facts.date { object["date"] = .string(date.description) }
    if let until = facts.until { object["until"] = .string(until.description) }
  }

  private func source(_ outcome: Outcome, _ object: inout JSONObject) {
    guard let provenance = outcome.provenance, !outcome.has.isEmpty else { return }
    if !provenance.reference.isEmpty { object["source"] = .string(provenance.reference) }
    if let date = provenance.verifiedAt { object["verified_at"] = .string(date.description) }
    if provenance.inferred { object["inferred"] = .bool(true) }
  }

  private func degree(_ degree: Degree) -> JSONValue {
    .array([degree.low, degree.expected, degree.high].map { .integer(Int($0)) })
  }

  private func question(_ outcome: Outcome, _ evaluation: Evaluation) -> JSONValue {
    let isSealed = outcome.visibility != .everyone
    let text =
      isSealed
      ? words.sealedQuestion(outcome) : words.question(outcome, evaluation)
    return .object(
      JSONObject([
        ("criterion", .string(label(outcome.criterion, evaluation.stage.ask))),
        ("to", .string(Addressee.of(outcome).rawValue)), ("text", .string(text)),
      ]))
  }

  private func relax(_ relaxation: Relaxation, _ evaluation: Evaluation) -> JSONValue {
    .object(
      JSONObject([
        ("group", .integer(relaxation.group)),
        ("price", .number(Double(Degree.millionths(relaxation.price)) / 1_000_000)),
        ("demand", .array(relaxation.changes.map { .string(words.give($0, evaluation)) })),
        ("line", .array(relaxation.changes.map { .string(words.gain($0, evaluation)) })),
      ]))
  }

  private func envelopes(_ names: EnvelopeNames) -> JSONValue {
    .object(
      JSONObject([
        ("verdict", .string(names.verdict)), ("low", .string(names.low)),
        ("expected", .string(names.expected)), ("high", .string(names.high)),
      ]))
  }

  private func weights(_ weights: StageWeights) -> JSONValue {
    func object(_ values: [String: Int]) -> JSONValue {
      .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }))
    }
    let applied = Dictionary(
      uniqueKeysWithValues: weights.applied.map { ($0.key.rawValue, $0.value) })
    return .object(
      JSONObject([
        ("suggested", object(weights.suggested)), ("preferred", object(weights.preferred)),
        ("applied", object(applied)),
      ]))
  }
}

/// Who can answer a question.
public enum Addressee: String, Sendable, CaseIterable {
  case platform
  case enterprise
  case file

  package static func of(_ outcome: Outcome) -> Addressee {
    switch outcome.message {
    case "gate.unread", "gate.border.silent", "service.notAsked", "price.refund",
      "price.noQuantity":
      .enterprise
    default: .platform
    }
  }
}

extension StageSummary {
  /// The criteria that removed lines, in criterion order.
  public var removedInOrder: [CriterionID] {
    StageSummary.inOrder(removed.keys)
  }

  /// Criteria in the order of an evaluation.
  package static func inOrder(_ criteria: some Sequence<CriterionID>) -> [CriterionID] {
    criteria.sorted { $0.order < $1.order }
  }
}

extension CriterionID {
  /// The place of a criterion in an evaluation.
  var order: (Int, Int) {
    switch self {
    case .unread: (-1, 0)
    case .openness: (0, 0)
    case .status: (1, 0)
    case .border: (2, 0)
    case .exclusion: (3, 0)
    case .process: (4, 0)
    case .service: (5, 0)
    case .spec(let key): (6, Int(key.ordinal))
    case .certificate(let index): (7, index)
    case .window: (8, 0)
    case .price: (9, 0)
    case .place: (10, 0)
    case .lot: (11, 0)
    case .text: (12, 0)
    }
  }
}
