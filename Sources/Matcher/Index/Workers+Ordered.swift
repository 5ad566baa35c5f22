import Synchronization

extension Workers {
  /// Does items in chunks on all workers and hands the chunks' results out in order.
  ///
  /// Each worker takes the next chunk when it has finished one, so that none waits for another.
  /// Results are handed out one at a time, by whichever worker finished the next one in order; the
  /// order is the same for any number of workers.
  ///
  /// - Parameters:
  ///   - items: how many there are.
  ///   - chunk: how many a worker takes at a time, 1...
  ///   - state: makes what one worker uses again for all its chunks.
  ///   - work: does the items of a chunk. Called on many threads.
  ///   - emit: gets the results, in order of the items, never twice at a time; false stops: chunks
  ///     not begun are left out.
  /// - Returns: false when `emit` stopped it.
  @discardableResult
  public func ordered<State, Output>(
    _ items: Int, chunk: Int, state: @Sendable () -> State,
    work: @Sendable (Range<Int>, State) -> sending Output, emit: @Sendable (sending Output) -> Bool
  ) -> Bool {
    let chunks = (items + chunk - 1) / max(1, chunk)
    let next = Atomic<Int>(0)
    let queue = Mutex(OrderedQueue<Output>())
    self(min(count, chunks)) { _ in
      let own = state()
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < chunks else { return }
        let output = work(number * chunk..<min(items, (number + 1) * chunk), own)
        let box = Handed(output)
        let goesOn = queue.withLock { queue in
          queue.waiting[number] = box
          while !queue.isStopped, let ready = queue.waiting.removeValue(forKey: queue.next) {
            queue.next += 1
            queue.isStopped = !emit(ready.value)
          }
          return !queue.isStopped
        }
        guard goesOn else {
          next.store(chunks, ordering: .relaxed)
          return
        }
      }
    }
    return queue.withLock { !$0.isStopped }
  }
}

extension Workers {
  /// What the body makes of each element, in order; the same for any number of workers.
  ///
  /// - Complexity: O(elements) calls of the body, spread over the workers.
  package func map<Element: Sendable, Output: Sendable>(
    _ elements: [Element], _ body: @escaping @Sendable (Element) -> Output
  ) -> [Output] {
    let made = InOrder<Output>()
    ordered(
      elements.count, chunk: Swift.max(1, Swift.min(256, elements.count / (4 * count))),
      state: { 0 }, work: { range, _ in range.map { body(elements[$0]) } },
      emit: { part in
        made.add(part)
        return true
      })
    return made.values
  }
}

/// Gathers what `Workers.ordered` hands out.
package final class InOrder<Value>: @unchecked Sendable {
  // Workers hand out one part at a time, and it is read when they are done.
  package private(set) var values: [Value] = []

  package init() {}

  /// To be called by one thread at a time.
  package func add(_ part: [Value]) {
    values += part
  }
}

/// Results that wait for those before them.
private struct OrderedQueue<Output> {
  var waiting: [Int: Handed<Output>] = [:]
  var next = 0
  var isStopped = false
}

/// A value on its way from the worker that made it to whoever hands it out; only one of them has it
/// at a time.
private struct Handed<Value>: @unchecked Sendable {
  let value: Value

  init(_ value: Value) {
    self.value = value
  }
}
