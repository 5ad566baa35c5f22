import Matcher
import Synchronization

/// A limit on how long something is worked on.
enum Deadline {
  /// Runs work for at most so many seconds.
  ///
  /// The work of which no more is heard is cancelled: it ends where it looks next, and what it wrote by then stays
  /// written.
  ///
  /// - Throws: `APIError` `overdue`, or what the work throws.
  static func run<T: Sendable>(
    seconds: Int, _ work: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    let (answers, feed) = AsyncThrowingStream<T, any Error>.makeStream(
      bufferingPolicy: .bufferingOldest(1))
    let task = Task {
      do {
        feed.yield(try await work())
        feed.finish()
      } catch {
        feed.finish(throwing: error)
      }
    }
    let timer = Task {
      try await Task.sleep(for: .seconds(seconds))
      feed.finish(throwing: APIError.overdue(seconds))
      task.cancel()
    }
    defer { timer.cancel() }
    for try await answer in answers { return answer }
    throw APIError.overdue(seconds)
  }
}
