/// A list of demands as people read it: a title, a day, columns, rows, remarks.
package struct DemandSheet: Sendable {
  /// Who it is for.
  package enum Edition: String, Sendable {
    /// 产业中试需求清单: firm, contact and restricted fields left out, the park's contact shown.
    case everyone = "public"
    /// Everything, drafts and returned ones too.
    case park = "internal"
  }

  package struct Column: Sendable {
    package let heading: String
    /// In characters.
    package let width: Int
  }

  package let title: String
  /// 截至日期, then what people must know before they read.
  package let head: String
  package let columns: [Column]
  package let rows: [[String]]
  package let remarks: [String]
}
