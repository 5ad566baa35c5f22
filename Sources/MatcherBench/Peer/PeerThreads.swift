import Foundation
import Synchronization

/// Threads of the benchmark's own, each with its scratch, taking the next number from one counter.
enum PeerThreads {
  /// One scratch a thread, kept from batch to batch.
  private static let scratches = Mutex<[Lent]>([])

  /// Unchecked: a scratch is lent to one thread at a time.
  private final class Lent: @unchecked Sendable {
    let scratch = PeerScratch()
  }

  /// Calls the body for every number below `count` on `threads` threads and waits for them.
  static func run(
    _ threads: Int, _ count: Int, _ body: @escaping @Sendable (Int, PeerScratch) -> Void
  ) {
    let lent = scratches.withLock { kept in
      while kept.count < threads { kept.append(Lent()) }
      return Array(kept.prefix(threads))
    }
    let next = Counter()
    let work: @Sendable (Lent) -> Void = { lent in
      while let number = next.take(below: count) { body(number, lent.scratch) }
    }
    guard threads > 1 else { return work(lent[0]) }
    let done = DispatchGroup()
    for lent in lent {
      done.enter()
      let thread = Thread {
        work(lent)
        done.leave()
      }
      thread.stackSize = 1 << 20
      thread.start()
    }
    done.wait()
  }

  private final class Counter: Sendable {
    private let next = Atomic(0)

    func take(below limit: Int) -> Int? {
      let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
      return number < limit ? number : nil
    }
  }
}

/// Clocks in seconds, memory in megabytes.
enum PeerClock {
  static func wall() -> Double {
    read(CLOCK_MONOTONIC)
  }

  static func process() -> Double {
    read(CLOCK_PROCESS_CPUTIME_ID)
  }

  static func thread() -> Double {
    read(CLOCK_THREAD_CPUTIME_ID)
  }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// A field of the process's status, such as the peak resident size.
  static func memory(_ field: String) -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(field) } ?? ""
    return (Double(line.filter(\.isNumber)) ?? 0) / 1024
  }
}
