import Foundation

/// What a night has read and made and nobody needs any more: millions of small parts, which are let go
/// on a thread of their own, so that the night's last steps do not wait for it.
final class Leftovers: @unchecked Sendable {
  // Handed over before `letGo` is called, and touched by nobody else.
  private var parts: [Any]

  init(_ parts: [Any]) {
    self.parts = parts
  }

  func letGo() {
    DispatchQueue.global().async { self.parts = [] }
  }
}
