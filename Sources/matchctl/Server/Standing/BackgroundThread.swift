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
  private let ended = DispatchSemaphore(value: 0)

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
      ended.signal()
    }
    thread.name = "matchctl.refresh"
    thread.start()
  }

  func wake() {
    signal.signal()
  }

  /// Returns when a turn that is under way has ended: what it used may go then.
  func stop() {
    let wasRunning = state.withLock { state in
      guard state == .running else { return false }
      state = .stopping
      return true
    }
    guard wasRunning else { return }
    signal.signal()
    ended.wait()
  }
}
