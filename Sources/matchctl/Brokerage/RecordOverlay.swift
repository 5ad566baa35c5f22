import Ledger
import Matcher

/// Records with what was answered since: an answer takes the place of an unknown, of what was only
/// read out of words, and of an older statement, never of a newer one.
///
/// A statement's age is its own `verified_at`, else its line's, else its record's. Where that says
/// nothing, or the same day, the ledger's order decides: a record that states the fact otherwise
/// than it did when the answer was recorded is newer.
struct RecordOverlay {
  /// The record as stated when an answer was recorded.
  typealias Before = (GivenAnswer) -> JSONObject?

  let corpus: Corpus
  let before: Before

  /// A platform with its answers in the order in which they count.
  func platform(_ platform: Platform, _ answers: [GivenAnswer]) -> Platform {
    guard !answers.isEmpty, var record = platform.raw.object,
      let stated = platform.stated.object
    else { return platform }
    var done: Set<String> = []
    for given in answers {
      guard let slot = FactSlot(given.answer.slot, corpus: corpus) else { continue }
      var overlay = PlatformOverlay(
        given: given, slot: slot, corpus: corpus, stated: stated, before: before)
      overlay.apply(to: &record, done: &done)
    }
    let kept = Set(platform.lines.map(\.id))
    guard
      var changed = Platform(
        rereading: Array(JSONWriter.line(.object(record)).utf8), corpus: corpus)
    else { return platform }
    changed.lines.removeAll { !kept.contains($0.id) }
    changed.stated = platform.stated
    return changed
  }

  /// A demand with its answers in the order in which they count.
  func demand(_ demand: Demand, _ answers: [GivenAnswer]) -> Demand {
    guard !answers.isEmpty, var record = demand.raw.object, let stated = demand.stated.object
    else { return demand }
    var done: Set<String> = []
    for given in answers {
      guard let slot = FactSlot(given.answer.slot, corpus: corpus) else { continue }
      DemandOverlay(given: given, slot: slot, corpus: corpus, stated: stated, before: before)
        .apply(to: &record, done: &done)
    }
    return Demand(rereading: record, as: demand, corpus: corpus) ?? demand
  }
}

/// How old a statement is beside an answer.
struct StatementAge {
  let given: GivenAnswer

  /// Whether the answer gives way to a statement.
  ///
  /// - Parameters:
  ///   - verified: the day the statement was verified; nil when nothing says so.
  ///   - changed: whether the record states it otherwise than when the answer was recorded.
  func yields(to verified: CivilDate?, inferred: Bool, changed: () -> Bool) -> Bool {
    guard let verified, verified != given.answer.day else { return inferred ? false : changed() }
    return verified > given.answer.day
  }

  /// The day that an object's own members say it was verified.
  static func verified(_ object: JSONObject?) -> CivilDate? {
    let own = object?["verified_at"]?.string ?? object?["source"]?.object?["verified_at"]?.string
    return own.flatMap { CivilDate(iso: $0) }
  }

  /// Whether an object was read out of words by its own members; nil when they do not say.
  static func isInferred(_ object: JSONObject?) -> Bool? {
    if let own = object?["inferred"]?.bool { return own }
    if let kind = object?["source"]?.object?["kind"]?.string ?? object?["source"]?.string {
      return kind == "inferred"
    }
    return nil
  }
}

extension Answer {
  /// The claim as a record would state it: with who said so, when, and until when it holds.
  func stated(_ claim: JSONValue) -> JSONValue {
    guard var object = claim.object else { return claim }
    object["inferred"] = nil
    object["quote"] = nil
    object["source"] = .object(
      JSONObject([
        ("kind", .string(source.isEmpty ? "answer" : source)), ("ref", .string("answer")),
      ]))
    object["verified_at"] = .string("\(day)")
    // A certificate's own last day stands in the claim.
    if let validUntil, object["valid_until"] == nil, object["scheme"] == nil {
      object["valid_until"] = .string("\(validUntil)")
    }
    return .object(object)
  }
}
