import Matcher
import MatcherIndex

/// The façade of the columns: demands in, ranked and explained pairs out, as `MatchEngine` gives
/// them.
///
/// All pairs are decided on columns; the reference evaluator makes the record of those that are
/// listed, from which explanation, questions and relaxation are read. Any thread may use it.
public struct ColumnEngine: Sendable {
  /// Gives a line of an index whole, by its ordinal.
  public typealias Lines = @Sendable (UInt32) -> ResolvedLine?

  public let matching: Matching
  /// Those in memory, by id, of equal ids the one that counts first; none where they are fetched.
  private let resolved: [ResolvedLine]
  private let lines: Lines
  private let evaluator: Evaluator

  /// An engine over lines in memory. O(size of the records).
  public init(corpus: Corpus, platforms: [Platform], asOf: CivilDate) {
    self.init(
      MatchEngine(corpus: corpus, platforms: platforms).lines, corpus: corpus, asOf: asOf,
      after: nil)
  }

  /// An engine over an index whose lines are fetched when they are listed.
  public init(_ matching: Matching, lines: @escaping Lines) {
    self.init(matching, resolved: [], lines: lines)
  }

  /// - Parameter resolved: by id, of equal ids the one that counts first.
  private init(
    _ resolved: [ResolvedLine], corpus: Corpus, asOf: CivilDate, after other: LineIndex?
  ) {
    var lines: [ResolvedLine] = []
    lines.reserveCapacity(resolved.count)
    for line in resolved where lines.last?.line.id != line.line.id { lines.append(line) }
    let index = LineIndex(lines, corpus: corpus, after: other)
    let known = lines
    self.init(Matching(index, corpus: corpus, asOf: asOf), resolved: resolved) { known[Int($0)] }
  }

  private init(_ matching: Matching, resolved: [ResolvedLine], lines: @escaping Lines) {
    self.matching = matching
    self.resolved = resolved
    self.lines = lines
    evaluator = Evaluator(corpus: matching.corpus)
  }

  /// The engine with some platforms as they are now; what was worked out for the others is taken over,
  /// and the columns are made anew of both. Equal to an engine over all platforms.
  ///
  /// - Parameters:
  ///   - ids: the platforms whose lines leave.
  ///   - platforms: those of them that stand now, ascending by id.
  /// - Precondition: This engine is over lines in memory, its platforms ascending by id.
  /// - Complexity: O(lines), without reading a record but those given.
  public func replacing(_ ids: Set<String>, by platforms: [Platform]) -> ColumnEngine {
    let fresh = MatchEngine(corpus: matching.corpus, platforms: platforms).lines
    var merged: [ResolvedLine] = []
    merged.reserveCapacity(resolved.count + fresh.count)
    var next = fresh.startIndex
    for line in resolved where !ids.contains(line.platform.id) {
      while next < fresh.endIndex, fresh[next].stands(before: line) {
        merged.append(fresh[next])
        next += 1
      }
      merged.append(line)
    }
    merged += fresh[next...]
    return ColumnEngine(
      merged, corpus: matching.corpus, asOf: matching.asOf, after: matching.index)
  }

  /// The ranked lines for each stage of a demand, in the demand's own order of stages; the same as
  /// `MatchEngine.match`.
  ///
  /// - Parameter options: its as-of date must be the one of `matching`.
  public func match(_ demand: Demand, options: MatchOptions, worker: Worker) -> [StageResult] {
    demand.stages.map { stage in
      let resolved = matching.resolve(demand, stage, preferred: options.preferred)
      guard
        let scores = matching.match(resolved, options: options, counts: true, worker: worker)
      else {
        // The stage asks more than the columns have bits for.
        let all = (0..<UInt32(matching.index.count)).lazy.compactMap(lines)
        return evaluator.result(demand, stage, resolved, all, options)
      }
      let evaluations = scores.matches.compactMap { score in
        lines(score.line).map { evaluator.evaluate(resolved, $0) }
      }
      return StageResult(
        demand: demand, stage: stage, matches: evaluations,
        summary: StageSummary(
          lines: matching.index.count, verdicts: scores.verdicts, removed: scores.removed,
          best: scores.best.map {
            Score(low: $0.low, expected: $0.expected, high: $0.high, weight: $0.weight)
          },
          lowestTotal: demand.totalBudget == nil
            ? nil : matching.lowestTotal(resolved, worker: worker),
          overseas: scores.overseas))
    }
  }

  /// One pair with everything that was found out about it; nil when there is no such line.
  public func evaluate(_ stage: ResolvedStage, line: UInt32) -> Evaluation? {
    lines(line).map { evaluator.evaluate(stage, $0) }
  }
}

extension Matching {
  /// The lowest list price for the stage's quantity in CNY over the lines that fit or may fit; nil
  /// while none is known.
  func lowestTotal(_ stage: ResolvedStage, worker: Worker) -> Double? {
    var options = MatchOptions(asOf: asOf)
    options.top = index.count
    options.rows = .line
    let grader = PriceGrader(.ofAnySize, stage, money, setting, asOf: asOf)
    guard let scores = match(stage, options: options, counts: false, worker: worker) else {
      return nil
    }
    let table = index.table(Family.price.rawValue)
    let totals = scores.matches.filter { $0.verdict >= .potential }.compactMap {
      [index, money, setting] in
      grader.total(index.facet(of: $0.line, .price), table, money, setting)
    }
    return totals.min()
  }
}

extension ResolvedLine {
  fileprivate func stands(before other: ResolvedLine) -> Bool {
    line.id == other.line.id ? platform.id < other.platform.id : line.id < other.line.id
  }
}
