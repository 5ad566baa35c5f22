import Dispatch
import Synchronization

/// Something that is made on another thread while this one does something else.
final class Ahead<Value: Sendable>: Sendable {
  private let made = Mutex<Result<Value, any Error>?>(nil)
  private let group = DispatchGroup()

  /// Begins at once.
  init(_ make: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global(qos: .userInitiated).async(group: group) {
      let result = Result(catching: make)
      self.made.withLock { $0 = result }
    }
  }

  /// Waits until it is there; every call gives the same.
  func value() throws -> Value {
    group.wait()
    guard let result = made.withLock({ $0 }) else {
      preconditionFailure("what was waited for is there")
    }
    return try result.get()
  }
}
