import Matcher
import MatcherIndex

/// Demands that stand against a catalogue that changes: the results of all of them, kept up to date.
///
/// A change touches only the pairs it can change. Changed demands are scanned; changed lines are a
/// segment of their own beside the base and are compared alone; on a new day those pairs are compared
/// whose day has come (`PairScore.changes`, two bytes a pair), and the listed ones whose degrees fall
/// daily. A stage is scanned anew when its reserve is used up, or when its window moves with the day.
/// What it gives is the same as a full run's, which a test holds it to over random histories.
///
/// Not for several threads at once; it spreads its work over `Workers` itself. Memory: two bytes for
/// each pair that the services do not rule out, 64 for each line kept, and plans of about 10 KB a
/// stage.
public final class StandingRun {
  /// What became of one stage.
  public struct Standing: Sendable {
    public let demand: String
    public let stage: String?
    /// The best lines in ranking order, at most `top`.
    public let matches: [PairScore]
    /// Lines by verdict: conflict, near miss, potential, full.
    public let verdicts: SIMD4<Int>
  }

  /// What a step did.
  public struct Work: Sendable, Equatable {
    /// Stages scanned against every line, and stages of which single pairs were compared.
    public var scanned = 0
    public var touched = 0
    /// How many pairs were compared one by one.
    public var compared = 0

    public init(scanned: Int = 0, touched: Int = 0, compared: Int = 0) {
      self.scanned = scanned
      self.touched = touched
      self.compared = compared
    }

    mutating func add(_ done: StandingStage.Done) {
      if done.isScanned { scanned += 1 } else if done.compared > 0 { touched += 1 }
      compared += done.compared
    }
  }

  let corpus: Corpus
  private let top: Int
  /// Kept beyond `top`, so that losing a line costs no scan.
  private let reserve: Int
  /// The base takes up what changed when that is more than one line in so many.
  private let compaction: Int
  private let workers: Workers
  var lines: StandingLines
  private(set) var stages: [StandingStage] = []

  /// Compares all demands with all lines.
  ///
  /// - Parameters:
  ///   - demands: of different ids.
  ///   - top: lines kept a stage, 1….
  ///   - reserve: how many more are remembered, 0….
  ///   - compaction: when changed lines are more than one in so many, the base is made anew with
  ///     them; 0 for never.
  public init(
    demands: [Demand], platforms: [Platform], corpus: Corpus, asOf: CivilDate, top: Int = 20,
    reserve: Int = 12, compaction: Int = 8, workers: Workers = .one
  ) {
    self.corpus = corpus
    self.top = top
    self.reserve = reserve
    self.compaction = compaction
    self.workers = workers
    let all = MatchEngine(corpus: corpus, platforms: platforms).lines
    let index = LineIndex(all, corpus: corpus)
    let byID = Dictionary(all.map { ($0.line.id, $0) }) { first, _ in first }
    lines = StandingLines(base: Segment(base: index, corpus, asOf) { byID[index.id($0)] })
    stages = demands.flatMap { demand in demand.stages.map { StandingStage(demand, $0) } }
    advance(nil, isNewDay: false, isNewMoney: false)
  }

  public var asOf: CivilDate { lines.base.matching.asOf }

  /// The results of all stages, demands in the order they came, stages in the demand's.
  public var results: [Standing] {
    stages.map {
      Standing(
        demand: $0.demand.id, stage: $0.stage.id, matches: Array($0.kept.prefix(top)),
        verdicts: $0.verdicts(of: lines.count))
    }
  }

  /// The id of a line of the results.
  public func id(_ line: UInt32) -> String { lines.id(line) }

  /// The next state of the world.
  ///
  /// - Parameters:
  ///   - changed: platforms that are new or other than before, each whole; of two with one id the
  ///     last counts.
  ///   - withdrawn: ids of lines that are gone.
  ///   - demands: the demands that stand now, if any changed: in their order, and the ids of those
  ///     that are new or other than before.
  ///   - asOf: the day, not before the present one.
  @discardableResult
  public func advance(
    changed platforms: [Platform] = [], withdrawn: Set<String> = [],
    demands: (all: [Demand], changed: Set<String>)? = nil, asOf: CivilDate
  ) -> Work {
    let evaluator = Evaluator(corpus: corpus)
    let last = Dictionary(platforms.map { ($0.id, $0) }) { _, last in last }
    let fresh = last.values.sorted { $0.id < $1.id }.flatMap { platform in
      platform.lines.map { evaluator.resolve(platform, $0) }
    }
    let isNewDay = asOf != self.asOf
    var isNewMoney = false
    if isNewDay {
      isNewMoney = Day.of(asOf) >= lines.base.matching.setting.moneyHolds
      lines.move(to: asOf)
    }
    // A platform that is given whole has no other lines than these.
    let change = lines.change(
      fresh: fresh, withdrawn: withdrawn, platforms: Set(platforms.map(\.id)))
    if let demands { adopt(demands.all, changed: demands.changed) }
    let work = advance(change, isNewDay: isNewDay, isNewMoney: isNewMoney)
    if lines.changed * compaction > lines.count { compact() }
    return work
  }

  @discardableResult
  private func advance(
    _ change: StandingLines.Change?, isNewDay: Bool, isNewMoney: Bool
  ) -> Work {
    let step = StandingStage.Step(
      lines: lines, change: change, isNewDay: isNewDay, isNewMoney: isNewMoney, top: top,
      room: top + reserve)
    let parts = Ordered<Work>()
    workers.ordered(
      stages.count, chunk: 16, state: { Worker() },
      work: { [stages] range, worker in
        var work = Work()
        for place in range { work.add(stages[place].advance(step, worker)) }
        return work
      },
      emit: { part in
        parts.add([part])
        return true
      })
    return parts.values.reduce(into: Work()) {
      $0.scanned += $1.scanned
      $0.touched += $1.touched
      $0.compared += $1.compared
    }
  }

  private func adopt(_ demands: [Demand], changed: Set<String>) {
    let known = Dictionary(grouping: stages) { $0.demand.id }
    stages = demands.flatMap { demand in
      if !changed.contains(demand.id), let same = known[demand.id] { return same }
      return demand.stages.map { StandingStage(demand, $0) }
    }
  }
}
