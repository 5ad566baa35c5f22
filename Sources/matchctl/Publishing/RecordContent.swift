import Matcher

/// What a record states, for telling two versions apart: the order of members, how a number is
/// written and where the row stood say nothing.
enum RecordContent {
  /// Members that say nothing of what is asked or offered.
  private static let aside: Set<String> = ["id", "source", "contact", "type"]

  /// Whether two records state the same.
  static func isSame(_ one: JSONObject, _ other: JSONObject) -> Bool {
    changedMembers(one, other).isEmpty
  }

  /// The members in which they differ, in the order of the new record, then those that are gone.
  static func changedMembers(_ old: JSONObject, _ new: JSONObject) -> [String] {
    let names =
      new.members.map(\.name)
      + old.members.map(\.name).filter { new[$0] == nil }
    return names.filter { name in
      !aside.contains(name) && canonical(old[name]) != canonical(new[name])
    }
  }

  /// The value in one form: members by name, numbers by value, absent where nothing is stated.
  static func canonical(_ value: JSONValue?) -> JSONValue? {
    switch value {
    case nil, .null: return nil
    case .number(let number, _): return .number(number)
    case .array(let items): return .array(items.map { canonical($0) ?? .null })
    case .object(let object):
      let members = object.members.compactMap { name, value in
        canonical(value).map { (name, $0) }
      }
      return .object(JSONObject(members.sorted { $0.0 < $1.0 }))
    case let other?: return other
    }
  }
}
