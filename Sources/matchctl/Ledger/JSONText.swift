import Matcher

/// JSON as the ledger keeps it: one line of text.
package enum JSONText {
  package static func value(_ text: String) -> JSONValue? {
    try? JSONParser.parse(Array(text.utf8))
  }

  package static func line(_ object: JSONObject) -> String {
    JSONWriter.line(.object(object))
  }
}

extension JSONObject {
  /// The members given, those that are nil left out.
  package init(stating members: [(String, JSONValue?)]) {
    self.init(members.compactMap { member in member.1.map { (member.0, $0) } })
  }
}
