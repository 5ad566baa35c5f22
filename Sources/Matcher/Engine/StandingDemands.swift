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
          return Entry(demand: demand, stage: stage, plan: StagePlan(resolved, home))
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
    let segment = Segment(lines, base: home)
    let places = related(to: segment.index)
    let spots = (0..<UInt32(segment.index.count)).map { line in
      let (block, row) = segment.index.place(of: line)
      return Scanner.Spot(slot: segment.index.slotOfLine[Int(line)], block: block, row: row)
    }
    let found = Ordered<Hit>()
    workers.ordered(
      places.count, chunk: 256, state: { Worker() },
      work: { [entries] range, worker in
        var hits: [Hit] = []
        for number in range {
          let entry = entries[places[number]]
          guard let plan = entry.plan.flatMap({ segment.plan($0) }) else { continue }
          let scanner = Scanner(
            plan: plan, matching: segment.matching, isComplete: false, scratch: worker.scratch)
          for spot in spots {
            guard let score = scanner.single(spot, bound: nil, text: nil).score else { continue }
            hits.append(
              Hit(stage: places[number], line: segment.index.id(score.line), score: score))
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
  private func related(to index: LineIndex) -> [Int] {
    groups.filter { group in
      let services = entries[group[0]].stage.ask.services.map { Int($0.ordinal) }
      return index.passage(services).slots > 0
    }.flatMap { $0 }.sorted()
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
