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
  fileprivate struct Task: Sendable {
    let demand: Demand
    let stage: Stage
    let standing: NightStandings.Standing
    /// What it was, where that may still hold.
    let old: NightStage?
    /// Pairs of it that hold, by line.
    let kept: [String: NightMatch]
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
    let all = demands.flatMap { demand in demand.stages.map { (demand, $0) } }
    let tasks = zip(all, standings).map { task($0.0, $0.1, $1) }
    let lines = LineShelf(platforms, evaluator)
    lines.resolve(Set(tasks.flatMap { task in task.wanted }), workers)
    let found = InOrder<NightStage>()
    workers.ordered(
      tasks.count, chunk: 16,
      state: { Hand(Worker(), CriterionLabels(corpus: matching.corpus), lines) },
      work: { range, hand in range.map { stage(tasks[$0], hand) } },
      emit: { part in
        found.add(part)
        progress(found.values.count * 100 / max(1, all.count))
        return true
      })
    return found.values
  }

  private func task(
    _ demand: Demand, _ stage: Stage, _ standing: NightStandings.Standing
  ) -> Task {
    let old = reuse?.stage(demand.id, stage.id)
    var kept: [String: NightMatch] = [:]
    for match in old?.matches ?? [] where reuse?.holds(match) ?? false { kept[match.line] = match }
    return Task(demand: demand, stage: stage, standing: standing, old: old, kept: kept)
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
    let isUnmatched = verdicts[2] == 0 && verdicts[3] == 0
    let isKept = task.wanted.isEmpty && !isUnmatched
    let resolved = isKept ? nil : matching.resolve(task.demand, task.stage)
    let rest =
      resolved.flatMap { isUnmatched ? closest(task.demand, task.stage, $0, hand) : nil }
      ?? Closest()
    return NightStage(
      demand: task.demand.id, stage: task.stage.id, full: verdicts[3], potential: verdicts[2],
      nearMiss: verdicts[1], conflict: verdicts[0], matches: listed(task, resolved, hand),
      closest: verdicts[1] > 0 ? [] : rest.matches,
      removed: removed(rest.removed, task.stage.ask, hand))
  }

  /// The listed pairs: those that hold as they were, the others from the reference.
  private func listed(_ task: Task, _ resolved: ResolvedStage?, _ hand: Hand) -> [NightMatch] {
    if let old = task.old?.matches, task.wanted.isEmpty,
      old.map(\.line) == task.standing.lines
    {
      return old
    }
    return task.standing.lines.enumerated().compactMap { place, line in
      if var match = task.kept[line] {
        match.rank = place + 1
        return match
      }
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

extension NightMatching.Task {
  /// The lines whose pairs are to be found.
  fileprivate var wanted: [String] { standing.lines.filter { kept[$0] == nil } }
}
