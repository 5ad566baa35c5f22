import Matcher

/// What differs between two versions of a record, field by field.
package struct RecordChange: Sendable, Equatable {
  /// Such as `lines[P1/L1].specs[wafer_diameter]`.
  package let path: String
  package let before: JSONValue?
  package let after: JSONValue?

  /// The fields that differ, in the order of the later record.
  package static func between(_ before: JSONObject, _ after: JSONObject) -> [RecordChange] {
    var found: [RecordChange] = []
    compare(.object(before), .object(after), "", &found)
    return found
  }

  private static func compare(
    _ before: JSONValue?, _ after: JSONValue?, _ path: String, _ found: inout [RecordChange]
  ) {
    if same(before, after) { return }
    if let left = before?.object, let right = after?.object, isStructured(path) {
      let names = right.members.map(\.name) + left.members.map(\.name)
      var seen: Set<String> = []
      for name in names where seen.insert(name).inserted {
        compare(left[name], right[name], path.isEmpty ? name : "\(path).\(name)", &found)
      }
      return
    }
    if let left = keyed(before), let right = keyed(after), !(left.isEmpty && right.isEmpty) {
      var seen: Set<String> = []
      for (key, _) in right + left where seen.insert(key).inserted {
        compare(
          left.first { $0.0 == key }?.1, right.first { $0.0 == key }?.1, "\(path)[\(key)]", &found)
      }
      return
    }
    found.append(RecordChange(path: path, before: before, after: after))
  }

  /// Records, lines, sites and stages are looked into; a spec or a price is one field.
  private static func isStructured(_ path: String) -> Bool {
    if path.isEmpty { return true }
    let last = path.split(separator: ".").last ?? ""
    return ["lines[", "sites[", "stages[", "envelopes["].contains { last.hasPrefix($0) }
  }

  /// The elements of a list by what names them; nil for a list of other things.
  private static func keyed(_ value: JSONValue?) -> [(String, JSONValue)]? {
    guard let value, value != .null else { return [] }
    guard let array = value.array else { return nil }
    var keys: [String: Int] = [:]
    var out: [(String, JSONValue)] = []
    for element in array {
      guard let object = element.object,
        let name = ["id", "key", "scheme", "name"].lazy.compactMap({ object[$0]?.string }).first
      else { return nil }
      keys[name, default: 0] += 1
      let count = keys[name] ?? 1
      out.append((count == 1 ? name : "\(name)#\(count)", element))
    }
    return out
  }

  private static func same(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    switch (left, right) {
    case (nil, nil): true
    case (let left?, let right?): plain(left) == plain(right)
    default: false
    }
  }

  /// Members in one order, numbers by value.
  private static func plain(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let object):
      .object(
        JSONObject(
          object.members.sorted { $0.name < $1.name }.map { ($0.name, plain($0.value)) }))
    case .array(let values): .array(values.map(plain))
    case .number(let number, _): .number(number)
    default: value
    }
  }
}
