import Matcher

/// What became of one stage of a demand against every line.
package struct NightStage: Sendable, Equatable {
  package let demand: String
  /// nil for a demand without stages of its own.
  package let stage: String?
  /// Lines by verdict, all lines of the world together.
  package let full: Int
  package let potential: Int
  package let nearMiss: Int
  package let conflict: Int
  /// The best lines that are no conflict, in ranking order, at most the run's `top`.
  package let matches: [NightMatch]
  /// Only for a stage that no line fits, may fit, or nearly fits: the pairs that do not fit, closest
  /// first, at most `closestCount`.
  package let closest: [NightMatch]
  /// Only for a stage without a line that fits or may fit: by criterion label how many lines it
  /// removes, counted alone, in the order of criteria.
  package let removed: [(criterion: String, lines: Int)]

  package static let closestCount = 3

  /// No line fits and none may fit.
  package var isUnmatched: Bool { full == 0 && potential == 0 }

  /// The best verdict of any line; conflict where there is no line at all.
  package var verdict: Verdict {
    if full > 0 { return .full }
    if potential > 0 { return .potential }
    return nearMiss > 0 ? .nearMiss : .conflict
  }

  package static func == (left: NightStage, right: NightStage) -> Bool {
    left.demand == right.demand && left.stage == right.stage && left.full == right.full
      && left.potential == right.potential && left.nearMiss == right.nearMiss
      && left.conflict == right.conflict && left.matches == right.matches
      && left.closest == right.closest
      && left.removed.map(\.criterion) == right.removed.map(\.criterion)
      && left.removed.map(\.lines) == right.removed.map(\.lines)
  }
}
