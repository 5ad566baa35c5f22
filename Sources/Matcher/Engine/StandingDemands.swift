import Matcher
import MatcherIndex

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
    let demand: Demand
    let stage: Stage
    /// nil for a stage that asks more than the columns have bits for.
    let plan: StagePlan?
  }

  private let home: Matching
  private let entries: [Entry]
  /// Stages that ask the same services: they stand to a line alike.
  private let groups: [[Int]]
  private let shared: SharedCriteria

  /// O(demands); spread over the workers.
  ///
  /// - Parameter home: the catalogue on the day that lines are compared on.
  public init(_ demands: [Demand], home: Matching, workers: Workers = .one) {
    self.home = home
    let stages = demands.flatMap { demand in demand.stages.map { (demand, $0) } }
    entries = workers.map(stages) { demand, stage in
      Entry(demand: demand, stage: stage, plan: StagePlan(home.resolve(demand, stage), home))
    }
    shared = SharedCriteria(entries.map(\.plan))
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
    let spots = spots(segment.index)
    let found = InOrder<Hit>()
    workers.ordered(
      places.count, chunk: 256,
      state: { (Worker(), segment.isForeign ? nil : LineGrades(shared, segment.matching)) },
      work: { range, state in
        range.flatMap { hits(places[$0], segment, spots, state.0, state.1) }
      },
      emit: { part in
        found.add(part)
        return true
      })
    return found.values
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

  /// What the lines are to one stage.
  ///
  /// - Parameter grades: nil where the plans' numbers do not hold.
  private func hits(
    _ place: Int, _ segment: Segment, _ spots: [Spot], _ worker: Worker, _ grades: LineGrades?
  ) -> [Hit] {
    var hits: [Hit] = []
    var scanner: Scanner?
    for line in spots {
      if let grades, !grades.mayFit(place, rows: line.rows) { continue }
      if scanner == nil {
        guard let plan = entries[place].plan.flatMap({ segment.plan($0) }) else { return [] }
        scanner = Scanner(
          plan: plan, matching: segment.matching, isComplete: false, scratch: worker.scratch,
          known: grades.map { ($0, place) })
      }
      guard let score = scanner?.single(line.spot, bound: nil, text: nil).score else { continue }
      hits.append(Hit(stage: place, line: segment.index.id(score.line), score: score))
    }
    return hits
  }

  /// The stages whose services do not rule out every line, ascending.
  private func related(to index: LineIndex) -> [Int] {
    groups.filter { group in
      let services = entries[group[0]].stage.ask.services.map { Int($0.ordinal) }
      return index.passage(services).slots > 0
    }.flatMap { $0 }.sorted()
  }
}
