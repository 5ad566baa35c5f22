import Matcher

/// A place in a record: members, and elements of lists by what names them.
struct FieldPath: Hashable, Sendable, CustomStringConvertible {
  enum Step: Hashable, Sendable {
    case member(String)
    case element(String)
  }

  let steps: [Step]

  /// `lines[L1].specs[wafer_diameter]`; never a value.
  var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .member(let name): text += (text.isEmpty ? "" : ".") + name
      case .element(let name): text += "[\(name)]"
      }
    }
    return text
  }

  func has(member names: Set<String>) -> Bool {
    steps.contains { step in
      if case .member(let name) = step { names.contains(name) } else { false }
    }
  }

  // MARK: Reading and writing

  /// What stands there; nil for nothing.
  func value(in object: JSONObject) -> JSONValue? {
    var value: JSONValue? = .object(object)
    for step in steps {
      switch step {
      case .member(let name): value = value?.object?[name]
      case .element(let name):
        value = value?.array?.first { FieldPath.name(of: $0) == name }
      }
    }
    return value
  }

  /// The record with what `other` has at this place.
  func taking(from other: JSONObject, into object: JSONObject) -> JSONObject {
    FieldPath.put(value(in: other), at: steps[...], in: .object(object)).object ?? object
  }

  private static func put(
    _ new: JSONValue?, at steps: ArraySlice<Step>, in value: JSONValue
  ) -> JSONValue {
    guard let step = steps.first else { return value }
    let rest = steps.dropFirst()
    switch step {
    case .member(let name):
      var object = value.object ?? JSONObject()
      if rest.isEmpty {
        object[name] = new
      } else {
        object[name] = put(new, at: rest, in: object[name] ?? .null)
      }
      return .object(object)
    case .element(let name):
      var list = value.array ?? []
      let place = list.firstIndex { self.name(of: $0) == name }
      let changed = rest.isEmpty ? new : place.map { put(new, at: rest, in: list[$0]) }
      switch (place, changed) {
      case (let place?, let changed?): list[place] = changed
      case (let place?, nil): list.remove(at: place)
      case (nil, let changed?): list.append(changed)
      case (nil, nil): break
      }
      return .array(list)
    }
  }

  // MARK: Differences

  /// Lists whose elements are records of their own.
  private static let nested: Set<String> = ["lines", "sites", "stages"]

  /// The places at which two records say something else, the smallest that can be told apart. The order
  /// of members means nothing.
  ///
  /// - Parameter line: of a platform, the line that matters; other lines are left out.
  static func differing(
    _ old: JSONObject, _ new: JSONObject, line: String? = nil
  ) -> [FieldPath] {
    members(old, new, [], line).map(FieldPath.init)
  }

  private static func members(
    _ old: JSONObject, _ new: JSONObject, _ above: [Step], _ line: String?
  ) -> [[Step]] {
    let added = new.members.map(\.name).filter { old[$0] == nil }
    return (old.members.map(\.name) + added).flatMap { name -> [[Step]] in
      let (a, b) = (old[name], new[name])
      if let a, let b, same(a, b) { return [] }
      let here = above + [.member(name)]
      guard let a = a.map(elements) ?? [:], let b = b.map(elements) ?? [:],
        !(a.isEmpty && b.isEmpty)
      else { return [here] }
      return lists(a, b, here, name, line)
    }
  }

  private static func lists(
    _ old: [String: JSONValue], _ new: [String: JSONValue], _ here: [Step], _ member: String,
    _ line: String?
  ) -> [[Step]] {
    Set(old.keys).union(new.keys).sorted().flatMap { name -> [[Step]] in
      if member == "lines", let line, name != line { return [] }
      let place = here + [.element(name)]
      guard let a = old[name], let b = new[name] else { return [place] }
      if same(a, b) { return [] }
      guard nested.contains(member), let a = a.object, let b = b.object else { return [place] }
      return members(a, b, place, line)
    }
  }

  /// The elements of a list by their names; nil where they have none, or not each one of its own.
  private static func elements(_ value: JSONValue) -> [String: JSONValue]? {
    guard let list = value.array else { return nil }
    var out: [String: JSONValue] = [:]
    for element in list {
      guard let name = name(of: element), out.updateValue(element, forKey: name) == nil else {
        return nil
      }
    }
    return out
  }

  private static func name(of element: JSONValue) -> String? {
    let object = element.object
    return object?["id"]?.string ?? object?["key"]?.string ?? object?["scheme"]?.string
  }

  /// Equal but for the order of members and the writing of numbers.
  static func same(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.object(let a), .object(let b)):
      a.members.count == b.members.count
        && a.members.allSatisfy { member in b[member.name].map { same(member.value, $0) } ?? false }
    case (.array(let a), .array(let b)):
      a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
    case (.number(let a, _), .number(let b, _)): a == b
    default: left == right
    }
  }
}
