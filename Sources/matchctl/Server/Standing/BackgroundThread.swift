import Foundation
import Glibc
import Synchronization

/// A thread that does one thing again and again, and gives way to everything else on the machine.
final class BackgroundThread: Sendable {
  private enum State {
    case idle, running, stopping
  }

  private let seconds: Double
  private let state = Mutex(State.idle)
  private let signal = DispatchSemaphore(value: 0)

  /// - Parameter seconds: the rest between two turns.
  init(every seconds: Double) {
    self.seconds = seconds
  }

  var isRunning: Bool { state.withLock { $0 == .running } }

  func start(_ work: @escaping @Sendable () -> Void) {
    guard
      state.withLock({ state in
        defer { state = .running }
        return state == .idle
      })
    else { return }
    let thread = Thread { [self] in
      // Of the calling thread alone, on Linux: requests come first.
      _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
      while isRunning {
        work()
        _ = signal.wait(timeout: .now() + seconds)
      }
      state.withLock { $0 = .idle }
    }
    thread.name = "matchctl.refresh"
    thread.start()
  }

  func wake() {
    signal.signal()
  }

  func stop() {
    state.withLock { if $0 == .running { $0 = .stopping } }
    signal.signal()
  }
}
