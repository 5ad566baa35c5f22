import ArgumentParser
import Foundation
import Ledger
import RecordFiles

/// The ledger that a command reads or writes, and who acts.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The ledger. Default: the file that MATCHCTL_LEDGER names.", valueName: "file")
  )
  var ledger: String?

  @Option(
    help: ArgumentHelp("Who acts. Default: MATCHCTL_WHO, else USER.", valueName: "who"))
  var by: String?

  /// The ledger's path: as given, else the environment's.
  func path() throws -> String {
    try LedgerOptions.path(ledger)
  }

  /// Who acts: as given, else the environment's.
  func who() throws -> String {
    try LedgerOptions.who(by, option: "--by")
  }

  /// Opens the ledger; one that is not there is an error.
  func open() throws -> Ledger {
    try Ledger(opening: path())
  }

  static func path(_ given: String?) throws -> String {
    if let path = given ?? variable("MATCHCTL_LEDGER"), !path.isEmpty { return path }
    throw CommandError.usage("no ledger named; give --ledger FILE or set MATCHCTL_LEDGER")
  }

  static func who(_ given: String?, option: String) throws -> String {
    let name = (given ?? variable("MATCHCTL_WHO") ?? variable("USER") ?? "")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard !name.isEmpty, !name.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
      throw CommandError.usage("nobody named who acts; give \(option) WHO or set MATCHCTL_WHO")
    }
    return name
  }

  private static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
