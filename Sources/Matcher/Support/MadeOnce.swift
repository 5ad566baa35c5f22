import Synchronization

/// Something that takes a while to make and that most runs never ask for: made when it is first asked
/// for, once, by any thread; others that ask meanwhile wait.
///
/// A copy of what holds it shares it.
final class MadeOnce<Value: Sendable>: Sendable {
  private enum State {
    case waiting(@Sendable () -> Value)
    case made(Value)
  }

  private let state: Mutex<State>

  /// - Parameter make: is let go of, with all it holds, once it has been called. It must not ask for
  ///   this value itself.
  init(_ make: @escaping @Sendable () -> Value) {
    state = Mutex(.waiting(make))
  }

  var value: Value {
    state.withLock { state in
      switch state {
      case .made(let value): return value
      case .waiting(let make):
        let value = make()
        state = .made(value)
        return value
      }
    }
  }
}
