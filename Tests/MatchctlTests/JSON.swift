import Foundation

/// A JSON value read by Foundation, so that the product's own parser is not its own judge.
enum JSON: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  init(_ text: String) throws {
    self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  subscript(name: String) -> JSON {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }

  var string: String? { if case .string(let value) = self { value } else { nil } }
  var number: Double? { if case .number(let value) = self { value } else { nil } }
  var array: [JSON] { if case .array(let values) = self { values } else { [] } }
  var members: [String: JSON] { if case .object(let members) = self { members } else { [:] } }

  /// The value without the members of these names, at any depth.
  func without(_ names: Set<String>) -> JSON {
    switch self {
    case .array(let values): .array(values.map { $0.without(names) })
    case .object(let members):
      .object(members.filter { !names.contains($0.key) }.mapValues { $0.without(names) })
    default: self
    }
  }
}

/// The part of JSON Schema that `Corpus/schema` uses, enough to tell a broken contract.
struct Schema {
  let root: JSON

  init(_ name: String) throws {
    root = try JSON(
      String(contentsOfFile: Command.corpus("schema/\(name).v1.schema.json"), encoding: .utf8))
  }

  /// What breaks the schema, each with its path; empty when nothing does.
  func errors(_ value: JSON) -> [String] {
    Schema.errors(value, root, "")
  }

  private static func errors(_ value: JSON, _ schema: JSON, _ path: String) -> [String] {
    var found: [String] = []
    let types = schema["type"].string.map { [$0] } ?? schema["type"].array.compactMap(\.string)
    if !types.isEmpty, !types.contains(where: { isType(value, $0) }) {
      return ["\(path): not \(types.joined(separator: " or "))"]
    }
    if schema["const"] != .null, schema["const"] != value { found.append("\(path): const") }
    if !schema["enum"].array.isEmpty, !schema["enum"].array.contains(value) {
      found.append("\(path): enum")
    }
    let choices = schema["oneOf"].array
    if !choices.isEmpty, choices.count(where: { errors(value, $0, path).isEmpty }) != 1 {
      found.append("\(path): oneOf")
    }
    return found + bounds(value, schema, path) + parts(value, schema, path)
  }

  private static func bounds(_ value: JSON, _ schema: JSON, _ path: String) -> [String] {
    var found: [String] = []
    if let number = value.number {
      if let least = schema["minimum"].number, number < least { found.append("\(path): minimum") }
      if let most = schema["maximum"].number, number > most { found.append("\(path): maximum") }
    }
    if let text = value.string {
      if let least = schema["minLength"].number, text.count < Int(least) {
        found.append("\(path): minLength")
      }
      if let pattern = schema["pattern"].string,
        text.range(of: pattern, options: .regularExpression) == nil
      {
        found.append("\(path): pattern")
      }
    }
    return found
  }

  private static func parts(_ value: JSON, _ schema: JSON, _ path: String) -> [String] {
    var found: [String] = []
    for (index, element) in value.array.enumerated() where schema["items"] != .null {
      found += errors(element, schema["items"], "\(path)[\(index)]")
    }
    guard case .object(let members) = value else { return found }
    for name in schema["required"].array.compactMap(\.string) where members[name] == nil {
      found.append("\(path).\(name): missing")
    }
    for (name, member) in members {
      let known = schema["properties"][name]
      let rule = known == .null ? schema["additionalProperties"] : known
      if case .object = rule { found += errors(member, rule, "\(path).\(name)") }
    }
    return found
  }

  private static func isType(_ value: JSON, _ type: String) -> Bool {
    switch (value, type) {
    case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"),
      (.array, "array"), (.object, "object"):
      true
    case (.number(let number), "integer"): number == number.rounded()
    default: false
    }
  }
}
