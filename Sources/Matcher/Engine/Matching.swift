import Matcher
import MatcherIndex
import Synchronization

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
  private let evaluator: Evaluator
  /// Of different grades that a criterion may give before blocks are read row by row.
  let gradeLimit: Int

  /// O(units + regions).
  public convenience init(_ index: LineIndex, corpus: Corpus, asOf: CivilDate) {
    self.init(index, corpus: corpus, asOf: asOf, distances: PlaceDistances(index, corpus: corpus))
  }

  /// - Parameter gradeLimit: for tests.
  init(
    _ index: LineIndex, corpus: Corpus, asOf: CivilDate, distances: PlaceDistances,
    gradeLimit: Int = GradeTable.most
  ) {
    self.gradeLimit = gradeLimit
    self.index = index
    self.corpus = corpus
    self.asOf = asOf
    setting = Setting(corpus, asOf: asOf)
    money = Money(index, corpus: corpus, asOf: asOf)
    days = WorkDays(
      asOf: asOf, regions: (0..<UInt32(index.regions.count)).map { index.regions[$0] },
      corpus: corpus)
    self.distances = distances
    evaluator = Evaluator(corpus: corpus)
  }

  /// The same index on another day. Plans made for one serve the other until an exchange rate or an
  /// instrument changes (`Setting.moneyHolds`).
  convenience init(_ other: Matching, asOf: CivilDate) {
    self.init(other.index, corpus: other.corpus, asOf: asOf, distances: other.distances)
  }

  /// A few lines, numbered as another index has its words, on the same day.
  init(_ index: LineIndex, like home: Matching, distances: PlaceDistances? = nil) {
    self.index = index
    corpus = home.corpus
    asOf = home.asOf
    setting = home.setting
    money = home.money
    days = home.days
    self.distances = distances ?? PlaceDistances(index, corpus: home.corpus)
    evaluator = home.evaluator
    gradeLimit = home.gradeLimit
  }

  var context: GradeContext {
    GradeContext(setting: setting, days: days, money: money, distances: distances)
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
    StagePlan(stage, self).map {
      match($0, options: options, counts: counts, gone: nil, worker: worker)
    }
  }

  /// The same with a plan that serves here.
  ///
  /// - Parameter gone: by slot, not 0 where a line is no longer there: it is neither listed nor counted,
  ///   but as a conflict where conflicts are not looked at; nil while all are.
  func match(
    _ plan: StagePlan, options: MatchOptions, counts: Bool, gone: Column<UInt8>?, worker: Worker
  ) -> StageScores {
    let isComplete = counts || options.includesConflict
    if worker.helpers.count > 1, index.count >= worker.sharesFrom {
      return together(plan, options, counts: counts, isComplete: isComplete, gone, worker)
    }
    var collector = Collector(index, options: options, countsRemoved: counts, gone: gone)
    let scanner = Scanner(
      plan: plan, matching: self, isComplete: isComplete, scratch: worker.scratch, gone: gone)
    scanner.scan(into: &collector)
    var scores = StageScores(collector, plan)
    if options.foldsLeads { scores.markBareLeads(scanner) }
    return scores
  }

  /// The same by several threads, each with a part of the blocks: parts of about equal lines, more than
  /// there are threads, so that one that is done takes another.
  private func together(
    _ plan: StagePlan, _ options: MatchOptions, counts: Bool, isComplete: Bool,
    _ gone: Column<UInt8>?, _ worker: Worker
  ) -> StageScores {
    let passage = index.passage(plan.services)
    let shares = shares(
      isComplete ? (0..<Int32(truncatingIfNeeded: index.blocks.count)).map(\.self) : passage.order,
      parts: 4 * worker.helpers.count)
    let memory = worker.memory(shares.count)
    let found = Mutex([StageScores?](repeating: nil, count: shares.count))
    worker.helpers(shares.count) { part in
      var collector = Collector(index, options: options, countsRemoved: counts, gone: gone)
      let scanner = Scanner(
        plan: plan, matching: self, isComplete: isComplete, scratch: memory[part], gone: gone)
      scanner.scan(shares[part], isFirst: part == 0, into: &collector)
      var scores = StageScores(collector, plan)
      if options.foldsLeads { scores.markBareLeads(scanner) }
      found.withLock { $0[part] = scores }
    }
    let parts = found.withLock { $0 }.compactMap(\.self)
    return StageScores(parts, options: options, platformOf: index.platformOf)
      ?? StageScores(
        Collector(index, options: options, countsRemoved: counts, gone: gone), plan)
  }

  /// Blocks in their order, cut into parts of about equal lines; at least one part.
  private func shares(_ blocks: [Int32], parts: Int) -> [ArraySlice<Int32>] {
    let lines = blocks.reduce(0) { $0 + Int(index.blocks[Int($1)].slots) }
    var shares: [ArraySlice<Int32>] = []
    var (start, done) = (0, 0)
    for (place, block) in blocks.enumerated() {
      done += Int(index.blocks[Int(block)].slots)
      guard done * parts >= lines * (shares.count + 1) else { continue }
      shares.append(blocks[start...place])
      start = place + 1
    }
    if start < blocks.count || shares.isEmpty { shares.append(blocks[start...]) }
    return shares
  }
}

/// The memory of one thread of work, used again for every demand; and who helps it with a single one.
public final class Worker {
  let scratch = Scratch()
  let helpers: Workers
  /// From so many lines on, one stage is worth the time to call them.
  let sharesFrom: Int
  private var others: [Scratch] = []

  /// What was done for its demands: criteria of rows that were added up, those common to a block once,
  /// and postings of words that were read.
  public struct Counts: Sendable, Equatable {
    public var criteria = 0
    public var postings = 0

    public init(criteria: Int = 0, postings: Int = 0) {
      self.criteria = criteria
      self.postings = postings
    }
  }

  /// A worker that counts what it does, which costs some time.
  public static func counting() -> Worker {
    let worker = Worker()
    worker.scratch.criteria = 0
    worker.scratch.texts.counted = 0
    return worker
  }

  /// What was done so far; nil for one that does not count.
  public var counts: Counts? {
    scratch.criteria.map { Counts(criteria: $0, postings: scratch.texts.counted ?? 0) }
  }

  /// - Parameter helpers: decide a stage together where there are many lines. With many demands each
  ///   thread is better off with a worker and demands of its own.
  public convenience init(helpers: Workers = .one) {
    self.init(helpers: helpers, sharesFrom: 4096)
  }

  init(helpers: Workers, sharesFrom: Int) {
    self.helpers = helpers
    self.sharesFrom = sharesFrom
  }

  /// Memory for parts of one stage.
  fileprivate func memory(_ parts: Int) -> PartMemory {
    while others.count < parts { others.append(Scratch()) }
    return PartMemory(scratch: others)
  }
}

/// `@unchecked`: each part is done once at a time, and touches its own.
private struct PartMemory: @unchecked Sendable {
  let scratch: [Scratch]

  subscript(part: Int) -> Scratch { scratch[part] }
}

/// The best pairs of one stage with what became of all lines.
public struct StageScores: Sendable {
  /// In ranking order.
  public private(set) var matches: [PairScore]
  /// How many lines have each verdict.
  public private(set) var verdicts: [Verdict: Int]
  /// By criterion: how many lines it removes, counted alone; empty unless it was asked for.
  public private(set) var removed: [CriterionID: Int]
  /// The best expected score of a line that is no conflict.
  public private(set) var best: PairScore?
  /// Lines left out of the matches because they are outside mainland China, Hong Kong and Macao.
  public private(set) var overseas: Int
  /// Lines whose criteria were looked at.
  public private(set) var evaluated: Int

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

extension StageScores {
  /// Tells which pairs are bare leads: what is known of them weighs as much as service and words alone.
  fileprivate mutating func markBareLeads(_ scanner: Scanner) {
    for place in matches.indices where matches[place].group == 4 {
      let score = matches[place]
      let service = scanner.service(scanner.index.place(of: score.line).block).sums[3]
      let words = score.text < 0 ? 0 : scanner.plan.textWeight
      matches[place].isBareLead = score.known == service + words
    }
  }

  /// What was found among some lines and among others, numbered together.
  ///
  /// - Parameters:
  ///   - scores: the lines of `matches` and `best` have their common numbers; at least one.
  ///   - platformOf: by line, where lines of a platform may be among several; nil where they are not.
  init?(_ scores: [StageScores], options: MatchOptions, platformOf: Column<UInt32>? = nil) {
    guard var all = scores.first else { return nil }
    for other in scores.dropFirst() {
      all.matches += other.matches
      all.verdicts.merge(other.verdicts, uniquingKeysWith: +)
      all.removed.merge(other.removed, uniquingKeysWith: +)
      all.best = [all.best, other.best].compactMap(\.self).min { $0.isBetter(than: $1) }
      all.overseas += other.overseas
      all.evaluated += other.evaluated
    }
    all.matches.sort { $0.precedes($1) }
    if options.rows == .platform, let platformOf {
      var seen: Set<UInt32> = []
      all.matches = all.matches.filter { seen.insert(platformOf[Int($0.line)]).inserted }
    }
    all.matches = Array(all.matches.prefix(options.top))
    self = all
  }

  /// The same, found in one segment, with lines numbered as all are.
  func numbered(_ lines: EngineLines, segment: Int) -> StageScores {
    var scores = self
    scores.matches = lines.numbered(matches, in: segment)
    scores.best = best.map { lines.numbered([$0], in: segment)[0] }
    return scores
  }
}
