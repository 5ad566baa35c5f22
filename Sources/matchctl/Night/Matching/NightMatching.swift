import Matcher
import MatcherEngine
import MatcherIndex

/// Compares every stage of a world with every line. What it gives depends on the records, the corpus and
/// the day alone: not on threads, nor on whether it was made anew or carried on.
struct NightMatching: Sendable {
  private let demands: [Demand]
  private let platforms: [Platform]
  private let matching: Matching
  private let evaluator: Evaluator
  private let reuse: NightReuse?

  /// - Parameters:
  ///   - index: the columns of the platforms' lines.
  ///   - reuse: what still holds of a night before.
  init(
    demands: [Demand], platforms: [Platform], index: LineIndex, corpus: Corpus, asOf: CivilDate,
    reuse: NightReuse? = nil
  ) {
    self.demands = demands
    self.platforms = platforms
    matching = Matching(index, corpus: corpus, asOf: asOf)
    evaluator = Evaluator(corpus: corpus)
    self.reuse = reuse
  }

  /// One stage that is to be made.
  private struct Task {
    let demand: Demand
    let stage: Stage
    let standing: NightStandings.Standing
    /// What it was, where that may still hold.
    let old: NightStage?

    /// No line fits or may fit: what comes closest is looked for.
    var isUnmatched: Bool { standing.verdicts[2] == 0 && standing.verdicts[3] == 0 }
  }

  /// The stages in the order of demands and of their own.
  ///
  /// - Parameters:
  ///   - standings: of all stages, in that order.
  ///   - progress: called with the share that is done, in per cent.
  func stages(
    _ standings: [NightStandings.Standing], _ workers: Workers,
    progress: @escaping @Sendable (Int) -> Void
  ) -> [NightStage] {
    let all = demands.indices.flatMap { demand in
      demands[demand].stages.indices.map { (demand: demand, stage: $0) }
    }
    let lines = LineShelf(platforms, evaluator)
    let found = InOrder<NightStage>()
    workers.ordered(
      all.count, chunk: 16,
      state: { Hand(Worker(), CriterionLabels(corpus: matching.corpus), lines) },
      work: { range, hand in
        range.map { place in
          let (demand, number) = (demands[all[place].demand], all[place].stage)
          let stage = demand.stages[number]
          return self.stage(
            Task(
              demand: demand, stage: stage, standing: standings[place],
              old: reuse?.stage(demand.id, stage.id)), hand)
        }
      },
      emit: { part in
        found.add(part)
        progress(found.values.count * 100 / max(1, all.count))
        return true
      })
    return found.values
  }

  /// What one thread uses again.
  private final class Hand {
    let worker: Worker
    let labels: CriterionLabels
    let lines: LineShelf

    init(_ worker: Worker, _ labels: CriterionLabels, _ lines: LineShelf) {
      self.worker = worker
      self.labels = labels
      self.lines = lines
    }
  }

  private func stage(_ task: Task, _ hand: Hand) -> NightStage {
    let verdicts = task.standing.verdicts
    let held = held(task)
    let isKept = held != nil && !task.isUnmatched
    let resolved = isKept ? nil : matching.resolve(task.demand, task.stage)
    let rest =
      resolved.flatMap { task.isUnmatched ? closest(task.demand, task.stage, $0, hand) : nil }
      ?? Closest()
    return NightStage(
      demand: task.demand.id, stage: task.stage.id, full: verdicts[3], potential: verdicts[2],
      nearMiss: verdicts[1], conflict: verdicts[0],
      matches: held ?? listed(task, resolved, hand),
      closest: verdicts[1] > 0 ? [] : rest.matches,
      removed: removed(rest.removed, task.stage.ask, hand))
  }

  /// The listed pairs where all of them are the old ones, in any order; nil where one must be found.
  private func held(_ task: Task) -> [NightMatch]? {
    guard let old = task.old?.matches, let reuse else {
      return task.standing.lines.isEmpty ? [] : nil
    }
    if old.count == task.standing.lines.count,
      zip(old, task.standing.lines).allSatisfy({
        $0.line == $1 && reuse.holds($0)
      })
    {
      return old
    }
    let kept = kept(task)
    let matches = task.standing.lines.enumerated().compactMap { place, line in
      kept[line].map { NightMatching.ranked($0, place + 1) }
    }
    return matches.count == task.standing.lines.count ? matches : nil
  }

  /// Old pairs that hold, by line.
  private func kept(_ task: Task) -> [String: NightMatch] {
    guard let reuse, let old = task.old else { return [:] }
    let lines = Set(task.standing.lines)
    var kept: [String: NightMatch] = [:]
    for match in old.matches where lines.contains(match.line) && reuse.holds(match) {
      kept[match.line] = match
    }
    return kept
  }

  private static func ranked(_ match: NightMatch, _ rank: Int) -> NightMatch {
    var match = match
    match.rank = rank
    return match
  }

  /// The listed pairs: those that hold as they were, the others from the reference.
  private func listed(_ task: Task, _ resolved: ResolvedStage?, _ hand: Hand) -> [NightMatch] {
    let kept = kept(task)
    return task.standing.lines.enumerated().compactMap { place, line in
      if let match = kept[line] { return NightMatching.ranked(match, place + 1) }
      guard let resolved, let line = hand.lines.line(line) else { return nil }
      return match(evaluator.evaluate(resolved, line), rank: place + 1, hand)
    }
  }

  /// Of a stage that nothing fits: what comes closest, and what removes how many lines.
  private struct Closest {
    var matches: [NightMatch] = []
    var removed: [CriterionID: Int] = [:]
  }

  private func closest(
    _ demand: Demand, _ stage: Stage, _ resolved: ResolvedStage, _ hand: Hand
  ) -> Closest {
    var options = MatchOptions(asOf: matching.asOf)
    options.top = NightStage.closestCount
    options.rows = .line
    options.includesConflict = true
    guard
      let scores = matching.match(resolved, options: options, counts: true, worker: hand.worker)
    else {
      // The stage asks more than the columns have bits for.
      let result = evaluator.result(demand, stage, resolved, hand.lines.all, options)
      let matches = result.matches.enumerated().map { match($1, rank: $0 + 1, hand) }
      return Closest(matches: matches, removed: result.summary.removed)
    }
    let ids = scores.matches.map { matching.index.id($0.line) }
    return Closest(matches: matches(ids, resolved, hand), removed: scores.removed)
  }

  private func matches(
    _ ids: [String], _ stage: ResolvedStage, _ hand: Hand
  ) -> [NightMatch] {
    ids.enumerated().compactMap { number, id in
      hand.lines.line(id).map { match(evaluator.evaluate(stage, $0), rank: number + 1, hand) }
    }
  }

  private func match(_ evaluation: Evaluation, rank: Int, _ hand: Hand) -> NightMatch {
    NightMatch(evaluation, rank: rank) {
      hand.labels.name($0.criterion, evaluation.stage.ask)
    }
  }

  private func removed(
    _ counts: [CriterionID: Int], _ ask: Ask, _ hand: Hand
  ) -> [(criterion: String, lines: Int)] {
    var out: [(criterion: String, lines: Int)] = []
    for criterion in StageSummary.inOrder(counts.keys) {
      let name = hand.labels.name(criterion, ask)
      let count = counts[criterion] ?? 0
      if let place = out.firstIndex(where: { $0.criterion == name }) {
        out[place].lines += count
      } else {
        out.append((name, count))
      }
    }
    return out
  }
}
