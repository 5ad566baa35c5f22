import Matcher

/// One field in which a version differs from the one before.
package struct FieldChange: Sendable, Equatable {
  /// The member's name in the record, `own` for the park's number, `contact` for data about people.
  package let field: String
  /// As a person reads it; nil where nothing was stated.
  package let old: String?
  package let new: String?
  /// Not everyone may read the values; they are left out.
  package let isWithheld: Bool

  package init(field: String, old: String?, new: String?, isWithheld: Bool = false) {
    self.field = field
    self.old = isWithheld ? nil : old
    self.new = isWithheld ? nil : new
    self.isWithheld = isWithheld
  }

  /// The fields in which two versions differ.
  static func between(_ old: JSONObject, _ new: JSONObject) -> [FieldChange] {
    let isClosed = [old, new].contains { tier($0) != .everyone }
    return RecordContent.changedMembers(old, new).map { name in
      FieldChange(
        field: name, old: shown(old[name]), new: shown(new[name]),
        isWithheld: isClosed && name != "visibility"
          || [old[name], new[name]].contains { isSealed($0) })
    }
  }

  static func tier(_ record: JSONObject) -> Visibility {
    // What cannot be read is taken as the strictest.
    guard let text = record["visibility"]?.string else { return .everyone }
    return Visibility(rawValue: text) ?? .named
  }

  /// Whether anything inside is not for everyone.
  static func isSealed(_ value: JSONValue?) -> Bool {
    switch value {
    case .object(let object):
      return tier(object) != .everyone || object.members.contains { isSealed($0.value) }
    case .array(let items): return items.contains { isSealed($0) }
    default: return false
    }
  }

  /// A value as one line.
  static func shown(_ value: JSONValue?) -> String? {
    switch value {
    case nil, .null: return nil
    case .string(let text):
      return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    case .number(_, let text): return text
    case .bool(let flag): return flag ? "true" : "false"
    case .array(let items): return items.compactMap { shown($0) }.joined(separator: "; ")
    case .object(let object): return shown(object)
    }
  }

  private static func shown(_ object: JSONObject) -> String {
    object.members.compactMap { name, value in
      shown(value).map { "\(name) \($0)" }
    }.joined(separator: ", ")
  }
}
