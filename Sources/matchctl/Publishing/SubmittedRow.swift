import Ledger
import Matcher

/// One row of a list, or one record, as a park hands it in: read, judged and without data about people.
struct SubmittedRow {
  /// What publishing makes of it.
  enum Standing: Equatable {
    case published
    case draft
    case returned
    case refused
    /// The list says that the demand is withdrawn.
    case withdrawn
  }

  let file: String
  let sheet: String?
  let row: Int
  var standing: Standing
  /// Codes of what decided, when it is not to be published.
  var reasons: [String] = []
  /// What was said of the row, for people, in the language asked.
  var messages: [String] = []
  /// The park's own number.
  var own: String?
  /// Whether no other demand of the park should have that number: it is more than a counter.
  var isOwnTelling = false
  /// What stands in the returned sheet's column for our number.
  var statedID: String?
  /// The id that reading the list alone gave it.
  var listID: String?
  var title: String
  /// Without id and data about people; of a row that was not taken, the little that is known.
  var record: JSONObject
  /// What goes to `Contact`.
  var personal = JSONObject()
  var firm: Firm
  var isFirmHidden = false
  /// It was refused, and nobody can tell which demand it was.
  var isUntold = false
  var shape: TextShape

  /// Whether a number is more than a counter: letters and digits, three characters at least.
  static func isTelling(_ own: String) -> Bool {
    own.unicodeScalars.count >= 3 && own.contains(where: \.isNumber)
      && own.utf8.contains { (0x61...0x7A).contains($0 | 0x20) }
  }
}

/// A file as it was handed in.
package struct SubmittedFile: Sendable {
  package let name: String
  package let bytes: [UInt8]
  package let hash: String

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    hash = SHA256.hex(bytes)
  }
}

/// All that a file hands in.
package struct Submission {
  package let file: SubmittedFile
  var rows: [SubmittedRow]
  /// What is wrong with the file as a whole or with records that could not be read.
  package var issues: [RecordIssue]
  /// All rows of a list as they were read, where they are kept.
  package var listed: [ListRow] = []
  /// Rows that are no demands: titles, totals, blank rows.
  package var skipped = 0
}
