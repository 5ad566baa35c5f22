import Foundation
import Matcher

/// A JSON Schema of the API's document, as far as the document uses the language: type, enum, const,
/// bounds, pattern, date, properties, items, oneOf, anyOf and references.
final class Schema: Sendable {
  enum Kind: String, Sendable {
    case null, boolean, integer, number, string, array, object
  }

  enum Others: Sendable {
    case allowed
    case refused
    case schema(Schema)
  }

  /// Empty: any type.
  let kinds: [Kind]
  let choices: [JSONValue]
  let minimum: Double?
  let maximum: Double?
  /// Of characters of a text, elements of a list, members of an object.
  let least: Int?
  let most: Int?
  let isUnique: Bool
  let pattern: NSRegularExpression?
  let isDate: Bool
  let properties: [String: Schema]
  let required: [String]
  let others: Others
  let items: Schema?
  /// What the names of members must be.
  let names: Schema?
  let oneOf: [Schema]
  let reference: String?
  let preset: JSONValue?

  init(_ value: JSONValue) {
    let object = value.object ?? JSONObject()
    func integer(_ names: String...) -> Int? {
      names.lazy.compactMap { object[$0]?.number }.first.flatMap { Int(exactly: $0) }
    }
    switch object["type"] {
    case .string(let name): kinds = Kind(rawValue: name).map { [$0] } ?? []
    case .array(let names): kinds = names.compactMap { $0.string.flatMap(Kind.init) }
    default: kinds = []
    }
    choices = object["enum"]?.array ?? object["const"].map { [$0] } ?? []
    minimum = object["minimum"]?.number
    maximum = object["maximum"]?.number
    least = integer("minLength", "minItems", "minProperties")
    most = integer("maxLength", "maxItems", "maxProperties")
    isUnique = object["uniqueItems"]?.bool ?? false
    pattern = object["pattern"]?.string.flatMap { try? NSRegularExpression(pattern: $0) }
    isDate = object["format"]?.string == "date"
    properties = Dictionary(
      (object["properties"]?.object?.members ?? []).map { ($0.name, Schema($0.value)) }
    ) { first, _ in first }
    required = object["required"]?.array?.compactMap(\.string) ?? []
    switch object["additionalProperties"] {
    case .bool(false): others = .refused
    case .object(let schema): others = .schema(Schema(.object(schema)))
    default: others = .allowed
    }
    items = object["items"].map(Schema.init)
    names = object["propertyNames"].map(Schema.init)
    oneOf = (object["oneOf"]?.array ?? object["anyOf"]?.array ?? []).map(Schema.init)
    reference = object["$ref"]?.string.flatMap { $0.split(separator: "/").last.map(String.init) }
    preset = object["default"]
  }
}
