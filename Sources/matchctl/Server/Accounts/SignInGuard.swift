import Ledger
import Matcher
import Synchronization

/// Slows guessing of passwords down before anything is hashed.
///
/// Five wrong passwords for a name from one address lock that pair for a minute, then twice as long each
/// time up to an hour; fifty for a name from anywhere lock the name; an address has twenty tries a
/// minute. A right password forgets the pair's failures. Memory: at most `capacity` of each; the
/// oldest are forgotten first. Locks are kept in the ledger and hold after a restart; names are kept as
/// hashes alone, for people type passwords where names belong.
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
  private let state: Mutex<State>

  /// - Parameter locks: those that were kept.
  init(_ locks: [KeptLock] = []) {
    var state = State()
    for lock in locks {
      let failures = Failures(
        count: lock.failures, lockedUntil: lock.until.milliseconds,
        last: lock.until.milliseconds)
      if lock.key.hasPrefix("name ") {
        state.names[lock.key] = failures
      } else {
        state.pairs[lock.key] = failures
      }
    }
    self.state = Mutex(state)
  }

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
        state.names[SignInGuard.name(name)]?.lockedUntil ?? 0,
        tries.count > SignInGuard.triesAMinute ? tries.start + 60_000 : 0)
      return until > now ? Int((until - now + 999) / 1000) : nil
    }
  }

  /// - Returns: the locks that this began or made longer, to be kept.
  func failed(name: String, address: String, now: Instant) -> [KeptLock] {
    let now = now.milliseconds
    return state.withLock { state in
      [
        SignInGuard.add(
          &state.pairs, SignInGuard.pair(name, address), SignInGuard.pairLimit, now),
        SignInGuard.add(&state.names, SignInGuard.name(name), SignInGuard.nameLimit, now),
      ].compactMap(\.self)
    }
  }

  /// - Returns: the key of the lock that may be forgotten; nil where there was none.
  func succeeded(name: String, address: String) -> String? {
    let key = SignInGuard.pair(name, address)
    let failures = state.withLock { $0.pairs.removeValue(forKey: key) }
    return failures.map { $0.lockedUntil > 0 } ?? false ? key : nil
  }

  private static func pair(_ name: String, _ address: String) -> String {
    "pair " + SHA256.hex(Array("\(name.count):\(name) \(address)".utf8))
  }

  private static func name(_ name: String) -> String {
    "name " + SHA256.hex(Array(name.utf8))
  }

  private static func add(
    _ table: inout [String: Failures], _ key: String, _ limit: Int, _ now: Int64
  ) -> KeptLock? {
    var failures = table[key] ?? Failures()
    failures.count += 1
    failures.last = now
    if failures.count >= limit {
      let doublings = min(6, (failures.count - limit) / max(1, limit / 5))
      failures.lockedUntil = now + min(3_600_000, 60_000 << Int64(doublings))
    }
    table[key] = failures
    shrink(&table) { $0.last }
    guard failures.lockedUntil > now else { return nil }
    return KeptLock(
      key: key, failures: failures.count, until: Instant(milliseconds: failures.lockedUntil))
  }

  private static func shrink<Value>(_ table: inout [String: Value], _ age: (Value) -> Int64) {
    guard table.count > capacity else { return }
    let ages = table.values.map(age).sorted()
    let limit = ages[ages.count / 2]
    table = table.filter { age($0.value) > limit }
  }
}
