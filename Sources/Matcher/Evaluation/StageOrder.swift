/// When the stages of a demand can begin: a stage that comes after others starts when the known
/// durations of those are over.
struct StageOrder {
  let demand: Demand
  let asOf: CivilDate

  /// The stage with its window's start moved behind its predecessors, and whether that start moves
  /// with the as-of date.
  func shifted(_ stage: Stage) -> (stage: Stage, movesWithAsOf: Bool) {
    guard var window = stage.ask.window, let earliest = earliestStart(stage, seen: []) else {
      return (stage, false)
    }
    guard earliest.day > window.start ?? asOf else { return (stage, false) }
    window.start = earliest.day
    var shifted = stage
    shifted.ask.window = window
    return (shifted, earliest.moves)
  }

  /// The first day after all predecessors whose duration is known; nil without any.
  private func earliestStart(
    _ stage: Stage, seen: Set<String>
  ) -> (day: CivilDate, moves: Bool)? {
    var latest: (day: CivilDate, moves: Bool)?
    for id in stage.after where !seen.contains(id) {
      guard let before = demand.stages.first(where: { $0.id == id }),
        let days = before.ask.window?.durationDays
      else { continue }
      let own = before.ask.window?.start
      var start = (day: max(asOf, own ?? asOf), moves: own.map { $0 <= asOf } ?? true)
      if let behind = earliestStart(before, seen: seen.union([id])), behind.day > start.day {
        start = behind
      }
      let end = start.day + days
      if latest.map({ end > $0.day }) ?? true { latest = (end, start.moves) }
    }
    return latest
  }
}
