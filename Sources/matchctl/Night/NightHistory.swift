import Ledger
import Matcher

/// What the ledger says besides the records that stand, up to the run's entry.
package struct NightHistory: Sendable {
  /// Entries about people's work (`decision`, `shown`, `asked`, `answer`, `grant`, `period`, `park`, and
  /// any other kind but records, policies and runs), in their order.
  package let entries: [Entry]
  /// Demands that do not stand on the day (drafts, returned, withdrawn, expired), by id.
  package let others: [StoredRecord]
  /// The day (Asia/Shanghai) on which a demand was first published, by id.
  package let firstPublished: [String: CivilDate]

  package init(
    entries: [Entry], others: [StoredRecord], firstPublished: [String: CivilDate]
  ) {
    self.entries = entries
    self.others = others
    self.firstPublished = firstPublished
  }

  package func entries(_ kind: String) -> [Entry] {
    entries.filter { $0.kind.rawValue == kind }
  }
}
