import Synchronization

extension Workers {
  /// Both results, made at the same time where there is more than one worker.
  package func both<One: Sendable, Other: Sendable>(
    _ one: @Sendable () -> One, _ other: @Sendable () -> Other
  ) -> (One, Other) {
    let first = Mutex<One?>(nil)
    let second = Mutex<Other?>(nil)
    self(2) { part in
      if part == 0 {
        let made = one()
        first.withLock { $0 = made }
      } else {
        let made = other()
        second.withLock { $0 = made }
      }
    }
    guard let one = first.withLock({ $0 }), let other = second.withLock({ $0 }) else {
      preconditionFailure("each part is done once")
    }
    return (one, other)
  }
}
