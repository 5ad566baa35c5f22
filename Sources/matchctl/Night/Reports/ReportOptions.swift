import Matcher

/// What is made for people out of a run.
package struct ReportOptions: Sendable {
  /// Of workbooks, CSV and file names; pages hold all three.
  package var language = Language.simplified
  /// Also made-up records, which are left out otherwise.
  package var includesSynthetic = false
  /// Pages of platforms' inboxes are made for at most so many platforms; all stand in
  /// `inbox.jsonl`.
  package var inboxPages = 1000
  /// Rows of a table on a page; workbooks hold all.
  package var rows = 30

  package init() {}
}
