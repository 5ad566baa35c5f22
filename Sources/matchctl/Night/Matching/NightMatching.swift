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
  private let top: Int

  /// - Parameter index: the columns of the platforms' lines.
  init(
    demands: [Demand], platforms: [Platform], index: LineIndex, corpus: Corpus, asOf: CivilDate,
    top: Int
  ) {
    self.demands = demands
    self.top = top
    matching = Matching(index, corpus: corpus, asOf: asOf)
    lines = MatchEngine(corpus: corpus, platforms: platforms).lines
    places = Dictionary(lines.enumerated().map { ($1.line.id, $0) }) { first, _ in first }
    evaluator = Evaluator(corpus: corpus)
  }

  /// The stages in the order of demands and of their own.
  ///
  /// - Parameter progress: called with the share that is done, in per cent.
  func stages(_ workers: Workers, progress: @escaping @Sendable (Int) -> Void) -> [NightStage] {
    let all = demands.flatMap { demand in demand.stages.map { (demand, $0) } }
    let found = InOrder<NightStage>()
    workers.ordered(
      all.count, chunk: 16,
      state: { Hand(Worker(), CriterionLabels(corpus: matching.corpus)) },
      work: { range, hand in
        range.map { stage(all[$0].0, all[$0].1, hand) }
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

  private var options: MatchOptions {
    var options = MatchOptions(asOf: matching.asOf)
    options.top = top
    options.rows = .line
    return options
  }

  private func stage(_ demand: Demand, _ stage: Stage, _ hand: Hand) -> NightStage {
    let resolved = matching.resolve(demand, stage)
    guard
      let scores = matching.match(resolved, options: options, counts: false, worker: hand.worker)
    else { return byReference(demand, stage, resolved, hand) }
    let counts = scores.verdicts
    let isUnmatched = counts[.full] ?? 0 == 0 && counts[.potential] ?? 0 == 0
    let closest = isUnmatched ? self.closest(resolved, hand) : nil
    return NightStage(
      demand: demand.id, stage: stage.id, full: counts[.full] ?? 0,
      potential: counts[.potential] ?? 0, nearMiss: counts[.nearMiss] ?? 0,
      conflict: counts[.conflict] ?? 0,
      matches: matches(scores.matches.map(\.line), resolved, hand),
      closest: (counts[.nearMiss] ?? 0) > 0
        ? [] : matches(closest?.matches.map(\.line) ?? [], resolved, hand),
      removed: removed(closest?.removed ?? [:], stage.ask, hand))
  }

  /// The pairs that do not fit, closest first, and what removes how many lines.
  private func closest(_ stage: ResolvedStage, _ hand: Hand) -> StageScores? {
    var options = options
    options.top = NightStage.closestCount
    options.includesConflict = true
    return matching.match(stage, options: options, counts: true, worker: hand.worker)
  }

  private func matches(
    _ ordinals: [UInt32], _ stage: ResolvedStage, _ hand: Hand
  ) -> [NightMatch] {
    ordinals.enumerated().compactMap { number, ordinal in
      places[matching.index.id(ordinal)].map {
        match(evaluator.evaluate(stage, lines[$0]), rank: number + 1, hand)
      }
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

  /// A stage that asks more than the columns have bits for, line by line.
  private func byReference(
    _ demand: Demand, _ stage: Stage, _ resolved: ResolvedStage, _ hand: Hand
  ) -> NightStage {
    let result = evaluator.result(demand, stage, resolved, lines, options)
    let counts = result.summary.verdicts
    let isUnmatched = counts[.full] ?? 0 == 0 && counts[.potential] ?? 0 == 0
    var closest: [Evaluation] = []
    if isUnmatched, counts[.nearMiss] ?? 0 == 0 {
      var options = options
      options.top = NightStage.closestCount
      options.includesConflict = true
      closest = evaluator.result(demand, stage, resolved, lines, options).matches
    }
    func kept(_ evaluations: [Evaluation]) -> [NightMatch] {
      evaluations.enumerated().map { match($1, rank: $0 + 1, hand) }
    }
    return NightStage(
      demand: demand.id, stage: stage.id, full: counts[.full] ?? 0,
      potential: counts[.potential] ?? 0, nearMiss: counts[.nearMiss] ?? 0,
      conflict: counts[.conflict] ?? 0, matches: kept(result.matches), closest: kept(closest),
      removed: isUnmatched ? removed(result.summary.removed, stage.ask, hand) : [])
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
