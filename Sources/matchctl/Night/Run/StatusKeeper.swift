import Ledger
import Matcher
import Synchronization

/// Writes `status.json` as a night goes on; any thread.
final class StatusKeeper: Sendable {
  private let status: Mutex<NightStatus>
  private let folder: String
  private let next: @Sendable (NightPhase, Int) -> Void

  init(folder: String, progress: @escaping @Sendable (NightPhase, Int) -> Void) {
    self.folder = folder
    next = progress
    status = Mutex(NightStatus(started: .now))
    write()
  }

  func begin(_ run: String) {
    status.withLock { $0.run = run }
  }

  /// Written where the phase changes or ten per cent more are done, and handed on.
  var progress: @Sendable (NightPhase, Int) -> Void {
    { [self] phase, percent in
      let isWorth = status.withLock { status in
        let isWorth = status.phase != phase || percent >= status.percent + 10
        guard isWorth else { return false }
        status.phase = phase
        status.percent = percent
        return isWorth
      }
      if isWorth { write() }
      next(phase, percent)
    }
  }

  func end(
    _ state: NightStatus.State, _ message: String, _ result: Night.Result? = nil,
    code: String? = nil
  ) {
    status.withLock { status in
      status.state = state
      status.message = message
      status.code = code
      status.finished = .now
      if state == .done { status.percent = 100 }
      guard let result else { return }
      status.run = result.run
      status.counts = result.manifest.counts
      status.warnings = result.manifest.warnings + result.notes.map(\.id)
    }
    write()
  }

  private func write() {
    status.withLock { $0.write(to: folder) }
  }
}
