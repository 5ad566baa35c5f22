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
    // The best lines are taken after the declined ones have left.
    var every = options
    every.top = .max
    every.rows = .line
    var hidden = 0
    let results = engine.match(demand, options: every, worker: worker).map { result in
      let matches = result.matches.filter { !isHidden($0) }
      hidden += result.matches.count - matches.count
      return StageResult(
        demand: result.demand, stage: result.stage, matches: cut(matches, options),
        summary: result.summary)
    }
    return (results, hidden)
  }

  private func isHidden(_ match: Evaluation) -> Bool {
    declined.isHidden(
      demand: match.stage.demand.id, stage: match.stage.stage.id,
      platform: match.line.platform.id, line: match.line.line.id)
  }

  private func cut(_ matches: [Evaluation], _ options: MatchOptions) -> [Evaluation] {
    guard options.rows == .platform else { return Array(matches.prefix(options.top)) }
    var seen: Set<String> = []
    return Array(matches.filter { seen.insert($0.line.platform.id).inserted }.prefix(options.top))
  }
}
