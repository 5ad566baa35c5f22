import Matcher
import Synchronization

/// The lines of a world by id, each made ready for the reference when it is first asked for. Any thread.
final class LineShelf: Sendable {
  private let platforms: [Platform]
  private let evaluator: Evaluator
  private let places: [String: (platform: Int, line: Int)]
  private let known = Mutex<[String: ResolvedLine]>([:])

  init(_ platforms: [Platform], _ evaluator: Evaluator) {
    self.platforms = platforms
    self.evaluator = evaluator
    var places: [String: (platform: Int, line: Int)] = [:]
    for (place, platform) in platforms.enumerated() {
      for (number, line) in platform.lines.enumerated() where places[line.id] == nil {
        places[line.id] = (place, number)
      }
    }
    self.places = places
  }

  /// nil where no platform has such a line.
  func line(_ id: String) -> ResolvedLine? {
    if let line = known.withLock({ $0[id] }) { return line }
    let line = made(id)
    known.withLock { $0[id] = line }
    return line
  }

  /// All of them, in the order of their ids.
  var all: [ResolvedLine] {
    places.keys.sorted().compactMap { line($0) }
  }

  private func made(_ id: String) -> ResolvedLine? {
    places[id].map { place in
      let platform = platforms[place.platform]
      return evaluator.resolve(platform, platform.lines[place.line])
    }
  }
}
