import Foundation
import Matcher

/// Holds values to schemas. The first difference is said: where, what was got, what was expected.
struct SchemaCheck: Sendable {
  /// The document's named schemas.
  let named: [String: Schema]

  struct Problem: Error, Sendable, Equatable {
    let path: String
    let got: String
    let expected: String
  }

  /// - Parameter path: how messages name the value.
  /// - Complexity: O(size of the value) for each alternative of a `oneOf`.
  func problem(_ value: JSONValue, _ schema: Schema, at path: String) -> Problem? {
    if let name = schema.reference {
      guard let target = named[name] else { return nil }
      return problem(value, target, at: path)
    }
    if !schema.kinds.isEmpty, !schema.kinds.contains(where: { SchemaCheck.matches(value, $0) }) {
      let names = schema.kinds.map(\.rawValue).joined(separator: " or ")
      return Problem(path: path, got: value.kind, expected: names)
    }
    if !schema.choices.isEmpty, !schema.choices.contains(where: { SchemaCheck.equal($0, value) }) {
      let names = schema.choices.map { JSONWriter.line($0) }.joined(separator: ", ")
      return Problem(path: path, got: SchemaCheck.short(value), expected: "one of \(names)")
    }
    return content(value, schema, path) ?? alternatives(value, schema, path)
  }

  private func content(_ value: JSONValue, _ schema: Schema, _ path: String) -> Problem? {
    switch value {
    case .number(let number, _): return SchemaCheck.range(number, schema, path)
    case .string(let text): return SchemaCheck.text(text, schema, path)
    case .array(let values): return list(values, schema, path)
    case .object(let object): return members(object, schema, path)
    case .null, .bool: return nil
    }
  }

  /// Exactly one alternative must hold; where none does, the nearest is said if there is one kind.
  private func alternatives(_ value: JSONValue, _ schema: Schema, _ path: String) -> Problem? {
    guard !schema.oneOf.isEmpty else { return nil }
    let problems = schema.oneOf.map { problem(value, $0, at: path) }
    let holding = problems.count { $0 == nil }
    if holding == 1 { return nil }
    // Where one alternative fits but for a member that is missing, that is what is wrong.
    let missing = problems.compactMap(\.self).filter { $0.got == "nothing" }
    if holding == 0, missing.count == 1 { return missing[0] }
    let names = schema.oneOf.flatMap(\.required)
    let expected =
      names.isEmpty ? "exactly one of the alternatives" : "exactly one of \(list(names))"
    return Problem(path: path, got: holding == 0 ? "none" : "several", expected: expected)
  }

  private func list(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: ", ")
  }

  private func list(_ values: [JSONValue], _ schema: Schema, _ path: String) -> Problem? {
    if let problem = SchemaCheck.count(values.count, "elements", schema, path) { return problem }
    if schema.isUnique {
      let lines = values.map { JSONWriter.line($0) }
      if Set(lines).count < lines.count {
        return Problem(path: path, got: "an element twice", expected: "each element once")
      }
    }
    guard let items = schema.items else { return nil }
    for (index, value) in values.enumerated() {
      if let problem = problem(value, items, at: "\(path)[\(index)]") { return problem }
    }
    return nil
  }

  private func members(_ object: JSONObject, _ schema: Schema, _ path: String) -> Problem? {
    if let problem = SchemaCheck.count(object.members.count, "members", schema, path) {
      return problem
    }
    let prefix = path.isEmpty ? "" : "\(path)."
    for name in schema.required where object[name] == nil {
      return Problem(path: prefix + name, got: "nothing", expected: "a value")
    }
    var seen: Set<String> = []
    for member in object.members {
      guard seen.insert(member.name).inserted else {
        return Problem(path: prefix + member.name, got: "it twice", expected: "each member once")
      }
      if let problem = self.member(member, schema, prefix) { return problem }
    }
    return nil
  }

  private func member(
    _ member: (name: String, value: JSONValue), _ schema: Schema, _ prefix: String
  ) -> Problem? {
    let path = prefix + String(member.name.prefix(60))
    if let names = schema.names, let wrong = problem(.string(member.name), names, at: path) {
      return wrong
    }
    if let own = schema.properties[member.name] { return problem(member.value, own, at: path) }
    switch schema.others {
    case .allowed: return nil
    case .schema(let other): return problem(member.value, other, at: path)
    case .refused:
      let known = list(schema.properties.keys.sorted())
      return Problem(path: path, got: "an unknown member", expected: "one of \(known)")
    }
  }

  // MARK: single values

  private static func matches(_ value: JSONValue, _ kind: Schema.Kind) -> Bool {
    switch (value, kind) {
    case (.null, .null), (.bool, .boolean), (.number, .number), (.string, .string),
      (.array, .array), (.object, .object):
      true
    case (.number(let number, _), .integer): number.rounded(.towardZero) == number
    default: false
    }
  }

  private static func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
    if case .number(let one, _) = left, case .number(let two, _) = right { return one == two }
    return left == right
  }

  private static func range(_ number: Double, _ schema: Schema, _ path: String) -> Problem? {
    if let minimum = schema.minimum, number < minimum {
      return Problem(path: path, got: "\(number)", expected: "\(minimum) or more")
    }
    if let maximum = schema.maximum, number > maximum {
      return Problem(path: path, got: "\(number)", expected: "\(maximum) or less")
    }
    return nil
  }

  private static func text(_ text: String, _ schema: Schema, _ path: String) -> Problem? {
    if let problem = count(text.unicodeScalars.count, "characters", schema, path) {
      return problem
    }
    if schema.isDate, CivilDate(iso: text) == nil {
      return Problem(path: path, got: short(.string(text)), expected: "a day as YYYY-MM-DD")
    }
    guard let pattern = schema.pattern else { return nil }
    let whole = NSRange(text.startIndex..., in: text)
    guard pattern.firstMatch(in: text, range: whole) == nil else { return nil }
    return Problem(
      path: path, got: short(.string(text)), expected: "text that fits \(pattern.pattern)")
  }

  private static func count(
    _ count: Int, _ what: String, _ schema: Schema, _ path: String
  ) -> Problem? {
    if let least = schema.least, count < least {
      return Problem(path: path, got: "\(count) \(what)", expected: "at least \(least)")
    }
    if let most = schema.most, count > most {
      return Problem(path: path, got: "\(count) \(what)", expected: "at most \(most)")
    }
    return nil
  }

  /// A value for a message: what it is where it is long.
  private static func short(_ value: JSONValue) -> String {
    let line = JSONWriter.line(value)
    return line.count <= 60 ? line : value.kind
  }
}
