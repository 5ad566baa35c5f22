import Matcher
import MatcherIndex
import Synchronization

/// Demands that stand, made ready once: answers at once for which of them a new or changed line is
/// one that fits.
///
/// Criteria that demands share are compared once (`SharedCriteria`): a stage whose criteria alone make
/// the line a conflict costs some bytes read, the others are decided as always.
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
    /// Its place among all stages.
    let place: Int
    let demand: Demand
    let stage: Stage
    /// nil for a stage that asks more than the columns have bits for.
    let plan: StagePlan?
  }

  private let home: Matching
  /// Stages that ask the same services side by side.
  private let entries: [Entry]
  /// By place: where a stage is among `entries`.
  private let entryOf: [Int]
  /// Of `entries`, those that ask the same services: they stand to a line alike.
  private let groups: [Range<Int>]
  private let shared: SharedCriteria

  /// O(demands); spread over the workers.
  ///
  /// - Parameter home: the catalogue on the day that lines are compared on.
  public init(_ demands: [Demand], home: Matching, workers: Workers = .one) {
    self.home = home
    let stages = demands.flatMap { demand in demand.stages.map { (demand, $0) } }
    let services = stages.map { $1.ask.services.map { Int($0.ordinal) } }
    let order = NeighbourOrder.places(services)
    entries = workers.map(order) { place in
      let (demand, stage) = stages[place]
      return Entry(
        place: place, demand: demand, stage: stage,
        plan: StagePlan(home.resolve(demand, stage), home))
    }
    var entryOf = [Int](repeating: 0, count: order.count)
    for (entry, place) in order.enumerated() { entryOf[place] = entry }
    self.entryOf = entryOf
    shared = SharedCriteria(entries.map(\.plan))
    var groups: [Range<Int>] = []
    for (entry, place) in order.enumerated() {
      if let last = groups.last, services[order[last.lowerBound]] == services[place] {
        groups[groups.count - 1] = last.lowerBound..<entry + 1
      } else {
        groups.append(entry..<entry + 1)
      }
    }
    self.groups = groups
  }

  /// The number of stages.
  public var count: Int { entries.count }

  /// The demand and the stage at a place.
  public subscript(place: Int) -> (demand: Demand, stage: Stage) {
    let entry = entries[entryOf[place]]
    return (entry.demand, entry.stage)
  }

  /// The stages for which some lines of a platform are no conflict, by place, then line id.
  ///
  /// - Complexity: O(groups of equal services + stages that ask a related service × lines ×
  ///   criteria + hits · log hits).
  public func hits(_ platform: Platform, workers: Workers = .one) -> [Hit] {
    let evaluator = Evaluator(corpus: home.corpus)
    return hits(platform.lines.map { evaluator.resolve(platform, $0) }, workers: workers)
  }

  func hits(_ lines: [ResolvedLine], workers: Workers) -> [Hit] {
    guard !lines.isEmpty else { return [] }
    let segment = Segment(lines, base: home)
    let related = related(to: segment.index)
    let spots = spots(segment.index)
    let found = Mutex<[Hit]>([])
    // Neighbours ask the same services and share criteria: each worker compares those of its part.
    workers.inParts(
      related.count, chunk: 256,
      state: { (Worker(), segment.isForeign ? nil : LineGrades(shared, segment.matching)) },
      work: { range, state in
        let part = range.flatMap { hits(related[$0], segment, spots, state.0, state.1) }
        found.withLock { $0 += part }
      })
    return found.withLock { $0 }.sorted { ($0.stage, $0.line) < ($1.stage, $1.line) }
  }

  /// A line with its rows, by their places among all rows of its index.
  private struct Spot {
    let spot: Scanner.Spot
    let rows: Range<Int>
  }

  private func spots(_ index: LineIndex) -> [Spot] {
    (0..<UInt32(index.count)).map { line in
      let (number, row) = index.place(of: line)
      let slot = index.slotOfLine[Int(line)]
      let first = Int(index.blocks[number].firstRow) + row
      var last = first + 1
      while last < index.rows, index.slotOf[last] == slot { last += 1 }
      return Spot(
        spot: Scanner.Spot(slot: slot, block: number, row: row), rows: first..<last)
    }
  }

  /// What the lines are to one of `entries`.
  ///
  /// - Parameter grades: nil where the plans' numbers do not hold.
  private func hits(
    _ entry: Int, _ segment: Segment, _ spots: [Spot], _ worker: Worker, _ grades: LineGrades?
  ) -> [Hit] {
    var hits: [Hit] = []
    var scanner: Scanner?
    for line in spots {
      if let grades, !grades.mayFit(entry, rows: line.rows) { continue }
      if scanner == nil {
        guard let plan = entries[entry].plan.flatMap({ segment.plan($0) }) else { return [] }
        scanner = Scanner(
          plan: plan, matching: segment.matching, isComplete: false, scratch: worker.scratch,
          known: grades.map { ($0, entry) })
      }
      guard let score = scanner?.single(line.spot, bound: nil, text: nil).score else { continue }
      hits.append(
        Hit(stage: entries[entry].place, line: segment.index.id(score.line), score: score))
    }
    return hits
  }

  /// Those of `entries` whose services do not rule out every line, ascending.
  private func related(to index: LineIndex) -> [Int] {
    groups.filter { group in
      let services = entries[group.lowerBound].stage.ask.services.map { Int($0.ordinal) }
      return index.passage(services).slots > 0
    }.flatMap { $0 }
  }
}
