import Ledger
import Matcher

/// Ranked pairs as `matchctl match --format jsonl` prints them, with the names that a page shows.
struct MatchView {
  let corpus: Corpus
  let language: Language
  private let record: MatchRecord
  private let words: OutcomeText

  init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
    record = MatchRecord(corpus: corpus, language: language)
    words = OutcomeText(corpus: corpus, language: language)
  }

  /// A pair.
  ///
  /// - Parameter rank: from 1; nil for a pair that was asked for by name.
  func match(_ evaluation: Evaluation, rank: Int?) -> JSONObject {
    var object = record.json(evaluation, rank: rank).object ?? JSONObject()
    let (platform, line) = (evaluation.line.platform, evaluation.line.line)
    object["platform_name"] = .string(platform.name.text(language))
    object["line_name"] = .string(line.name.text(language))
    object["synthetic"] = .bool(platform.synthetic)
    if let place = line.site.place {
      object["place"] = .string(corpus.places.shortName(place, language))
    }
    if let km = kilometers(evaluation) { object["km"] = .number(km) }
    object["verdict_text"] = .string(
      Explanation(evaluation, corpus: corpus, language: language).verdict)
    // A part that nothing is asked of has no score.
    if evaluation.technical.weight == 0 { object["technical"] = nil }
    if evaluation.commercial.weight == 0 { object["commercial"] = nil }
    for part in ["failures", "relaxed", "pending"] {
      object[part] = named(object[part], evaluation)
    }
    object["questions"] = questions(object["questions"])
    return object
  }

  /// A pair with everything that was found out about it.
  func explanation(_ evaluation: Evaluation) -> JSONObject {
    let full = record.fullJSON(evaluation, rank: nil).object ?? JSONObject()
    let said = Explanation(evaluation, corpus: corpus, language: language)
    let parts = [
      ("for", said.reasons), ("against", said.against), ("open", said.open),
      ("questions", said.questions), ("give", said.give), ("gain", said.gain),
      ("warnings", said.warnings),
    ]
    func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    return JSONObject([
      ("match", .object(match(evaluation, rank: nil))),
      ("criteria", named(full["criteria"], evaluation)), ("weights", full["weights"] ?? .null),
      ("sentences", list(parts.flatMap(\.1))),
      ("said", .object(JSONObject(parts.map { ($0.0, list($0.1)) }))),
    ])
  }

  /// A stage with its counts and pairs.
  func stage(_ result: StageResult, _ preferred: [String: Int]) -> JSONObject {
    let summary = result.summary
    let verdicts = Verdict.allCases.reversed().map {
      ($0.rawValue, JSONValue.integer(summary.verdicts[$0] ?? 0))
    }
    return JSONObject(stating: [
      ("demand", .string(result.demand.id)), ("stage", result.stage.id.map { .string($0) }),
      ("title", .string(result.stage.title)), ("lines", .integer(summary.lines)),
      ("verdicts", .object(JSONObject(verdicts))), ("removed", .array(removed(result))),
      ("overseas", .integer(summary.overseas)),
      ("weights", .array(weights(result, preferred))),
      (
        "matches",
        .array(
          result.matches.enumerated().map { .object(match($0.element, rank: $0.offset + 1)) })
      ),
    ])
  }

  private func removed(_ result: StageResult) -> [JSONValue] {
    let counts = result.summary.removed.sorted {
      $0.value == $1.value
        ? record.label($0.key, result.stage.ask) < record.label($1.key, result.stage.ask)
        : $0.value > $1.value
    }
    return counts.map { criterion, lines in
      .object(
        JSONObject([
          ("criterion", .string(record.label(criterion, result.stage.ask))),
          ("name", .string(name(criterion, result.stage.ask))), ("lines", .integer(lines)),
        ]))
    }
  }

  /// The name of a criterion that no outcome is at hand for.
  private func name(_ criterion: CriterionID, _ ask: Ask) -> String {
    switch criterion {
    case .spec(let key): corpus.registry[key].name.text(language)
    case .certificate(let place) where ask.certificates.indices.contains(place):
      ask.certificates[place].visibility == .everyone
        ? ask.certificates[place].schemeText : corpus.texts.text("name.certificate", language)
    default: corpus.texts.text("name.\(criterion)", language)
    }
  }

  /// A part that the stage does not state weighs nothing.
  private func weights(_ result: StageResult, _ preferred: [String: Int]) -> [JSONValue] {
    let applied = result.matches.first?.stage.weights.applied
    return Policy.Part.allCases.map { part in
      let suggested = corpus.policy.weights[part] ?? 0
      let own = preferred[part.rawValue]
      return .object(
        JSONObject([
          ("part", .string(part.rawValue)),
          ("name", .string(corpus.texts.text("part.\(part.rawValue)", language))),
          ("suggested", .integer(suggested)),
          ("preferred", own.map { .integer($0) } ?? .null),
          ("applied", .integer(applied.map { $0[part] ?? 0 } ?? own ?? suggested)),
        ]))
    }
  }

  /// Criteria with their names in the language asked.
  private func named(_ value: JSONValue?, _ evaluation: Evaluation) -> JSONValue {
    let names = Dictionary(
      evaluation.outcomes.map {
        (record.label($0.criterion, evaluation.stage.ask), words.name($0))
      }
    ) { first, _ in first }
    return .array(
      (value?.array ?? []).map { element in
        guard var object = element.object else { return element }
        object["name"] = object["criterion"]?.string.flatMap { names[$0] }.map { .string($0) }
        return .object(object)
      })
  }

  /// Questions with the slot that answers name them by.
  private func questions(_ value: JSONValue?) -> JSONValue {
    .array(
      (value?.array ?? []).map { element in
        guard var object = element.object else { return element }
        object["slot"] = object["criterion"]
        return .object(object)
      })
  }

  /// From the demand's own place to the line's; nil where either is unknown.
  private func kilometers(_ evaluation: Evaluation) -> Double? {
    guard let home = evaluation.stage.demand.enterprisePlace.flatMap(corpus.places.coordinate),
      !SealedRecord.hidesWords(evaluation.stage.demand.stated.object ?? JSONObject()),
      let there = evaluation.line.line.site.coordinate
        ?? evaluation.line.line.site.place.flatMap(corpus.places.coordinate)
    else { return nil }
    return home.kilometers(to: there)
  }
}
