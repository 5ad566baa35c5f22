/// A JSON value that keeps the order of its members and the text of its numbers.
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A finite number with its text as read.
  case number(Double, text: String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  public static func number(_ value: Double) -> JSONValue {
    .number(value, text: JSONValue.text(of: value))
  }

  public static func integer(_ value: Int) -> JSONValue {
    .number(Double(value), text: String(value))
  }

  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  public var number: Double? {
    if case .number(let value, _) = self { value } else { nil }
  }

  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  public var array: [JSONValue]? {
    if case .array(let value) = self { value } else { nil }
  }

  public var object: JSONObject? {
    if case .object(let value) = self { value } else { nil }
  }

  /// What kind of value this is, for a message: `a number`, `text`, …
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// The shortest decimal that reads back as `value`, without a trailing `.0`.
  static func text(of value: Double) -> String {
    if value == 0 { return "0" }
    if value.magnitude < 1e15, value == value.rounded(.towardZero) { return String(Int(value)) }
    return value.description
  }
}

/// Members of a JSON object in the order read.
public struct JSONObject: Sendable, Equatable {
  public private(set) var members: [(name: String, value: JSONValue)] = []

  public init() {}

  public init(_ members: [(String, JSONValue)]) {
    self.members = members.map { (name: $0.0, value: $0.1) }
  }

  /// The member of that name; setting nil removes it, setting a new name appends it.
  public subscript(name: String) -> JSONValue? {
    get {
      // By places: an element that is passed by is not copied.
      for place in members.indices where members[place].name == name {
        return members[place].value
      }
      return nil
    }
    set {
      let place = members.firstIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?):
        if members.isEmpty { members.reserveCapacity(4) }
        members.append((name, value))
      case (nil, nil): break
      }
    }
  }

  mutating func reserve(_ count: Int) {
    members.reserveCapacity(count)
  }

  /// Adds a member whose name is known to be new.
  mutating func append(_ name: String, _ value: JSONValue) {
    if members.isEmpty { members.reserveCapacity(4) }
    members.append((name, value))
  }

  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.count == right.members.count
      && zip(left.members, right.members).allSatisfy { $0.name == $1.name && $0.value == $1.value }
  }
}
