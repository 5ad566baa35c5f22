import Ledger
import Matcher

/// A park that publishes: its code stands in the numbers of its demands, its contact on its lists.
package struct Park: Sendable, Equatable {
  /// Two to eight capital letters and digits, the first a letter.
  package let code: String
  package var name: String
  /// The contact that its public list shows: `name`, `phone`, `email`, those that are known.
  package var contact: JSONObject
  /// A list is published by somebody else than who filled it in.
  package var needsReview = false

  package init(code: String, name: String, contact: JSONObject = JSONObject()) {
    self.code = code
    self.name = name
    self.contact = contact
  }

  /// Whether a text can be a park's code.
  package static func isCode(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (2...8).contains(bytes.count), (0x41...0x5A).contains(bytes[0]) else { return false }
    return bytes.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
  }

  /// The park as it stands; nil when there is none of that code.
  package static func read(_ code: String, _ reader: LedgerReader) throws -> Park? {
    guard let body = try reader.entries(.park, about: code).last?.json?.object else { return nil }
    return try park(code, body, reader)
  }

  /// All parks by code.
  package static func all(_ reader: LedgerReader) throws -> [Park] {
    var last: [String: JSONObject] = [:]
    for entry in try reader.entries(.park) { last[entry.subject] = entry.json?.object }
    return try last.sorted { $0.key < $1.key }.map { try park($0.key, $0.value, reader) }
  }

  private static func park(
    _ code: String, _ body: JSONObject, _ reader: LedgerReader
  ) throws -> Park {
    let contact = try body["contact"]?.object?["ref"]?.string.flatMap { try reader.contact($0) }
    var park = Park(
      code: code, name: body["name"]?.string ?? code, contact: contact?.body ?? JSONObject())
    park.needsReview = body["review"]?.bool ?? false
    return park
  }

  /// Keeps the park; what stands already adds nothing.
  ///
  /// - Returns: whether anything changed.
  @discardableResult
  package func write(_ writer: LedgerWriter) throws -> Bool {
    let standing = try Park.read(code, writer.reader)
    guard standing != self else { return false }
    let entry = try writer.reader.entries(.park, about: code).last?.json?.object
    let ref = entry?["contact"]?.object?["ref"]?.string ?? writer.randomID("c-")
    if standing?.contact != contact {
      if contact.members.isEmpty {
        try writer.removeContact(ref)
      } else {
        try writer.keep(Contact(id: ref, kind: .park, subject: code, body: contact))
      }
    }
    let body = JSONObject(stating: [
      ("name", .string(name)), ("contact", .object(JSONObject([("ref", .string(ref))]))),
      ("review", needsReview ? .bool(true) : nil),
    ])
    // Who answers for a park stands outside the history: a change of it alone adds no entry.
    if entry != body { try writer.append(.park, code, body) }
    return true
  }
}
