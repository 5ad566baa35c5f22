import Matcher
import MatcherIndex

/// An index on a day: answers which of its lines serve a demand.
///
/// Immutable; any number of threads may use one. It decides every pair as the reference evaluator
/// does, and is proved equal to it.
public struct Matching: Sendable {
  public let index: LineIndex
  public let corpus: Corpus
  public let asOf: CivilDate
  let setting: Setting
  let money: Money
  let days: WorkDays
  private let evaluator: Evaluator

  /// O(units + regions).
  public init(_ index: LineIndex, corpus: Corpus, asOf: CivilDate) {
    self.index = index
    self.corpus = corpus
    self.asOf = asOf
    setting = Setting(corpus, asOf: asOf)
    money = Money(index, corpus: corpus, asOf: asOf)
    days = WorkDays(
      asOf: asOf, regions: (0..<UInt32(index.regions.count)).map { index.regions[$0] },
      corpus: corpus)
    evaluator = Evaluator(corpus: corpus)
  }

  /// A stage of a demand as it is compared: what does not depend on a line.
  public func resolve(
    _ demand: Demand, _ stage: Stage, preferred: [String: Int] = [:]
  ) -> ResolvedStage {
    evaluator.resolve(demand, stage, asOf: asOf, preferred: preferred)
  }

  /// The best lines for a stage, and what became of all of them.
  ///
  /// - Parameter counts: also which criteria remove how many lines, which looks at every criterion
  ///   of every line instead of leaving a line at its first conflict.
  /// - Returns: nil for a stage with more criteria or causes than the columns have bits for (57
  ///   criteria, 30 causes): the reference evaluator decides those.
  public func match(
    _ stage: ResolvedStage, options: MatchOptions, counts: Bool, worker: Worker
  ) -> StageScores? {
    guard let plan = StagePlan(stage, index, money, setting) else { return nil }
    let isComplete = counts || options.includesConflict
    var collector = Collector(index, options: options, countsRemoved: counts)
    let scanner = Scanner(
      plan: plan, index: index, setting: setting, money: money, days: days,
      isComplete: isComplete, scratch: worker.scratch)
    scanner.scan(into: &collector)
    return StageScores(collector, plan)
  }
}

/// The memory of one thread of work, used again for every demand.
public final class Worker {
  let scratch = Scratch()

  public init() {}
}

/// The best pairs of one stage with what became of all lines.
public struct StageScores: Sendable {
  /// In ranking order.
  public let matches: [PairScore]
  /// How many lines have each verdict.
  public let verdicts: [Verdict: Int]
  /// By criterion: how many lines it removes, counted alone; empty unless it was asked for.
  public let removed: [CriterionID: Int]
  /// The best expected score of a line that is no conflict.
  public let best: PairScore?
  /// Lines left out of the matches because they are outside mainland China, Hong Kong and Macao.
  public let overseas: Int
  /// Lines whose criteria were looked at.
  public let evaluated: Int

  init(_ collector: Collector, _ plan: StagePlan) {
    matches = collector.ranked()
    var verdicts: [Verdict: Int] = [:]
    for (verdict, count) in zip(PairScore.verdicts, collector.verdicts) where count > 0 {
      verdicts[verdict] = count
    }
    self.verdicts = verdicts
    var removed: [CriterionID: Int] = [:]
    for (name, count) in zip(plan.names, collector.removed) where count > 0 {
      removed[name, default: 0] += count
    }
    self.removed = removed
    best = collector.best
    overseas = collector.overseas
    evaluated = collector.evaluated
  }
}
