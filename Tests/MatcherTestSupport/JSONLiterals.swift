import Matcher

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) {
    self = .string(value)
  }

  public init(integerLiteral value: Int) {
    self = .integer(value)
  }

  public init(booleanLiteral value: Bool) {
    self = .bool(value)
  }

  public init(arrayLiteral elements: JSONValue...) {
    self = .array(elements)
  }

  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements))
  }
}

extension JSONValue {
  /// The member of an object; setting one of what is no object does nothing.
  package subscript(name: String) -> JSONValue? {
    get { object?[name] }
    set {
      guard var object else { return }
      object[name] = newValue
      self = .object(object)
    }
  }

  /// The elements of a list member; empty when there is none.
  package func list(_ name: String) -> [JSONValue] {
    self[name]?.array ?? []
  }

  package static func strings(_ texts: [String]) -> JSONValue {
    .array(texts.map { .string($0) })
  }

  package static func day(_ date: CivilDate) -> JSONValue {
    .string(date.description)
  }
}
