import Matcher
import MatcherIndex

/// An index on a day: answers which of its lines serve a demand.
///
/// Immutable; any number of threads may use one. It decides every pair as the reference evaluator
/// does, and is proved equal to it.
public final class Matching: Sendable {
  public let index: LineIndex
  public let corpus: Corpus
  public let asOf: CivilDate
  let setting: Setting
  let money: Money
  let days: WorkDays
  let distances: PlaceDistances
  /// The words of the lines by slot, where plans of another index are served; else the index's
  /// postings are asked.
  let texts: [LineText]?
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
    distances = PlaceDistances(index, corpus: corpus)
    texts = nil
    evaluator = Evaluator(corpus: corpus)
  }

  /// A few lines that plans made for `home` serve; nil when they say something that has no number
  /// there.
  init?(_ lines: [ResolvedLine], like home: Matching) {
    guard let index = LineIndex(lines, home: home.index, corpus: home.corpus) else { return nil }
    self.index = index
    corpus = home.corpus
    asOf = home.asOf
    setting = home.setting
    money = home.money
    days = home.days
    distances = PlaceDistances(index, corpus: home.corpus)
    evaluator = home.evaluator
    let byID = Dictionary(lines.map { ($0.line.id, $0.text) }) { first, _ in first }
    texts = (0..<index.count).map { byID[index.id(index.lineOf[$0])] ?? LineText.none }
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
    guard let plan = StagePlan(stage, self) else { return nil }
    let isComplete = counts || options.includesConflict
    var collector = Collector(index, options: options, countsRemoved: counts)
    let scanner = Scanner(
      plan: plan, matching: self, isComplete: isComplete, scratch: worker.scratch)
    scanner.scan(into: &collector)
    return StageScores(collector, plan)
  }
}

extension Matching {
  /// What a stage finds among all lines, without names.
  struct Sweep: Sendable {
    /// The best lines that are no conflict, in ranking order.
    var kept: [PairScore] = []
    /// Lines by verdict: conflict, near miss, potential, full.
    var verdicts = SIMD4<Int>(repeating: 0)
    /// The first day on which any pair can change.
    var changes = Day.never
  }

  /// nil for a stage that the columns have not bits enough for.
  func sweep(_ stage: ResolvedStage, top: Int, _ worker: Worker) -> Sweep? {
    guard let plan = StagePlan(stage, self) else { return nil }
    var options = MatchOptions(asOf: asOf)
    options.top = top
    options.rows = .line
    var collector = Collector(index, options: options, countsRemoved: false)
    Scanner(plan: plan, matching: self, isComplete: false, scratch: worker.scratch)
      .scan(into: &collector)
    return Sweep(
      kept: collector.ranked(), verdicts: collector.verdicts, changes: collector.changes)
  }

  /// Some lines for a stage, decided anew; nil as for `sweep`.
  func scores(_ stage: ResolvedStage, of lines: [UInt32], _ worker: Worker) -> [PairScore]? {
    guard let plan = StagePlan(stage, self) else { return nil }
    return Scanner(plan: plan, matching: self, isComplete: true, scratch: worker.scratch)
      .scores(of: lines)
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
    for (place, verdict) in PairScore.verdicts.enumerated() where collector.verdicts[place] > 0 {
      verdicts[verdict] = collector.verdicts[place]
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
