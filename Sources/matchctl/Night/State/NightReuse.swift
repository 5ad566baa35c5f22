import Matcher

/// What of a state still holds: stages of demands that are as they were, and of their pairs those whose
/// line is, until the day on which they can change.
struct NightReuse: Sendable {
  private let stages: [String: NightStage]
  private let changed: RecordChanges
  private let asOf: CivilDate
  private let isSameDay: Bool

  init(_ state: NightState, _ changed: RecordChanges, asOf: CivilDate) {
    stages = Dictionary(state.stages.map { (StageLine.key($0.demand, $0.stage), $0) }) {
      first, _ in first
    }
    self.changed = changed
    self.asOf = asOf
    isSameDay = asOf == state.head.asOf
  }

  /// The stage as it was, where its demand still is.
  func stage(_ demand: String, _ stage: String?) -> NightStage? {
    changed.demands.contains(demand) ? nil : stages[StageLine.key(demand, stage)]
  }

  /// Whether a pair of such a stage would be found as it was.
  func holds(_ match: NightMatch) -> Bool {
    !changed.platforms.contains(match.platform)
      && (isSameDay || match.holdsUntil.map { asOf < $0 } ?? true)
  }
}
