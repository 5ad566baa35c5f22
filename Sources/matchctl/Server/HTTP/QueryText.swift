import Foundation
import Matcher

/// `a=b&c=d` and path segments as values.
enum QueryText {
  /// Names and values in their order.
  ///
  /// - Throws: `APIError` for bytes that are no UTF-8 text and for a name that comes twice.
  static func pairs(_ query: String) throws(APIError) -> [(name: String, value: String)] {
    var out: [(name: String, value: String)] = []
    for part in query.split(separator: "&", omittingEmptySubsequences: true) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = try decoded(String(sides[0]), plus: true)
      let value = sides.count > 1 ? try decoded(String(sides[1]), plus: true) : ""
      guard !out.contains(where: { $0.name == name }) else {
        throw .invalid("query: got '\(name.prefix(60))' twice, expected it once")
      }
      out.append((name, value))
    }
    return out
  }

  static func segment(_ text: String) throws(APIError) -> String {
    try decoded(text, plus: false)
  }

  private static func decoded(_ text: String, plus: Bool) throws(APIError) -> String {
    let spaced = plus ? text.replacingOccurrences(of: "+", with: " ") : text
    guard let decoded = spaced.removingPercentEncoding else {
      throw .invalid("address: got bytes that are no UTF-8 text, expected percent-encoded UTF-8")
    }
    return decoded
  }

  /// The value as its schema wants it; text that is no number or flag stays text, which the schema
  /// then refuses.
  static func value(_ text: String, _ schema: Schema) -> JSONValue {
    let kinds = schema.kinds
    if kinds.contains(.integer), let number = Int(text) { return .integer(number) }
    if kinds.contains(.number), let number = Double(text), number.isFinite {
      return .number(number)
    }
    if kinds.contains(.boolean), text == "true" || text == "false" { return .bool(text == "true") }
    return .string(text)
  }
}
