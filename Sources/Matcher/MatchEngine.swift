/// The façade: demands and platforms in, ranked pairs out.
///
/// Any thread may use it; it is immutable. It decides every pair with the reference evaluator.
public struct MatchEngine: Sendable {
  public let corpus: Corpus
  public let lines: [ResolvedLine]
  private let evaluator: Evaluator

  /// Works out what does not depend on a demand. O(size of the records).
  public init(corpus: Corpus, platforms: [Platform]) {
    let evaluator = Evaluator(corpus: corpus)
    self.corpus = corpus
    self.evaluator = evaluator
    lines = platforms.flatMap { platform in
      platform.lines.map { evaluator.resolve(platform, $0) }
    }.sorted { $0.line.id < $1.line.id }
  }

  /// The ranked lines for each stage of a demand, in the demand's own order of stages.
  ///
  /// - Parameter hides: pairs that are counted, but not listed; nil for none.
  /// - Returns: A result a stage; its matches in ranking order, ties by line id. Pairs that do not
  ///   fit are counted in the summary and listed only on request.
  /// - Complexity: O(stages × lines × criteria).
  public func match(
    _ demand: Demand, options: MatchOptions, hides: StageResult.Hides? = nil
  ) -> [StageResult] {
    demand.stages.map { stage in
      let resolved = evaluator.resolve(
        demand, stage, asOf: options.asOf, preferred: options.preferred)
      return evaluator.result(demand, stage, resolved, lines, options, hides: hides)
    }
  }

  /// One pair, whatever its verdict; nil when the line or the stage does not exist.
  public func evaluate(
    _ demand: Demand, stage id: String? = nil, line lineID: String, options: MatchOptions
  ) -> Evaluation? {
    guard let stage = demand.stages.first(where: { id == nil || $0.id == id }),
      let line = lines.first(where: { $0.line.id == lineID })
    else { return nil }
    let resolved = evaluator.resolve(
      demand, stage, asOf: options.asOf, preferred: options.preferred)
    return evaluator.evaluate(resolved, line)
  }
}

extension Evaluator {
  /// A stage against lines, one by one. O(lines × criteria).
  ///
  /// - Parameter hides: pairs that are counted, but not listed; nil for none.
  package func result(
    _ demand: Demand, _ stage: Stage, _ resolved: ResolvedStage,
    _ lines: some Sequence<ResolvedLine>, _ options: MatchOptions, hides: StageResult.Hides? = nil
  ) -> StageResult {
    var ranking = Ranking(options: options) { hides?(stage, $0.platform.id, $0.line.id) ?? false }
    for line in lines {
      let evaluation = evaluate(resolved, line)
      ranking.add(evaluation)
      if demand.totalBudget != nil, evaluation.verdict >= .potential {
        ranking.note(total: lowestTotal(resolved, line))
      }
    }
    var listing = Listing(options)
    for match in ranking.matches { listing.add(isBare: match.isBareLead) { match } }
    listing.end()
    return StageResult(
      demand: demand, stage: stage, listing, hidden: ranking.hidden, summary: ranking.summary)
  }
}

/// The ranked pairs of one stage.
public struct StageResult: Sendable {
  public let demand: Demand
  public let stage: Stage
  /// In ranking order; the rank of a match is its place from 1.
  public let matches: [Evaluation]
  /// Pairs that stand behind `matches`, where they were to be counted; else 0.
  public let unlisted: Int
  /// Bare leads that were left out, where that was asked for.
  public let folded: Int
  /// Pairs that were left out as the caller hides them.
  public let hidden: Int
  public let summary: StageSummary

  /// Whether a line of a platform is left out of a stage's list, whatever its score.
  public typealias Hides = (_ stage: Stage, _ platform: String, _ line: String) -> Bool

  package init(
    demand: Demand, stage: Stage, matches: [Evaluation], unlisted: Int = 0, folded: Int = 0,
    hidden: Int = 0, summary: StageSummary
  ) {
    self.demand = demand
    self.stage = stage
    self.matches = matches
    self.unlisted = unlisted
    self.folded = folded
    self.hidden = hidden
    self.summary = summary
  }

  package init(
    demand: Demand, stage: Stage, _ listing: Listing, hidden: Int, summary: StageSummary
  ) {
    self.init(
      demand: demand, stage: stage, matches: listing.matches, unlisted: listing.unlisted,
      folded: listing.folded, hidden: hidden, summary: summary)
  }
}

/// What became of all lines for one stage.
public struct StageSummary: Sendable, Equatable {
  public private(set) var lines = 0
  public private(set) var verdicts: [Verdict: Int] = [:]
  /// By criterion: how many lines it removes, counted alone (a line that fails three counts for
  /// each).
  public private(set) var removed: [CriterionID: Int] = [:]

  /// The best expected score of any line that is not a conflict.
  public private(set) var best: Score?
  /// The lowest known total of a line that fits or may fit, in CNY; only for a demand with a total
  /// budget.
  public private(set) var lowestTotal: Double?

  /// Lines outside mainland China, Hong Kong and Macao that were left out of the matches.
  public private(set) var overseas = 0

  init() {}

  /// The summary of counts made elsewhere.
  package init(
    lines: Int, verdicts: [Verdict: Int], removed: [CriterionID: Int], best: Score?,
    lowestTotal: Double?, overseas: Int
  ) {
    self.lines = lines
    self.verdicts = verdicts
    self.removed = removed
    self.best = best
    self.lowestTotal = lowestTotal
    self.overseas = overseas
  }

  mutating func leaveOutOverseas() {
    overseas += 1
  }

  mutating func note(total: Double?) {
    guard let total else { return }
    lowestTotal = min(lowestTotal ?? total, total)
  }

  /// The best verdict of any line.
  public var verdict: Verdict {
    Verdict.allCases.last { verdicts[$0] ?? 0 > 0 } ?? .conflict
  }

  private mutating func noteBest(_ evaluation: Evaluation) {
    guard evaluation.verdict != .conflict else { return }
    let score = evaluation.score
    let isBetter = best.map {
      Score.compare(score.expected, score.weight, $0.expected, $0.weight) > 0
    }
    if isBetter ?? true { best = score }
  }

  mutating func count(_ evaluation: Evaluation) {
    noteBest(evaluation)
    lines += 1
    verdicts[evaluation.verdict, default: 0] += 1
    for outcome in evaluation.outcomes where outcome.failure != nil {
      removed[outcome.criterion, default: 0] += 1
    }
  }
}

extension StageResult {
  /// The counts alone, for a summary of many demands.
  public var withoutMatches: StageResult {
    StageResult(demand: demand, stage: stage, matches: [], summary: summary)
  }
}

/// A demand with several stages as a whole: the weakest stage decides.
public struct DemandOverall: Sendable {
  /// The weakest of the stages' best verdicts.
  public let verdict: Verdict
  /// The smallest of the stages' best expected scores; nil when a stage has none.
  public let expected: Score?
  /// The stages' lowest totals together, in CNY; nil while one is not known.
  public let lowestTotal: Double?
  /// The demand's total budget in CNY.
  public let budget: Double?

  /// nil for a demand without stages of its own.
  public init?(_ results: [StageResult], corpus: Corpus, asOf: CivilDate) {
    guard let first = results.first, first.stage.id != nil else { return nil }
    verdict = results.map(\.summary.verdict).min() ?? .conflict
    let best = results.compactMap(\.summary.best)
    expected =
      best.count < results.count
      ? nil
      : best.min { Score.compare($0.expected, $0.weight, $1.expected, $1.weight) < 0 }
    budget = first.demand.totalBudget.flatMap {
      corpus.policy.cny($0.maximum, currency: $0.currency, on: asOf)
    }
    let totals = results.compactMap(\.summary.lowestTotal)
    lowestTotal = totals.count == results.count ? totals.reduce(0, +) : nil
  }
}
