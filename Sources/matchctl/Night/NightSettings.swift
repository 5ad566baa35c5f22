import Ledger
import Matcher
import MatcherIndex

/// What a caller chooses for a night.
package struct NightSettings: Sendable {
  package static let defaultTop = 10

  /// The day everything is judged on.
  package var asOf: CivilDate
  /// The folder of runs.
  package var out: String
  /// Lines listed for a stage, 1….
  package var top = NightSettings.defaultTop
  /// The sheets and pages for people.
  package var reports = ReportOptions()
  package var workers = Workers.one
  /// Whether all is made anew, whatever the last night left.
  package var isFull = false
  package var program: String
  /// Who is named in the ledger.
  package var who: String
  /// Says in a line how it ended, for `status.json`.
  package var message: @Sendable (Swift.Result<Night.Result, any Error>) -> String = { _ in "" }
  /// Called where a phase begins and as it goes on, with its share in per cent, on any thread.
  package var progress: @Sendable (NightPhase, Int) -> Void = { _, _ in }

  package init(asOf: CivilDate, out: String, program: String, who: String) {
    self.asOf = asOf
    self.out = out
    self.program = program
    self.who = who
  }
}
