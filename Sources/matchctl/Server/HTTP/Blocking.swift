import NIOPosix
import Synchronization

/// Work that waits for a disk or another process, kept off the threads that answer requests.
enum Blocking {
  /// Whether nobody waits for the work any more.
  private final class Mark: Sendable {
    let isCancelled = Atomic(false)
  }

  /// Threads of its own: a dispatch queue shares its few, one a core, with the tasks that answer, so that
  /// two writes that wait would hold up every request.
  private static let threads = {
    let threads = NIOThreadPool(numberOfThreads: 8)
    threads.start()
    return threads
  }()
  @TaskLocal private static var mark: Mark?

  /// Runs work there. What belongs to the request (`KeyClaim`) goes along.
  static func run<T: Sendable>(
    _ work: @escaping @Sendable () throws -> T
  ) async throws -> T {
    let (mark, claim) = (Mark(), KeyClaim.current)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        threads.submit { _ in
          continuation.resume(
            with: Result {
              try $mark.withValue(mark) {
                try check()
                return try KeyClaim.$current.withValue(claim) { try work() }
              }
            })
        }
      }
    } onCancel: {
      mark.isCancelled.store(true, ordering: .relaxed)
    }
  }

  /// Leaves work that nobody waits for, in a task or in `run`. To be asked between two demands, never inside
  /// of a transaction that writes.
  ///
  /// - Throws: `CancellationError`.
  static func check() throws {
    if mark?.isCancelled.load(ordering: .relaxed) ?? Task.isCancelled { throw CancellationError() }
  }
}
