import Matcher
import MatcherIndex

/// Demands that stand against a catalogue that changes: the results of all of them, kept up to date.
///
/// A change of lines, of demands, or of the day touches only what it can change: changed demands are
/// scanned anew; of the others, changed lines alone are compared, and a demand is scanned anew when a
/// pair of it has named the day (`PairScore.changes`), or when its reserve is used up. What it gives
/// is the same as a full run's, which a test holds it to over random histories.
///
/// Not for several threads at once; it spreads its work over `Workers` itself.
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
    /// Stages scanned against every line, and stages of which only changed lines were compared.
    public var scanned = 0
    public var touched = 0

    public init(scanned: Int = 0, touched: Int = 0) {
      self.scanned = scanned
      self.touched = touched
    }
  }

  private struct State: Sendable {
    let demand: Demand
    let stage: Stage
    var resolved: ResolvedStage
    var kept: [PairScore] = []
    /// Every line that is no conflict is in `kept`.
    var isAll = false
    var verdicts = SIMD4<Int>(repeating: 0)
    /// The first day on which a pair outside `kept` can rise, or any pair change.
    var changes = Day.never
  }

  private let corpus: Corpus
  private let top: Int
  /// Kept beyond `top`, so that losing a line costs no scan.
  private let reserve: Int
  private let workers: Workers
  private var matching: Matching
  private var lines: [String: ResolvedLine]
  private var states: [State] = []

  /// Compares all demands with all lines.
  ///
  /// - Parameters:
  ///   - top: lines kept a stage, 1….
  ///   - reserve: how many more are remembered, 0….
  public init(
    demands: [Demand], platforms: [Platform], corpus: Corpus, asOf: CivilDate, top: Int = 20,
    reserve: Int = 12, workers: Workers = .one
  ) {
    self.corpus = corpus
    self.top = top
    self.reserve = reserve
    self.workers = workers
    let all = MatchEngine(corpus: corpus, platforms: platforms).lines
    lines = Dictionary(all.map { ($0.line.id, $0) }) { first, _ in first }
    matching = Matching(LineIndex(all, corpus: corpus), corpus: corpus, asOf: asOf)
    states = StandingRun.states(demands, matching)
    scan(Array(states.indices))
  }

  public var asOf: CivilDate { matching.asOf }

  /// The results of all stages, demands in the order they came, stages in the demand's.
  public var results: [Standing] {
    states.map {
      Standing(
        demand: $0.demand.id, stage: $0.stage.id, matches: Array($0.kept.prefix(top)),
        verdicts: $0.verdicts)
    }
  }

  /// The id of a line of the results.
  public func id(_ line: UInt32) -> String { matching.index.id(line) }

  /// The next state of the world.
  ///
  /// - Parameters:
  ///   - changed: platforms that are new or other than before, each whole.
  ///   - withdrawn: ids of lines that are gone.
  ///   - demands: the demands that stand now, if any changed: in their order, and the ids of those
  ///     that are new or other than before.
  ///   - asOf: the day, not before the present one.
  @discardableResult
  public func advance(
    changed platforms: [Platform] = [], withdrawn: Set<String> = [],
    demands: (all: [Demand], changed: Set<String>)? = nil, asOf: CivilDate
  ) -> Work {
    let before = matching
    let evaluator = Evaluator(corpus: corpus)
    let fresh = platforms.flatMap { platform in
      platform.lines.map { evaluator.resolve(platform, $0) }
    }
    // A platform that is given whole has no other lines than these.
    let given = Set(platforms.map(\.id))
    let freshIDs = Set(fresh.map(\.line.id))
    let gone = lines.values.filter {
      withdrawn.contains($0.line.id) || freshIDs.contains($0.line.id)
        || given.contains($0.platform.id)
    }
    for line in gone { lines[line.line.id] = nil }
    for line in fresh { lines[line.line.id] = line }
    let isSameLines = gone.isEmpty && fresh.isEmpty
    let index = isSameLines ? before.index : LineIndex(Array(lines.values), corpus: corpus)
    matching = Matching(index, corpus: corpus, asOf: asOf)
    var due = adopt(demands, asOf)
    if !isSameLines { move(from: before.index, to: index, without: gone) }
    if !isSameLines { touch(gone, before, fresh, &due) }
    due.formUnion(refresh(besides: due))
    scan(due.sorted())
    return Work(scanned: due.count, touched: isSameLines ? 0 : states.count - due.count)
  }

  // MARK: Demands

  private static func states(_ demands: [Demand], _ matching: Matching) -> [State] {
    demands.flatMap { demand in
      demand.stages.map {
        State(demand: demand, stage: $0, resolved: matching.resolve(demand, $0))
      }
    }
  }

  /// Takes over the demands; gives the places of stages that must be scanned: new ones, those of
  /// another day's window, and those with a pair whose day has come.
  private func adopt(_ demands: (all: [Demand], changed: Set<String>)?, _ asOf: CivilDate) -> Set<
    Int
  > {
    var due: Set<Int> = []
    if let demands {
      let known = Dictionary(grouping: states) { $0.demand.id }
      states = demands.all.flatMap { demand in
        if !demands.changed.contains(demand.id), let same = known[demand.id] { return same }
        return StandingRun.states([demand], matching).map {
          var state = $0
          state.changes = Day.none
          return state
        }
      }
    }
    for place in states.indices {
      if states[place].resolved.startMoves {
        let state = states[place]
        states[place].resolved = matching.resolve(state.demand, state.stage)
        due.insert(place)
      } else if states[place].changes <= matching.setting.asOf {
        due.insert(place)
      }
    }
    return due
  }

  // MARK: Lines

  /// Renumbers what is kept: ordinals are places among the ids, and keep their order.
  private func move(from old: LineIndex, to new: LineIndex, without gone: [ResolvedLine]) {
    let ids = Set(gone.map(\.line.id))
    for place in states.indices {
      states[place].kept = states[place].kept.compactMap { score in
        let id = old.id(score.line)
        guard !ids.contains(id), let line = new.line(id) else { return nil }
        var score = score
        score.line = line
        return score
      }
    }
  }

  /// Takes lines that went out of the counts of all stages that are not due, and new ones in.
  private func touch(
    _ gone: [ResolvedLine], _ before: Matching, _ fresh: [ResolvedLine], _ due: inout Set<Int>
  ) {
    let out = few(gone, on: before.asOf)
    let into = few(fresh, on: matching.asOf)
    let new = matching.index
    let ordinals = into.map { into in
      (0..<UInt32(into.index.count)).map { new.line(into.index.id($0)) ?? 0 }
    }
    let places = states.indices.filter { !due.contains($0) }
    let stages = places.map { states[$0].resolved }
    struct Change {
      var verdicts = SIMD4<Int>(repeating: 0)
      var fitting: [PairScore] = []
      var changes = Day.never
      var isKnown = true
    }
    let changes = Ordered<Change>()
    workers.ordered(
      places.count, chunk: 64, state: { Worker() },
      work: { range, worker in
        range.map { number in
          var change = Change()
          if let out {
            guard let scores = out.sweep(stages[number], top: out.index.count, worker) else {
              change.isKnown = false
              return change
            }
            change.verdicts &-= scores.verdicts
          }
          if let into, let ordinals {
            guard let scores = into.sweep(stages[number], top: into.index.count, worker)
            else {
              change.isKnown = false
              return change
            }
            change.verdicts &+= scores.verdicts
            change.changes = scores.changes
            for var score in scores.kept {
              score.line = ordinals[Int(score.line)]
              change.fitting.append(score)
            }
          }
          return change
        }
      },
      emit: { part in
        changes.add(part)
        return true
      })
    for (place, change) in zip(places, changes.values) {
      guard change.isKnown else {
        due.insert(place)
        continue
      }
      states[place].verdicts &+= change.verdicts
      states[place].changes = min(states[place].changes, change.changes)
      for score in change.fitting { keep(score, at: place) }
      if states[place].kept.count < top, !states[place].isAll { due.insert(place) }
    }
  }

  /// A few lines as an index of their own; nil for none.
  private func few(_ lines: [ResolvedLine], on day: CivilDate) -> Matching? {
    guard !lines.isEmpty else { return nil }
    return Matching(LineIndex(lines, corpus: corpus), corpus: corpus, asOf: day)
  }

  /// Puts a line among those kept if it belongs there: lines that are not kept stand behind the
  /// last one, unless all are.
  private func keep(_ score: PairScore, at place: Int) {
    var kept = states[place].kept
    if !states[place].isAll, let last = kept.last, !score.precedes(last) { return }
    if kept.isEmpty, !states[place].isAll { return }
    kept.insert(score, at: kept.firstIndex { score.precedes($0) } ?? kept.count)
    if kept.count > top + reserve {
      kept.removeLast()
      states[place].isAll = false
    }
    states[place].kept = kept
  }

  // MARK: Days

  /// Compares anew the kept pairs whose degrees fall from day to day; gives the stages for which that
  /// is not enough.
  private func refresh(besides due: Set<Int>) -> Set<Int> {
    let places = states.indices.filter { place in
      !due.contains(place) && states[place].kept.contains(where: \.declines)
    }
    let stages = places.map { states[$0].resolved }
    let falling = places.map { place in
      states[place].kept.filter(\.declines).map(\.line)
    }
    let matching = matching
    let found = Ordered<[PairScore]?>()
    workers.ordered(
      places.count, chunk: 64, state: { Worker() },
      work: { range, worker in
        range.map { matching.scores(stages[$0], of: falling[$0], worker) }
      },
      emit: { part in
        found.add(part)
        return true
      })
    var more: Set<Int> = []
    for (place, scores) in zip(places, found.values) {
      guard let scores, replace(scores, at: place) else {
        more.insert(place)
        continue
      }
    }
    return more
  }

  /// Puts pairs that were decided anew in their places; false when lines that are not kept might
  /// stand before one of the best.
  private func replace(_ scores: [PairScore], at place: Int) -> Bool {
    let new = Dictionary(scores.map { ($0.line, $0) }) { first, _ in first }
    guard let last = states[place].kept.last else { return true }
    var kept = states[place].kept.map { new[$0.line] ?? $0 }.sorted { $0.precedes($1) }
    for score in scores { states[place].changes = min(states[place].changes, score.changes) }
    if !states[place].isAll {
      // What fell behind the last one may stand behind lines that are not kept.
      kept.removeAll { last.precedes($0) }
    }
    states[place].kept = kept
    return states[place].isAll || kept.count >= top
  }

  // MARK: Scans

  /// Compares some stages with every line.
  private func scan(_ places: [Int]) {
    let stages = places.map { states[$0].resolved }
    let matching = matching
    let room = top + reserve
    let found = Ordered<Matching.Sweep?>()
    workers.ordered(
      places.count, chunk: 8, state: { Worker() },
      work: { range, worker in
        range.map { matching.sweep(stages[$0], top: room, worker) }
      },
      emit: { part in
        found.add(part)
        return true
      })
    for (place, sweep) in zip(places, found.values) {
      let sweep = sweep ?? reference(states[place].resolved, top: room)
      states[place].kept = sweep.kept
      states[place].verdicts = sweep.verdicts
      states[place].isAll = sweep.kept.count < room
      states[place].changes = sweep.changes
    }
  }
}

extension StandingRun {
  /// A stage that asks more than the columns have bits for, line by line; compared anew every time.
  private func reference(_ stage: ResolvedStage, top: Int) -> Matching.Sweep {
    let evaluator = Evaluator(corpus: corpus)
    var sweep = Matching.Sweep()
    sweep.changes = Day.none
    for (id, line) in lines {
      let score = PairScore(evaluator.evaluate(stage, line), line: matching.index.line(id) ?? 0)
      sweep.verdicts[Int(score.rank)] += 1
      if !score.isConflict { sweep.kept.append(score) }
    }
    sweep.kept = Array(sweep.kept.sorted { $0.precedes($1) }.prefix(top))
    return sweep
  }
}
