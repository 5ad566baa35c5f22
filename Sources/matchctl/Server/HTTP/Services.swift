import Ledger
import Logging
import Matcher

/// What handlers work with.
struct Services: Sendable {
  let ledger: Ledger
  let corpus: Corpus
  let settings: ServerSettings
  let document: APIDocument
  let standings: Standings
  let accounts: Accounts
  let guardian: SignInGuard
  let limiter: RateLimiter
  let metrics: Metrics
  let logger: Logger
  let lists: ListSpool
  let readings: ListReadings
  let runs: RunShelf
  let night: NightProcess
  let clock: @Sendable () -> Instant

  /// One transaction of the ledger, off the threads that answer, with what it entered taken over
  /// before this returns.
  func write<T: Sendable>(
    by who: String, _ body: @escaping @Sendable (LedgerWriter) throws -> T
  ) async throws -> T {
    try await Blocking.run {
      let out = try ledger.writeOnce(by: who, body)
      try standings.catchUp()
      try standings.settle()
      return out
    }
  }

  /// One view of the ledger, off the threads that answer.
  func read<T: Sendable>(
    _ body: @escaping @Sendable (LedgerReader) throws -> T
  ) async throws -> T {
    try await Blocking.run { try ledger.read(body) }
  }
}
