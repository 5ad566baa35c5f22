import Matcher

/// Pages of a list whose items have keys in one ascending order.
///
/// A cursor is the key of the last item of the page before, so that a page never repeats or leaves out
/// what stood all the time, whatever came or went between.
enum Page {
  static let usual = 50

  /// - Parameters:
  ///   - keys: ascending, each once.
  ///   - make: the item of a key; nil leaves it out.
  /// - Complexity: O(log keys + items looked at).
  static func of(
    _ keys: [String], _ call: Call, _ make: (String) throws -> JSONValue?
  ) throws -> JSONValue {
    let limit = call.integer("limit") ?? usual
    var place = 0
    if let cursor = call.word("cursor") {
      let last = key(cursor)
      place = firstIndex(keys) { $0 > last }
    }
    var items: [JSONValue] = []
    while place < keys.count, items.count < limit {
      if let item = try make(keys[place]) { items.append(item) }
      place += 1
    }
    let next = place < keys.count && place > 0 ? cursor(keys[place - 1]) : nil
    return json(items, next: next, call)
  }

  /// Pages of items in an order of their own; the cursor is a place in it.
  static func of(_ items: [JSONValue], _ call: Call) throws -> JSONValue {
    let limit = call.integer("limit") ?? usual
    var start = 0
    if let cursor = call.word("cursor") {
      // A place that no page gave has nothing behind it.
      start = Int(key(cursor)).map { max(0, min($0, items.count)) } ?? items.count
    }
    let end = min(items.count, start + limit)
    let next = end < items.count ? cursor(String(end)) : nil
    return json(Array(items[start..<end]), next: next, call)
  }

  /// A place in an order of its own as a key that sorts as the places do.
  static func number(_ place: Int) -> String {
    let digits = String(place)
    return String(repeating: "0", count: max(0, 9 - digits.count)) + digits
  }

  private static func json(_ items: [JSONValue], next: String?, _ call: Call) -> JSONValue {
    .object(
      JSONObject([
        ("items", .array(items)), ("next", next.map { .string($0) } ?? .null),
        ("generation", .integer(Int(call.standing.generation))),
      ]))
  }

  private static func firstIndex(_ keys: [String], where isBehind: (String) -> Bool) -> Int {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(keys[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// As hexadecimal digits, which need no escaping anywhere.
  private static func cursor(_ key: String) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: key.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The key of a cursor, whose form the document fixes.
  private static func key(_ cursor: String) -> String {
    let digits = cursor.utf8.map { $0 < 0x40 ? $0 &- 0x30 : $0 &- 0x57 }
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).map { place in
      digits[place] << 4 | digits[place + 1]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
