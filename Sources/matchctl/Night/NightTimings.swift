import Foundation
import Ledger
import Matcher

/// How long the phases of a run took. Kept beside the run, not in it.
package struct NightTimings: Sendable {
  package private(set) var phases: [(phase: NightPhase, seconds: Double)] = []
  private var last = DispatchTime.now()

  init() {}

  mutating func note(_ phase: NightPhase) {
    let now = DispatchTime.now()
    phases.append((phase, Double(now.uptimeNanoseconds - last.uptimeNanoseconds) / 1e9))
    last = now
  }

  package var json: JSONObject {
    JSONObject(
      phases.map { phase in
        (phase.phase.rawValue, .number((phase.seconds * 1000).rounded() / 1000))
      } + [("peak_megabytes", .integer(NightTimings.peakMegabytes))])
  }

  /// The most memory that the process held at once; 0 where it cannot be told.
  package static var peakMegabytes: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 / 1024 } ?? 0
  }
}
