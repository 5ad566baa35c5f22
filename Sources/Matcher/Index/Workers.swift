/// How work is spread over the cores. The library has no threads of its own: whoever embeds it says
/// how to run parts at the same time, and gets the same result however it is done.
///
/// ```swift
/// Workers(count: 2) { parts, body in
///   DispatchQueue.concurrentPerform(iterations: parts, execute: body)
/// }
/// ```
public struct Workers: Sendable {
  public typealias Perform = @Sendable (_ parts: Int, _ body: @Sendable (Int) -> Void) -> Void

  /// Into how many parts work is worth splitting, 1...
  public let count: Int
  private let perform: Perform

  /// - Parameter perform: Calls the body once for each number `0 ..< parts`, in any order and on any
  ///   threads, and returns when all calls have.
  public init(count: Int, perform: @escaping Perform) {
    self.count = max(1, count)
    self.perform = perform
  }

  /// Everything one after the other on the calling thread.
  public static let one = Workers(count: 1) { parts, body in
    for part in 0..<parts { body(part) }
  }

  /// Calls the body for `0 ..< parts` and waits.
  func callAsFunction(_ parts: Int, _ body: @Sendable (Int) -> Void) {
    guard parts > 1 else {
      if parts == 1 { body(0) }
      return
    }
    perform(parts, body)
  }
}
