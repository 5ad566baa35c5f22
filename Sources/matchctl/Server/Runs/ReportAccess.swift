import Foundation
import Matcher

/// Which files of a run a person may read.
///
/// Pages for all are for brokers, planners and administrators; a park reads the sheet of its own rates, a
/// broker the digest that bears her name; a platform has its inbox, not a file of all inboxes.
struct ReportAccess {
  let call: Call

  func mayRead(_ name: String) -> Bool {
    guard let caller = call.caller else { return false }
    if caller.role == .administrator { return true }
    let parts = name.split(separator: "/").map(String.init)
    guard parts.count > 1 else {
      return !["inbox.jsonl", "catalogue.snap"].contains(name)
        && (caller.role == .broker || caller.role == .planner)
    }
    let file = parts[parts.count - 1]
    if isFolder(parts[0], "report.folder.digests") {
      return caller.role == .broker && file.hasPrefix(caller.name + "-")
    }
    guard isFolder(parts[0], "report.folder.indicators") else { return false }
    return caller.role == .planner || caller.role == .parkOperator && isOfPark(file, caller.park)
  }

  private func isFolder(_ name: String, _ id: String) -> Bool {
    Language.allCases.contains { call.standing.corpus.texts.text(id, $0) == name }
  }

  private func isOfPark(_ file: String, _ park: String?) -> Bool {
    guard let park, let name = call.standing.parks[park]?.name else { return false }
    return Language.allCases.contains { language in
      let stem = call.standing.corpus.texts.text(
        "report.file.indicators", language, ["park": name])
      return file.hasPrefix(stem + "-")
    }
  }
}
