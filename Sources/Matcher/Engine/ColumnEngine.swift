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

  /// The columns the engine was made over. Lines that came since (`replacing`) are not among them, and
  /// have other numbers.
  public let matching: Matching
  let lines: EngineLines
  private let records: Records
  private let evaluator: Evaluator

  /// Lines in memory, by id, of equal ids the one that counts first; none where they are fetched.
  private struct Records: Sendable {
    /// Those of the base, whoever of them left since.
    var base: [ResolvedLine] = []
    /// Those of platforms that came since, and the platforms of the base that left.
    var fresh: [ResolvedLine] = []
    var replaced: Set<String> = []
    /// Whether two lines of the base have the same id.
    var hasTwins = false
  }

  /// When lines that came since are more than one in so many, the columns are made anew with them.
  private static let compaction = 8

  /// An engine over lines in memory. O(size of the records).
  ///
  /// - Parameter workers: build it together; it is the same for any number.
  public init(
    corpus: Corpus, platforms: [Platform], asOf: CivilDate, workers: Workers = .one
  ) {
    self.init(
      MatchEngine(corpus: corpus, platforms: platforms).lines, corpus: corpus, asOf: asOf,
      after: nil, workers: workers)
  }

  /// An engine over an index whose lines are fetched when they are listed.
  public init(_ matching: Matching, lines: @escaping Lines) {
    self.init(EngineLines(base: Segment(base: matching, lines)), Records())
  }

  /// - Parameter resolved: by id, of equal ids the one that counts first.
  private init(
    _ resolved: [ResolvedLine], corpus: Corpus, asOf: CivilDate, after other: LineIndex?,
    workers: Workers = .one
  ) {
    var lines: [ResolvedLine] = []
    lines.reserveCapacity(resolved.count)
    for line in resolved where lines.last?.line.id != line.line.id { lines.append(line) }
    let matching = Matching(
      LineIndex(lines, corpus: corpus, after: other, workers: workers), corpus: corpus, asOf: asOf)
    let (known, hasTwins) = (lines, lines.count != resolved.count)
    self.init(
      EngineLines(base: Segment(base: matching) { known[Int($0)] }),
      Records(base: resolved, hasTwins: hasTwins))
  }

  private init(_ lines: EngineLines, _ records: Records) {
    matching = lines.base.matching
    self.lines = lines
    self.records = records
    evaluator = Evaluator(corpus: matching.corpus)
  }

  // MARK: Lines

  /// How many lines there are.
  public var count: Int { lines.count }

  /// The number of a line, its place among the ids in ascending order; nil for an id that no line has.
  /// O(log *n*).
  public func line(_ id: String) -> UInt32? { lines.number(id) }

  /// The id of the platform of a line.
  public func platform(of line: UInt32) -> String { lines.platform(of: line) }

  /// The engine with some platforms as they are now. Equal to an engine over all platforms.
  ///
  /// What was worked out for the others is taken over as it is: their lines leave the columns by a mark,
  /// and those that came stand in columns of their own beside them. When those have grown to an eighth of
  /// all, or ids of lines meet across platforms, the columns are made anew of both.
  ///
  /// - Parameters:
  ///   - ids: the platforms whose lines leave.
  ///   - platforms: those of them that stand now, ascending by id.
  /// - Precondition: This engine is over lines in memory, its platforms ascending by id.
  /// - Complexity: O(lines that came since + lines, a few bytes each); O(lines) where the columns are
  ///   made anew. No record is read but those given.
  public func replacing(_ ids: Set<String>, by platforms: [Platform]) -> ColumnEngine {
    let arriving = MatchEngine(corpus: matching.corpus, platforms: platforms).lines
    var next = records
    next.replaced.formUnion(ids)
    next.fresh = ColumnEngine.merge(
      records.fresh.filter { !ids.contains($0.platform.id) }, arriving)
    guard !next.hasTwins, next.fresh.count * ColumnEngine.compaction <= records.base.count,
      !meets(next)
    else { return anew(next) }
    return ColumnEngine(
      EngineLines(base: lines.base, fresh: next.fresh, replacing: next.replaced), next)
  }

  /// Whether a line that came has the id of another one that is there.
  private func meets(_ next: Records) -> Bool {
    let index = lines.base.index
    var last: String?
    for line in next.fresh {
      let id = line.line.id
      if id == last { return true }
      last = id
      if let known = index.line(id), !next.replaced.contains(index.platform(of: known)) {
        return true
      }
    }
    return false
  }

  private func anew(_ next: Records) -> ColumnEngine {
    let stay = records.base.filter { !next.replaced.contains($0.platform.id) }
    return ColumnEngine(
      ColumnEngine.merge(stay, next.fresh), corpus: matching.corpus, asOf: matching.asOf,
      after: matching.index)
  }

  /// Both in one order: by id, then by platform.
  private static func merge(_ some: [ResolvedLine], _ others: [ResolvedLine]) -> [ResolvedLine] {
    var merged: [ResolvedLine] = []
    merged.reserveCapacity(some.count + others.count)
    var next = others.startIndex
    for line in some {
      while next < others.endIndex, others[next].stands(before: line) {
        merged.append(others[next])
        next += 1
      }
      merged.append(line)
    }
    return merged + others[next...]
  }

  // MARK: Answers

  /// The ranked lines for each stage of a demand, in the demand's own order of stages; the same as
  /// `MatchEngine.match`.
  ///
  /// - Parameters:
  ///   - options: its as-of date must be the one of `matching`.
  ///   - hides: pairs that are counted, but neither listed nor looked at further; nil for none.
  public func match(
    _ demand: Demand, options: MatchOptions, worker: Worker, hides: StageResult.Hides? = nil
  ) -> [StageResult] {
    // What is left out after the columns were read makes room for others.
    var wide = options
    if options.ranksAll || hides != nil { wide.top = .max }
    if hides != nil { wide.rows = .line }
    return demand.stages.map { stage in
      let resolved = matching.resolve(demand, stage, preferred: options.preferred)
      guard let scores = scores(resolved, wide, counts: true, worker) else {
        // The stage asks more than the columns have bits for.
        let all = (0..<UInt32(count)).lazy.compactMap(lines.record)
        return evaluator.result(demand, stage, resolved, all, options, hides: hides)
      }
      let (listing, hidden) = list(scores.matches, of: resolved, options, hides)
      return StageResult(
        demand: demand, stage: stage, listing, hidden: hidden,
        summary: StageSummary(
          lines: count, verdicts: scores.verdicts, removed: scores.removed,
          best: scores.best.map {
            Score(low: $0.low, expected: $0.expected, high: $0.high, weight: $0.weight)
          },
          lowestTotal: demand.totalBudget == nil ? nil : lowestTotal(resolved, worker),
          overseas: scores.overseas))
    }
  }

  /// The pairs that are listed, evaluated, and how many are hidden.
  private func list(
    _ scores: [PairScore], of stage: ResolvedStage, _ options: MatchOptions,
    _ hides: StageResult.Hides?
  ) -> (Listing, hidden: Int) {
    var listing = Listing(options)
    var hidden = 0
    var seen: Set<String> = []
    for score in scores {
      if let hides {
        let platform = lines.platform(of: score.line)
        guard !hides(stage.stage, platform, lines.id(of: score.line)) else {
          hidden += 1
          continue
        }
        guard options.rows == .line || seen.insert(platform).inserted else { continue }
      }
      listing.add(isBare: score.isBareLead) {
        lines.record(score.line).map { evaluator.evaluate(stage, $0) }
      }
    }
    listing.end()
    return (listing, hidden)
  }

  /// One pair with everything that was found out about it; nil when there is no such line.
  public func evaluate(_ stage: ResolvedStage, line: UInt32) -> Evaluation? {
    lines.record(line).map { evaluator.evaluate(stage, $0) }
  }

  /// The best lines of all segments; nil as for `Matching.match`.
  private func scores(
    _ stage: ResolvedStage, _ options: MatchOptions, counts: Bool, _ worker: Worker
  ) -> StageScores? {
    guard let plan = StagePlan(stage, matching) else { return nil }
    var parts: [StageScores] = []
    for (number, segment) in lines.segments.enumerated() {
      guard let own = segment.plan(plan) else { return nil }
      parts.append(
        segment.matching.match(
          own, options: options, counts: counts, gone: segment.gone, worker: worker
        ).numbered(lines, segment: number))
    }
    return StageScores(parts, options: options)
  }

  /// The lowest list price for the stage's quantity in CNY over the lines that fit or may fit; nil
  /// while none is known.
  private func lowestTotal(_ stage: ResolvedStage, _ worker: Worker) -> Double? {
    lines.segments.compactMap { segment in
      segment.plan(stage, base: matching).flatMap {
        segment.matching.lowestTotal(stage, $0, gone: segment.gone, worker: worker)
      }
    }.min()
  }
}

extension Segment {
  fileprivate func plan(_ stage: ResolvedStage, base: Matching) -> StagePlan? {
    StagePlan(stage, base).flatMap { plan($0) }
  }
}

extension Matching {
  /// The lowest list price for the stage's quantity in CNY over the lines that fit or may fit; nil
  /// while none is known.
  fileprivate func lowestTotal(
    _ stage: ResolvedStage, _ plan: StagePlan, gone: Column<UInt8>?, worker: Worker
  ) -> Double? {
    var options = MatchOptions(asOf: asOf)
    options.top = index.count
    options.rows = .line
    let grader = PriceGrader(.ofAnySize, stage, money, setting, asOf: asOf)
    let scores = match(plan, options: options, counts: false, gone: gone, worker: worker)
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
