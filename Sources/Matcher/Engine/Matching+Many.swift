import Matcher
import MatcherIndex

extension Matching {
  /// The best lines for each of many stages, as `match` finds them one by one.
  ///
  /// Stages that ask the same services come one after another on one worker: what their criteria have
  /// in common is graded once there, and its lines stay in the caches.
  ///
  /// - Parameters:
  ///   - counts: as for one stage.
  ///   - body: gets a stage's place and its scores, nil where one stage's are. Called on many threads,
  ///     in no order, once for each stage.
  public func match(
    _ stages: [ResolvedStage], options: MatchOptions, counts: Bool, workers: Workers,
    body: @Sendable (Int, StageScores?) -> Void
  ) {
    let order = NeighbourOrder.places(stages.map { $0.ask.services.map { Int($0.ordinal) } })
    workers.inParts(stages.count, chunk: 16, state: { Worker() }) { range, worker in
      for place in order[range] {
        body(place, match(stages[place], options: options, counts: counts, worker: worker))
      }
    }
  }

  /// The same by one worker, for a batch that is one of several.
  public func match(
    _ stages: [ResolvedStage], options: MatchOptions, counts: Bool, worker: Worker,
    body: (Int, StageScores?) -> Void
  ) {
    for place in NeighbourOrder.places(stages.map { $0.ask.services.map { Int($0.ordinal) } }) {
      body(place, match(stages[place], options: options, counts: counts, worker: worker))
    }
  }
}

/// The order in which stages are best decided: those that ask the same services together.
enum NeighbourOrder {
  /// Places, by the services asked, then ascending. O(*n* log *n*).
  ///
  /// - Parameter services: what each stage asks, as ordinals.
  static func places(_ services: [[Int]]) -> [Int] {
    services.indices.sorted { left, right in
      let (a, b) = (services[left], services[right])
      return a == b ? left < right : a.lexicographicallyPrecedes(b)
    }
  }
}
