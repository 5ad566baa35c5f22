import Dispatch
import Matcher

extension Beside {
  /// On another thread.
  package static let onThread = Beside { work in
    let group = DispatchGroup()
    DispatchQueue.global(qos: .userInitiated).async(group: group, execute: work)
    return { group.wait() }
  }
}
