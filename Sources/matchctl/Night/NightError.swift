import Ledger
import MatcherEngine
import MatcherIndex

/// What stops a night. Messages: lower case, no full stop, the value quoted, what to do next.
package struct NightError: Error, CustomStringConvertible, Sendable, Equatable {
  package enum Code: String, Sendable {
    /// Another night is at work in the folder.
    case running
    /// The folder holds a run that the ledger does not know.
    case foreign
    /// A night in another folder has recorded a run of the same name meanwhile.
    case taken
    case noRun = "no_run"
    /// A run cannot be repeated: other tables, another program.
    case otherCorpus = "other_corpus"
    case unreadable
    case damaged
  }

  package let code: Code
  package let description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  /// The code of any error, for the line at the end: `night.failed.` and this.
  package static func code(of error: any Error) -> String {
    switch error {
    case let error as NightError: error.code.rawValue
    case let error as LedgerError: error.code.rawValue
    case SnapshotError.file(.system(_, _, let number)):
      DurableFile.error("", number).code.rawValue
    default: Code.unreadable.rawValue
    }
  }
}
