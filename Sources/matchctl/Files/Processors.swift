import Dispatch
import Foundation
import MatcherIndex

/// The cores that work is spread over.
package enum Processors {
  package static var count: Int { ProcessInfo.processInfo.activeProcessorCount }
}

extension Workers {
  /// Threads of the system's pool.
  package static func threads(_ count: Int) -> Workers {
    Workers(count: count) { parts, body in
      DispatchQueue.concurrentPerform(iterations: parts, execute: body)
    }
  }
}
