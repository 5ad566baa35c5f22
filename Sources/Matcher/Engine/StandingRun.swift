import Matcher
import MatcherIndex
import Synchronization

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

    mutating func add(_ other: Work) {
      scanned += other.scanned
      touched += other.touched
      compared += other.compared
    }

    mutating func add(_ done: StandingStage.Done) {
      if done.isScanned { scanned += 1 } else if done.compared > 0 { touched += 1 }
      compared += done.compared
    }
  }

  let corpus: Corpus
  let top: Int
  /// Kept beyond `top`, so that losing a line costs no scan.
  let reserve: Int
  /// The base takes up what changed when that is more than one line in so many.
  let compaction: Int
  let workers: Workers
  /// Whether plans stay from step to step (10 KB a stage); else they are made when a step needs them.
  public var keepsPlans = true
  /// The identity of the snapshot that is the base; nil for a base in memory.
  var snapshot: UInt64?
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
    let index = LineIndex(all, corpus: corpus, workers: workers)
    let byID = Dictionary(all.map { ($0.line.id, $0) }) { first, _ in first }
    lines = StandingLines(base: Segment(base: index, corpus, asOf) { byID[index.id($0)] })
    stages = StandingRun.stages(demands)
    advance(nil, isNewDay: false, isNewMoney: false)
  }

  /// Compares all demands with the lines of a snapshot. Such a run can be saved beside it.
  ///
  /// - Parameters:
  ///   - compaction: as for the other initialiser, but the base is left to `rebase(on:)`.
  ///   - keepsPlans: as the property of that name.
  public init(
    demands: [Demand], snapshot: Snapshot, corpus: Corpus, asOf: CivilDate, top: Int = 20,
    reserve: Int = 12, compaction: Int = 8, keepsPlans: Bool = true, workers: Workers = .one
  ) {
    self.keepsPlans = keepsPlans
    self.corpus = corpus
    self.top = top
    self.reserve = reserve
    self.compaction = compaction
    self.workers = workers
    self.snapshot = snapshot.index.sections.identity
    lines = StandingLines(
      base: Segment(base: snapshot.index, corpus, asOf, snapshot.lines(corpus)))
    stages = StandingRun.stages(demands)
    advance(nil, isNewDay: false, isNewMoney: false)
  }

  /// A run as it was stored.
  init(
    _ stages: [StandingStage], _ lines: StandingLines, snapshot: UInt64, corpus: Corpus,
    limits: (top: Int, reserve: Int, compaction: Int), workers: Workers
  ) {
    self.corpus = corpus
    (top, reserve, compaction) = limits
    self.workers = workers
    self.snapshot = snapshot
    self.lines = lines
    self.stages = stages
  }

  private static func order(_ stages: [StandingStage]) -> [String] {
    var order: [String] = []
    for stage in stages where order.last != stage.demand.id { order.append(stage.demand.id) }
    return order
  }

  /// Whether what changed has grown so much that the base should be made anew with it.
  public var wantsBase: Bool { lines.changed * compaction > lines.count }

  public var asOf: CivilDate { lines.base.matching.asOf }

  /// The results of all stages, demands in the order they came, stages in the demand's.
  public var results: [Standing] {
    stages.map {
      Standing(
        demand: $0.demand.id, stage: $0.id, matches: Array($0.kept.prefix(top)),
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
    let known = demands == nil ? [] : Set(stages.map(\.demand.id))
    return advance(
      changed: platforms, withdrawn: withdrawn,
      order: demands?.all.map(\.id),
      demands: demands?.all.filter {
        demands?.changed.contains($0.id) ?? false || !known.contains($0.id)
      } ?? [], asOf: asOf)
  }

  /// The same without the records of demands that stay as they are.
  ///
  /// - Parameters:
  ///   - order: the ids of the demands that stand now, in their order; nil for the same as before. An
  ///     id that is neither known nor among `demands` is passed over.
  ///   - demands: those that are new or other than before.
  @discardableResult
  public func advance(
    changed platforms: [Platform] = [], withdrawn: Set<String> = [], order: [String]?,
    demands: [Demand], asOf: CivilDate
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
    if order != nil || !demands.isEmpty {
      adopt(order ?? StandingRun.order(stages), demands)
    }
    let work = advance(change, isNewDay: isNewDay, isNewMoney: isNewMoney)
    if snapshot == nil, wantsBase { compact() }
    return work
  }

  @discardableResult
  private func advance(
    _ change: StandingLines.Change?, isNewDay: Bool, isNewMoney: Bool
  ) -> Work {
    let step = StandingStage.Step(
      lines: lines, change: change, isNewDay: isNewDay, isNewMoney: isNewMoney, top: top,
      room: top + reserve, keepsPlans: keepsPlans)
    let order = NeighbourOrder.places(stages.map(\.services))
    let all = Mutex(Work())
    workers.inParts(stages.count, chunk: 16, state: { Worker() }) { [stages] range, worker in
      var work = Work()
      for place in order[range] { work.add(stages[place].advance(step, worker)) }
      all.withLock { $0.add(work) }
    }
    return all.withLock { $0 }
  }

  private static func stages(_ demands: [Demand]) -> [StandingStage] {
    demands.flatMap { demand in
      let record = StandingDemand(demand)
      return demand.stages.enumerated().map { StandingStage(record, $0, $1) }
    }
  }

  private func adopt(_ order: [String], _ changed: [Demand]) {
    let known = Dictionary(grouping: stages) { $0.demand.id }
    let changed = Dictionary(changed.map { ($0.id, $0) }) { first, _ in first }
    stages = order.flatMap { id in
      changed[id].map { StandingRun.stages([$0]) } ?? known[id] ?? []
    }
  }
}
