import Matcher

/// A demand typed on the spot, by flags or in a form, as the record that it stands for.
package struct TypedRecord: Sendable {
  package var text: String?
  package var services: [String] = []
  /// Clauses such as `implant_temperature>=500 ℃ (soft)`.
  package var requirements: [String] = []
  package var places: [String] = []
  /// Of the first place, instead of in it.
  package var withinKilometers: Double?
  package var start: String?
  package var finish: String?
  /// With its unit, such as `12 片`.
  package var quantity: String?
  package var budget: Double?
  /// Schemes with their scope, such as `CNAS(振动)`.
  package var certificates: [String] = []

  package init() {}

  /// The record, and the clauses that could not be read.
  package func record(id: String) -> (object: JSONObject, unread: [String]) {
    var object = JSONObject([("id", .string(id))])
    if let text { object["text"] = .string(text) }
    if !services.isEmpty { object["services"] = .array(services.map { .string($0) }) }
    addTerms(&object)
    let (clauses, unread) = RequirementClauses.objects(requirements)
    if !clauses.isEmpty { object["requirements"] = .array(clauses) }
    return (object, unread)
  }

  /// Place, time, amount, money, certificates.
  private func addTerms(_ object: inout JSONObject) {
    if let withinKilometers, let first = places.first {
      object["place"] = .object(
        JSONObject([("within_km", .number(withinKilometers)), ("of", .string(first))]))
    } else if !places.isEmpty {
      object["place"] = .object(JSONObject([("allowed", .array(places.map { .string($0) }))]))
    }
    let days = [("start", start), ("finish", finish)].compactMap { name, day in
      day.map { (name, JSONValue.string($0)) }
    }
    if !days.isEmpty { object["window"] = .object(JSONObject(days)) }
    if let quantity {
      object["quantity"] = .object(JSONObject([("value", .string(quantity))]))
    }
    if let budget { object["budget"] = .object(JSONObject([("max", .number(budget))])) }
    if !certificates.isEmpty {
      object["certificates"] = CertificateClauses.objects(certificates.joined(separator: ";"))
    }
  }
}
