import Ledger
import Matcher
import Synchronization

/// Slows guessing of passwords down before anything is hashed.
///
/// Five wrong passwords for a name from one address lock that pair for a minute, then twice as long each
/// time up to an hour; fifty for a name from anywhere lock the name; an address has twenty tries a
/// minute. A right password forgets the pair's failures. Memory: at most `capacity` of each; the
/// oldest are forgotten first.
final class SignInGuard: Sendable {
  private struct Failures {
    var count = 0
    var lockedUntil: Int64 = 0
    var last: Int64 = 0
  }

  private struct State {
    var pairs: [String: Failures] = [:]
    var names: [String: Failures] = [:]
    var tries: [String: (start: Int64, count: Int)] = [:]
  }

  static let pairLimit = 5
  static let nameLimit = 50
  static let triesAMinute = 20
  private static let capacity = 10_000
  private let state = Mutex(State())

  /// Asks for a try.
  ///
  /// - Returns: nil when it may be made, else the seconds to wait.
  func wait(name: String, address: String, now: Instant) -> Int? {
    let now = now.milliseconds
    return state.withLock { state in
      var tries = state.tries[address] ?? (now, 0)
      if now - tries.start >= 60_000 { tries = (now, 0) }
      tries.count += 1
      state.tries[address] = tries
      SignInGuard.shrink(&state.tries) { $0.start }
      let until = max(
        state.pairs[SignInGuard.pair(name, address)]?.lockedUntil ?? 0,
        state.names[name]?.lockedUntil ?? 0,
        tries.count > SignInGuard.triesAMinute ? tries.start + 60_000 : 0)
      return until > now ? Int((until - now + 999) / 1000) : nil
    }
  }

  func failed(name: String, address: String, now: Instant) {
    let now = now.milliseconds
    state.withLock { state in
      SignInGuard.add(&state.pairs, SignInGuard.pair(name, address), SignInGuard.pairLimit, now)
      SignInGuard.add(&state.names, name, SignInGuard.nameLimit, now)
    }
  }

  func succeeded(name: String, address: String) {
    state.withLock { state in
      state.pairs[SignInGuard.pair(name, address)] = nil
    }
  }

  private static func pair(_ name: String, _ address: String) -> String {
    "\(name.count):\(name) \(address)"
  }

  private static func add(
    _ table: inout [String: Failures], _ key: String, _ limit: Int, _ now: Int64
  ) {
    var failures = table[key] ?? Failures()
    failures.count += 1
    failures.last = now
    if failures.count >= limit {
      let doublings = min(6, (failures.count - limit) / max(1, limit / 5))
      failures.lockedUntil = now + min(3_600_000, 60_000 << Int64(doublings))
    }
    table[key] = failures
    shrink(&table) { $0.last }
  }

  private static func shrink<Value>(_ table: inout [String: Value], _ age: (Value) -> Int64) {
    guard table.count > capacity else { return }
    let ages = table.values.map(age).sorted()
    let limit = ages[ages.count / 2]
    table = table.filter { age($0.value) > limit }
  }
}
