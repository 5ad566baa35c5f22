import Matcher
import MatcherEngine
import MatcherIndex

/// Compares every stage of a world with every line. What it gives depends on the records, the corpus and
/// the day alone: not on threads, nor on whether it was made anew or carried on.
struct NightMatching: Sendable {
  private let demands: [Demand]
  private let matching: Matching
  private let lines: [ResolvedLine]
  private let places: [String: Int]
  private let evaluator: Evaluator

  /// - Parameter index: the columns of the platforms' lines.
  init(
    demands: [Demand], platforms: [Platform], index: LineIndex, corpus: Corpus, asOf: CivilDate
  ) {
    self.demands = demands
    matching = Matching(index, corpus: corpus, asOf: asOf)
    lines = MatchEngine(corpus: corpus, platforms: platforms).lines
    places = Dictionary(lines.enumerated().map { ($1.line.id, $0) }) { first, _ in first }
    evaluator = Evaluator(corpus: corpus)
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
    let found = InOrder<NightStage>()
    workers.ordered(
      min(all.count, standings.count), chunk: 16,
      state: { Hand(Worker(), CriterionLabels(corpus: matching.corpus)) },
      work: { range, hand in
        range.map { stage(all[$0].0, all[$0].1, standings[$0], hand) }
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

    init(_ worker: Worker, _ labels: CriterionLabels) {
      self.worker = worker
      self.labels = labels
    }
  }

  private func stage(
    _ demand: Demand, _ stage: Stage, _ standing: NightStandings.Standing, _ hand: Hand
  ) -> NightStage {
    let resolved = matching.resolve(demand, stage)
    let verdicts = standing.verdicts
    let isUnmatched = verdicts[2] == 0 && verdicts[3] == 0
    let rest = isUnmatched ? closest(demand, stage, resolved, hand) : Closest()
    return NightStage(
      demand: demand.id, stage: stage.id, full: verdicts[3], potential: verdicts[2],
      nearMiss: verdicts[1], conflict: verdicts[0],
      matches: matches(standing.lines, resolved, hand),
      closest: verdicts[1] > 0 ? [] : rest.matches,
      removed: removed(rest.removed, stage.ask, hand))
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
      let result = evaluator.result(demand, stage, resolved, lines, options)
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
      places[id].map { match(evaluator.evaluate(stage, lines[$0]), rank: number + 1, hand) }
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

/// What workers hand out, in order.
final class InOrder<Value>: @unchecked Sendable {
  // Workers hand out one part at a time, and it is read when they are done.
  private(set) var values: [Value] = []

  func add(_ part: [Value]) {
    values += part
  }
}
