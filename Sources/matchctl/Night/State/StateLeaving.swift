import Synchronization

/// What a night leaves for the next, part by part, on any thread: where one of them cannot be written none is
/// left, and the run is none the worse.
final class StateLeaving: Sendable {
  private let folder: StateFolder?
  private let hasFailed = Atomic(false)

  private static let unsaved = "night.state.unsaved"

  /// - Parameters:
  ///   - folder: nil for leaving nothing.
  ///   - snapshot: the file that is the run's base; both share its bytes.
  init(_ folder: StateFolder?, snapshot: String) {
    self.folder = folder
    leave { try $0.begin(snapshot: snapshot) }
  }

  func leave(_ part: (StateFolder) throws -> Void) {
    guard let folder, !hasFailed.load(ordering: .acquiring) else { return }
    do {
      try part(folder)
    } catch {
      hasFailed.store(true, ordering: .releasing)
      // A full disk has room for the run at once; a part that is still being written then fails too.
      folder.abandon()
    }
  }

  /// Behind all parts: takes back what came behind a failure.
  ///
  /// - Returns: the id of the text that says so.
  func end() -> [String] {
    guard hasFailed.load(ordering: .acquiring) else { return [] }
    folder?.abandon()
    return [StateLeaving.unsaved]
  }
}
