import Ledger
import Matcher
import MatcherEngine

/// Lines that fit a demand and that its list has never shown.
package struct Newcomers: Sendable {
  /// By demand, in ranking order.
  package let matches: [String: [Evaluation]]

  /// Compares what fits now with everything that was shown.
  ///
  /// - Complexity: O(shown entries of the demands + stages × lines).
  package static func find(
    _ demands: [Demand], _ matches: StandingMatches, _ reader: LedgerReader, top: Int
  ) throws -> Newcomers {
    var options = MatchOptions(asOf: matches.asOf)
    options.top = top
    options.rows = .line
    options.includesOverseas = false
    let worker = Worker()
    var found: [String: [Evaluation]] = [:]
    for demand in demands {
      let shown = try reader.entries(.shown, about: demand.id).compactMap { Shown($0.json) }
      let seen = Set(shown.flatMap(\.rows).map(\.line))
      let results = matches.match(demand, options: options, worker: worker).results
      let new = results.flatMap(\.matches).filter {
        $0.verdict >= .potential && $0.judgment.group <= 2 && !seen.contains($0.line.line.id)
      }
      if !new.isEmpty { found[demand.id] = new }
    }
    return Newcomers(matches: found)
  }
}
