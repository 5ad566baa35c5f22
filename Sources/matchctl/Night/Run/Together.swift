import Foundation
import MatcherIndex

/// Two parts of a night that do not depend on one another, at the same time.
struct Together {
  let workers: Workers

  /// Does both, the second on a thread of its own where there is more than one worker. Each may spread
  /// its own work over the workers. Both come to their end, also where one fails.
  ///
  /// What they share must be made for several threads: the compiler does not see to it here.
  /// - Throws: what the first one throws, else what the second one does.
  func both<First, Second>(
    _ first: () throws -> First, _ second: () throws -> Second
  ) throws -> (First, Second) {
    guard workers.count > 1 else { return (try first(), try second()) }
    return try withoutActuallyEscaping(second) { second in
      let side = Side(second)
      let group = DispatchGroup()
      DispatchQueue.global().async(group: group) { side.run() }
      let one = Result { try first() }
      group.wait()
      let made = try one.get()
      return (made, try side.result())
    }
  }

  /// What is done on the other thread: begun before the wait, and looked at behind it.
  private final class Side<Value>: @unchecked Sendable {
    private var body: (() throws -> Value)?
    private var made: Result<Value, any Error>?

    init(_ body: @escaping () throws -> Value) {
      self.body = body
    }

    func run() {
      if let body { made = Result { try body() } }
      body = nil
    }

    func result() throws -> Value {
      guard let made else { throw CancellationError() }
      return try made.get()
    }
  }
}
