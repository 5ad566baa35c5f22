import MatcherTestSupport

@testable import Matcher

/// A demand changed to exactly what a line has, for the criteria where that can be written.
///
/// Which end of an interval was missed is not in the record, so that a number has two readings; the
/// better one counts.
enum DemandChange {
  /// Empty when the change cannot be expressed.
  static func variants(
    of demand: JSONValue, giving outcome: Outcome, _ evaluation: Evaluation
  ) -> [JSONValue] {
    switch outcome.criterion {
    case .spec(let key): spec(demand, key, outcome, evaluation)
    case .lot: lot(demand, outcome)
    case .window, .status: window(demand, outcome, evaluation)
    case .place: place(demand, outcome, evaluation)
    case .price: price(demand, outcome)
    default: []
    }
  }

  private static func spec(
    _ demand: JSONValue, _ key: KeyID, _ outcome: Outcome, _ evaluation: Evaluation
  ) -> [JSONValue] {
    let id = TestCorpus.shared.registry[key].id
    let list = demand.list("requirements")
    guard let place = list.firstIndex(where: { $0["key"]?.string == id }),
      let margin = outcome.margin,
      let asked = evaluation.stage.ask.requirements.first(where: { $0.key == key })?.asked
    else { return [] }
    let numbers: [Double]
    switch asked {
    case .atLeast(let value), .atMost(let value): numbers = [value + margin, value - margin]
    case .cover(let a, let b) where a == b: numbers = [a + margin, a - margin]
    case .oneOfNumbers(let values): numbers = values.flatMap { [$0 + margin, $0 - margin] }
    default: return []
    }
    return numbers.map { number in
      var item = list[place]
      item["value"] = .number(number)
      item["approximate"] = nil
      var changed = list
      changed[place] = item
      var copy = demand
      copy["requirements"] = .array(changed)
      return copy
    }
  }

  private static func lot(_ demand: JSONValue, _ outcome: Outcome) -> [JSONValue] {
    guard let amount = outcome.facts.amount, outcome.message != "lot.capacityShort" else {
      return []
    }
    var copy = demand
    copy["quantity"]?["value"] = .number(amount)
    copy["quantity"]?["unit"] = .string(outcome.facts.unit)
    return [copy]
  }

  private static func window(
    _ demand: JSONValue, _ outcome: Outcome, _ evaluation: Evaluation
  ) -> [JSONValue] {
    guard let first = outcome.facts.date, outcome.message != "window.full",
      let window = evaluation.stage.ask.window
    else { return [] }
    let dates = evaluation.outcomes.filter {
      if case .finite(_, "date") = $0.failure { true } else { false }
    }.compactMap(\.facts.date)
    let start = dates.max() ?? first
    var copy = demand
    if window.finish != nil {
      copy["window"]?["finish"] = .day(start + (max(1, window.durationDays ?? 1) - 1))
    }
    if window.latestStart != nil { copy["window"]?["latest_start"] = .day(start) }
    if let from = window.start, from > start { copy["window"]?["start"] = .day(start) }
    return [copy]
  }

  private static func place(
    _ demand: JSONValue, _ outcome: Outcome, _ evaluation: Evaluation
  ) -> [JSONValue] {
    var copy = demand
    if evaluation.stage.ask.place?.withinKilometers != nil {
      guard let kilometers = outcome.facts.amount else { return [] }
      copy["place"]?["within_km"] = .number(kilometers)
    } else {
      copy["place"]?["allowed"] = .strings([evaluation.line.line.site.placeText])
    }
    return [copy]
  }

  private static func price(_ demand: JSONValue, _ outcome: Outcome) -> [JSONValue] {
    guard let amount = outcome.facts.amount else { return [] }
    var copy = demand
    copy["budget"]?["max"] = .number(amount)
    copy["budget"]?["currency"] = "CNY"
    return [copy]
  }
}
