import Foundation
import Ledger
import Matcher

/// `status.json`: where the night is, for whoever looks from outside. Written over in one step.
package struct NightStatus: Sendable {
  package enum State: String, Sendable {
    case running, done, failed
  }

  package var state = State.running
  package var run: String?
  package var phase: NightPhase?
  package var percent = 0
  package var started: Instant
  package var finished: Instant?
  /// The line a person reads at the end.
  package var message: String?
  /// The code of what went wrong.
  package var code: String?
  package var counts = JSONObject()
  package var warnings: [String] = []

  package init(started: Instant) {
    self.started = started
  }

  package var json: JSONObject {
    JSONObject(stating: [
      ("state", .string(state.rawValue)), ("run", run.map { .string($0) }),
      ("phase", phase.map { .string($0.rawValue) }), ("percent", .integer(percent)),
      ("started", .string(started.description)),
      ("finished", finished.map { .string($0.description) }),
      ("process", .integer(Int(ProcessInfo.processInfo.processIdentifier))),
      ("message", message.map { .string($0) }), ("code", code.map { .string($0) }),
      ("counts", counts.members.isEmpty ? nil : .object(counts)),
      ("warnings", warnings.isEmpty ? nil : .array(warnings.map { .string($0) })),
    ])
  }

  /// What cannot be written is not said: the night's own result counts.
  package func write(to folder: String) {
    let bytes = Array((JSONWriter.pretty(.object(json)) + "\n").utf8)
    try? DurableFile.write(bytes, to: "\(folder)/status.json")
  }
}

/// What a night does, in order.
package enum NightPhase: String, Sendable, CaseIterable {
  case ledger, snapshot, match, difference, quality, files, record
}
