import Matcher
import MatcherIndex

/// Demands that stand, made ready once: answers at once for which of them a new or changed line is
/// one that fits.
///
/// Immutable; any number of threads may use one. Memory: about 10 KB a stage.
public final class StandingDemands: Sendable {
  /// A stage with what a line is to it.
  public struct Hit: Sendable {
    /// The stage's place: demands in the order given, stages in the demand's.
    public let stage: Int
    /// The line's id.
    public let line: String
    public let score: PairScore
  }

  /// A stage with its plan.
  private struct Entry: Sendable {
    let demand: Demand
    let stage: Stage
    let resolved: ResolvedStage
    /// nil for a stage that asks more than the columns have bits for.
    let plan: StagePlan?
  }

  private let home: Matching
  private let entries: [Entry]
  /// Stages that ask the same services: they stand to a line alike.
  private let groups: [[Int]]

  /// O(demands); spread over the workers.
  ///
  /// - Parameter home: the catalogue on the day that lines are compared on.
  public init(_ demands: [Demand], home: Matching, workers: Workers = .one) {
    self.home = home
    let stages = demands.flatMap { demand in demand.stages.map { (demand, $0) } }
    let made = Ordered<Entry>()
    workers.ordered(
      stages.count, chunk: 64, state: { 0 },
      work: { range, _ in
        range.map { place in
          let (demand, stage) = stages[place]
          let resolved = home.resolve(demand, stage)
          return Entry(
            demand: demand, stage: stage, resolved: resolved, plan: StagePlan(resolved, home))
        }
      },
      emit: { part in
        made.add(part)
        return true
      })
    entries = made.values
    var groups: [[Int32]: [Int]] = [:]
    for (place, entry) in entries.enumerated() {
      groups[entry.stage.ask.services.map(\.ordinal), default: []].append(place)
    }
    self.groups = groups.values.sorted { $0[0] < $1[0] }
  }

  /// The number of stages.
  public var count: Int { entries.count }

  /// The demand and the stage at a place.
  public subscript(place: Int) -> (demand: Demand, stage: Stage) {
    (entries[place].demand, entries[place].stage)
  }

  /// The stages for which some lines of a platform are no conflict, by place, then line id.
  ///
  /// - Complexity: O(groups of equal services + stages that ask a related service × lines ×
  ///   criteria).
  public func hits(_ platform: Platform, workers: Workers = .one) -> [Hit] {
    let evaluator = Evaluator(corpus: home.corpus)
    return hits(platform.lines.map { evaluator.resolve(platform, $0) }, workers: workers)
  }

  func hits(_ lines: [ResolvedLine], workers: Workers) -> [Hit] {
    guard !lines.isEmpty else { return [] }
    // A line may say what no line said before: then the plans have no number for it.
    guard let own = Matching(lines, like: home) else {
      let index = LineIndex(lines, corpus: home.corpus)
      return hits(Matching(index, corpus: home.corpus, asOf: home.asOf), isHome: false, workers)
    }
    return hits(own, isHome: true, workers)
  }

  private func hits(_ lines: Matching, isHome: Bool, _ workers: Workers) -> [Hit] {
    let places = related(to: lines)
    let all = (0..<UInt32(lines.index.count)).map { $0 }
    let found = Ordered<Hit>()
    workers.ordered(
      places.count, chunk: 256, state: { Worker() },
      work: { [entries] range, worker in
        var hits: [Hit] = []
        for number in range {
          let entry = entries[places[number]]
          let plan = isHome ? entry.plan : StagePlan(entry.resolved, lines)
          guard let plan else { continue }
          let scanner = Scanner(
            plan: plan, matching: lines, isComplete: true, scratch: worker.scratch)
          for score in scanner.scores(of: all) where !score.isConflict {
            hits.append(
              Hit(stage: places[number], line: lines.index.id(score.line), score: score))
          }
        }
        return hits
      },
      emit: { part in
        found.add(part)
        return true
      })
    return found.values
  }

  /// The stages whose services do not rule out every line, ascending.
  private func related(to lines: Matching) -> [Int] {
    let scratch = Scratch()
    var places: [Int] = []
    for group in groups {
      guard let plan = entries[group[0]].plan else {
        places += group
        continue
      }
      let scanner = Scanner(plan: plan, matching: lines, isComplete: true, scratch: scratch)
      let isRelated = lines.index.blocks.buffer.contains {
        scanner.service($0).causes & Cell.final == 0
      }
      if isRelated { places += group }
    }
    return places.sorted()
  }
}

/// What workers handed out, in order.
final class Ordered<Value>: @unchecked Sendable {
  private(set) var values: [Value] = []

  /// Called by one thread at a time.
  func add(_ part: [Value]) {
    values += part
  }
}
