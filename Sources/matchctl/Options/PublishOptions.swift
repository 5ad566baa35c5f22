import ArgumentParser
import Foundation
import Matcher
import Publishing
import RecordFiles

/// A park's code, as its demand numbers begin.
struct ParkOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The park's code, such as HP.", valueName: "code"))
  var park: String

  func code() throws -> String {
    try ParkOptions.checked(park)
  }

  static func checked(_ text: String) throws -> String {
    let code = text.uppercased()
    guard Park.isCode(code) else {
      throw CommandError.usage(
        "got park '\(text)', expected two to eight letters and digits, the first a letter, such as HP"
      )
    }
    return code
  }
}

/// Whether what was shown is to be done.
struct ConsentOptions: ParsableArguments {
  @Flag(help: "Show what would change and change nothing.") var dryRun = false
  @Flag(help: "Do it without asking.") var yes = false

  /// Asks on a terminal; without one `--yes` must say it.
  func consents(_ question: String, yesWords: [String], hint: String) throws -> Bool {
    if yes { return true }
    guard isatty(0) == 1, isatty(2) == 1 else { throw CommandError.input(hint) }
    Output.flush()
    FileHandle.standardError.write(Data((question + " ").utf8))
    let answer = (readLine() ?? "").trimmingCharacters(in: .whitespaces).lowercased()
    return yesWords.contains(answer)
  }
}

/// Where lists of a park's demands are written.
struct DemandListOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the public list (产业中试需求清单): .xlsx or .html, or a folder for both.",
      valueName: "file"))
  var publicList: String?
  @Option(
    help: ArgumentHelp(
      "Write the internal edition with firms, contacts, drafts and reasons: .xlsx or .html, or a folder.",
      valueName: "file"))
  var internalList: String?
  @Flag(help: "Made-up records stand in the lists too.") var withMadeUp = false

  var isEmpty: Bool { publicList == nil && internalList == nil }

  func validate() throws {
    for path in [publicList, internalList].compactMap(\.self)
    where !path.hasSuffix(".xlsx") && !path.hasSuffix(".html") && !isFolder(path) {
      // A folder that is not there yet is made.
      let isNewFolder = path.hasSuffix("/") || URL(fileURLWithPath: path).pathExtension.isEmpty
      guard !isNewFolder || FileManager.default.fileExists(atPath: path) else { continue }
      throw ValidationError("got '\(path)', expected a file named .xlsx or .html, or a folder")
    }
  }

  private func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
