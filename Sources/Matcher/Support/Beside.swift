import Synchronization

/// Work that may be done beside the caller's, where there are threads for it. This library starts none: who
/// uses it says how.
public struct Beside: Sendable {
  private let begin: @Sendable (_ work: @escaping @Sendable () -> Void) -> () -> Void

  /// - Parameter begin: begins work, and gives what waits until it is done.
  public init(_ begin: @escaping @Sendable (_ work: @escaping @Sendable () -> Void) -> () -> Void) {
    self.begin = begin
  }

  /// One after the other.
  public static let inTurn = Beside { work in
    work()
    return {}
  }

  /// Both results, of which one may be made while the other is.
  func both<One, Other: Sendable>(
    _ one: () -> One, _ other: @escaping @Sendable () -> Other
  ) -> (One, Other) {
    let made = Made<Other>()
    let wait = begin { made.value.withLock { $0 = other() } }
    let first = one()
    wait()
    guard let second = made.value.withLock({ $0 }) else {
      preconditionFailure("what was waited for is there")
    }
    return (first, second)
  }

  private final class Made<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}
