/// What a command holds when it is done. The system takes memory back at once; taking apart the records and
/// columns that lie in it would take longer than many an answer.
final class LastHeld {
  private let things: [Any]

  private init(_ things: [Any]) {
    self.things = things
  }

  /// Keeps things until the program has ended.
  static func keep(_ things: Any...) {
    _ = Unmanaged.passRetained(LastHeld(things))
  }
}
