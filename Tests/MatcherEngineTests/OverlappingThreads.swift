import Glibc
import MatcherIndex

/// Threads of the system's own, a new one for each part, that begin together: so they overlap also
/// where a pool would run one after the other.
enum OverlappingThreads {
  static func workers(_ count: Int) -> Workers {
    Workers(count: count) { parts, body in run(parts, body) }
  }

  /// Calls the body once for each part on a thread of its own and returns when all have ended.
  static func run(_ parts: Int, _ body: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      let start = Barrier(parts)
      let threads = (0..<parts).map { part in
        let job = Unmanaged.passRetained(Job(start, part, body))
        var thread = pthread_t()
        let code = pthread_create(
          &thread, nil,
          { job in
            if let job { Unmanaged<Job>.fromOpaque(job).takeRetainedValue().run() }
            return nil
          }, job.toOpaque())
        precondition(code == 0, "the system gives a thread")
        return thread
      }
      for thread in threads { pthread_join(thread, nil) }
    }
  }

  private final class Job: Sendable {
    private let start: Barrier
    private let part: Int
    private let body: @Sendable (Int) -> Void

    init(_ start: Barrier, _ part: Int, _ body: @escaping @Sendable (Int) -> Void) {
      (self.start, self.part, self.body) = (start, part, body)
    }

    func run() {
      start.wait()
      body(part)
    }
  }
}

/// Holds threads until as many as were announced have come.
final class Barrier: @unchecked Sendable {
  private let barrier = UnsafeMutablePointer<pthread_barrier_t>.allocate(capacity: 1)

  init(_ count: Int) {
    pthread_barrier_init(barrier, nil, UInt32(count))
  }

  func wait() {
    pthread_barrier_wait(barrier)
  }

  deinit {
    pthread_barrier_destroy(barrier)
    barrier.deallocate()
  }
}
