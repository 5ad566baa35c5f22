import Dispatch

/// Work that waits for a disk or another process, kept off the threads that answer requests.
enum Blocking {
  private static let queue = DispatchQueue(label: "matchctl.blocking", attributes: .concurrent)

  static func run<T: Sendable>(
    _ work: @escaping @Sendable () throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try work() }) }
    }
  }
}
