import Matcher
import MatcherEngine

/// Ranked pairs of a standing world without those that were declined.
package struct StandingMatches: Sendable {
  package let asOf: CivilDate
  package let declined: Declined
  private let engine: ColumnEngine

  /// O(size of the world).
  package init(_ world: StandingWorld, declined: Declined, corpus: Corpus) {
    self.init(
      ColumnEngine(corpus: corpus, platforms: world.platforms, asOf: world.asOf),
      declined: declined)
  }

  /// Over columns that are there already.
  package init(_ engine: ColumnEngine, declined: Declined) {
    asOf = engine.matching.asOf
    self.declined = declined
    self.engine = engine
  }

  /// The ranked lines for each stage of a demand, and how many fitting pairs are hidden.
  ///
  /// - Parameter options: its as-of date is the world's.
  package func match(
    _ demand: Demand, options: MatchOptions, worker: Worker
  ) -> (results: [StageResult], hidden: Int) {
    guard declined.hides(demand.id) else {
      return (engine.match(demand, options: options, worker: worker), 0)
    }
    let results = engine.match(demand, options: options, worker: worker) { stage, platform, line in
      declined.isHidden(demand: demand.id, stage: stage.id, platform: platform, line: line)
    }
    return (results, results.reduce(0) { $0 + $1.hidden })
  }
}
