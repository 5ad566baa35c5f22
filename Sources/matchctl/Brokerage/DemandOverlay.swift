import Ledger
import Matcher

/// One answer of a firm laid over its demand's record. What the demand said of how strict a value is,
/// and who may read it, stays; nothing becomes more visible than the answer.
struct DemandOverlay {
  let given: GivenAnswer
  let slot: FactSlot
  let corpus: Corpus
  let stated: JSONObject
  let before: RecordOverlay.Before

  /// - Parameter done: what earlier answers stated, so that a later one takes its place.
  func apply(to record: inout JSONObject, done: inout Set<String>) {
    let mark = "\(given.answer.line ?? "*") \(slot)"
    let inherited = StatementAge.verified(record)
    guard let id = given.answer.line, var stages = record["stages"]?.array else {
      if apply(to: &record, inherited, done.contains(mark)) { done.insert(mark) }
      return
    }
    for index in stages.indices {
      guard var stage = stages[index].object, (stage["id"]?.string ?? "S\(index + 1)") == id
      else { continue }
      if apply(to: &stage, inherited, done.contains(mark)) { done.insert(mark) }
      stages[index] = .object(stage)
    }
    record["stages"] = .array(stages)
  }

  private func apply(
    to ask: inout JSONObject, _ inherited: CivilDate?, _ isAnswered: Bool
  ) -> Bool {
    let name = ClaimClauses.member(of: slot, .demand)
    let there = statements(ask)
    let isNewer = there.contains { value in
      StatementAge(given: given).yields(
        to: StatementAge.verified(value.object) ?? inherited,
        inferred: isInferred(value, ask), changed: changed)
    }
    if isNewer, !isAnswered { return false }
    switch slot {
    case .spec, .certificate:
      let others = (ask[name]?.array ?? []).filter { !there.contains($0) }
      ask[name] = .array(others + [claim(beside: there.first?.object)])
    case .service, .process:
      ask[name] = given.answer.claim
      if slot == .service { ask["services_source"] = nil }
    default: ask[name] = claim(beside: ask[name]?.object)
    }
    return true
  }

  private func isInferred(_ value: JSONValue, _ ask: JSONObject) -> Bool {
    if slot == .service { return ask["services_source"]?.object?["kind"]?.string == "inferred" }
    return StatementAge.isInferred(value.object) ?? false
  }

  /// What the record states about the slot.
  private func statements(_ ask: JSONObject) -> [JSONValue] {
    let name = ClaimClauses.member(of: slot, .demand)
    switch slot {
    case .spec:
      return (ask[name]?.array ?? []).filter {
        $0.object?["key"]?.string.flatMap { FactSlot(key: $0, corpus: corpus) } == slot
      }
    case .certificate(let scheme):
      return (ask[name]?.array ?? []).filter { RecordLines.isCertificate($0, of: scheme, corpus) }
    case .border: return ask[name]?.object?["overseas"].map { [$0] } ?? []
    default: return ask[name].map { $0 == .null ? [] : [$0] } ?? []
    }
  }

  /// The claim with what the demand says of it besides.
  private func claim(beside there: JSONObject?) -> JSONValue {
    guard var object = given.answer.stated(given.answer.claim).object else {
      return given.answer.claim
    }
    let values = ["value", "unit", "op", "approximate", "group", "limit", "key", "scheme", "scope"]
    let isList = slot.isListed
    for (name, value) in there?.members ?? []
    where object[name] == nil && !(isList && values.contains(name)) && !origins.contains(name) {
      if slot == .price || slot == .window || slot == .lot, replaced.contains(name) { continue }
      object[name] = value
    }
    let wanted = Visibility(rawValue: given.answer.visibility) ?? .named
    let own = there?["visibility"]?.string.flatMap(Visibility.init) ?? .everyone
    if max(wanted, own) > .everyone { object["visibility"] = .string(max(wanted, own).rawValue) }
    return .object(object)
  }

  private let origins: Set<String> = ["source", "verified_at", "valid_until", "quote", "inferred"]
  private let replaced: Set<String> = [
    "max", "currency", "basis", "unit", "value", "start", "latest_start", "finish",
  ]

  private func changed() -> Bool {
    guard let then = before(given) else { return false }
    func text(_ record: JSONObject) -> [String] {
      let stages = (record["stages"]?.array ?? []).compactMap(\.object)
      return ([record] + stages).flatMap { statements($0) }
        .map { JSONWriter.line(RecordLines.bare($0)) }
    }
    return text(then) != text(stated)
  }
}

extension FactSlot {
  /// Whether records state it as one of a list.
  var isListed: Bool {
    switch self {
    case .spec, .certificate: true
    default: false
    }
  }
}
