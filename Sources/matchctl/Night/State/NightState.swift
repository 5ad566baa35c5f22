import Ledger
import Matcher
import MatcherEngine

/// What a night leaves for the next one, so that only what changed is decided anew: where every pair
/// stands, what each record was, and what became of every stage.
///
/// Nothing of it is in a run: a night without it gives the same bytes and takes longer.
struct NightState {
  /// What it holds for.
  struct Basis: Equatable {
    let tables: String
    let policy: String
    let program: String
    /// Lines listed for a stage, and lines looked for so that a list is full without declined ones.
    let top: Int
    let room: Int
  }

  /// Which run left it, and what that looked at.
  struct Head: Equatable {
    let basis: Basis
    let run: String
    let asOf: CivilDate
    /// The last entry of the ledger that was looked at, and its hash.
    let seq: Int64
    let hash: String
  }

  /// Why there is none to go on from: ids of texts.
  enum Reason: String, Error {
    case missing = "night.state.missing"
    case damaged = "night.state.damaged"
    /// Of other tables, another policy, program, ledger or length of lists, or of a later day.
    case other = "night.state.other"
  }

  let head: Head
  let marks: RecordMarks
  /// In the order of the run.
  let stages: [NightStage]
}
