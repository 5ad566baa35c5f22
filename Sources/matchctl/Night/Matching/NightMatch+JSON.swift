import Ledger
import Matcher

extension NightMatch {
  /// The pair as an object of type `match`; what is wanted for words is made again from the records.
  package func json(asOf: CivilDate) -> JSONObject {
    func decimal(_ millionths: Int) -> JSONValue { .number(Double(millionths) / 1_000_000) }
    return JSONObject(stating: [
      ("type", .string("match")), ("demand", .string(demand)),
      ("stage", stage.map { .string($0) }), ("rank", .integer(rank)),
      ("platform", .string(platform)), ("line", .string(line)),
      ("verdict", .string(verdict.rawValue)), ("group", .integer(group)),
      (
        "score",
        .object(
          JSONObject([
            ("low", decimal(low)), ("expected", decimal(expected)), ("high", decimal(high)),
          ]))
      ),
      ("coverage", .number(Double(coverage) / 1000)),
      ("failures", .array(failures.map(\.json))), ("relaxed", .array(relaxed.map(\.json))),
      ("pending", .array(pending.map(\.json))), ("shortfalls", .integer(shortfalls)),
      (
        "questions",
        .array(
          questions.map {
            .object(
              JSONObject([
                ("criterion", .string($0.criterion)), ("to", .string($0.to.rawValue)),
              ]))
          })
      ),
      ("relaxation", relaxation.map { .object($0.json) }),
      ("warnings", warnings.isEmpty ? nil : .array(warnings.map { .string($0) })),
      ("as_of", .string(asOf.description)),
      ("holds_until", holdsUntil.map { .string($0.description) }),
    ])
  }
}

extension NightMatch.Finding {
  var json: JSONValue {
    let failure: String? =
      switch kind {
      case .finite, .final: kind.rawValue
      case .sealed: "failed"
      case .pending, .relaxed: nil
      }
    return .object(
      JSONObject(stating: [
        ("criterion", .string(criterion)), ("failure", failure.map { .string($0) }),
        ("sealed", kind == .sealed ? .bool(true) : nil),
        ("gap", gap.map { .number(Double($0) / 1_000_000) }),
      ]))
  }
}

extension NightMatch.Relaxation {
  var json: JSONObject {
    JSONObject([
      ("group", .integer(group)), ("price", .number(Double(price) / 1_000_000)),
      ("criteria", .array(criteria.map { .string($0) })),
    ])
  }
}
