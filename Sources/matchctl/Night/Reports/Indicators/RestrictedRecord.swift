import Matcher

/// What may be shown of a demand's record to whoever opens a report.
struct RestrictedRecord {
  /// The demand or a part of it is not for everybody.
  let isRestricted: Bool
  /// The demand itself is for everybody.
  let isOpen: Bool
  /// nil where the demand itself is not for everybody; the enterprise's name is taken out.
  let title: String?

  init(_ record: JSONObject) {
    isRestricted = RestrictedRecord.isRestricted(.object(record))
    isOpen = record["visibility"]?.string.map { $0 == Visibility.everyone.rawValue } ?? true
    let firm = record["enterprise"]?.object?["name"]?.string
    title = isOpen ? RestrictedRecord.anonymous(record["title"]?.string, without: firm) : nil
  }

  /// A title without the firm it names; nil when nothing is left.
  static func anonymous(_ title: String?, without firm: String?) -> String? {
    guard var title, !title.isEmpty else { return nil }
    if let firm, firm.count > 1 { title = title.replacing(firm, with: "×××") }
    return title
  }

  private static func isRestricted(_ value: JSONValue) -> Bool {
    switch value {
    case .object(let object):
      return object.members.contains { name, value in
        if name == "visibility", let word = value.string {
          return word != Visibility.everyone.rawValue
        }
        return isRestricted(value)
      }
    case .array(let items): return items.contains(where: isRestricted)
    default: return false
    }
  }
}
