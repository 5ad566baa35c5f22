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
  /// - Returns: A result a stage; its matches in ranking order, ties by line id. Pairs that do not
  ///   fit are counted in the summary and listed only on request.
  /// - Complexity: O(stages × lines × criteria).
  public func match(_ demand: Demand, options: MatchOptions) -> [StageResult] {
    demand.stages.map { stage in
      let resolved = evaluator.resolve(
        demand, stage, asOf: options.asOf, preferred: options.preferred)
      var ranking = Ranking(options: options)
      for line in lines { ranking.add(evaluator.evaluate(resolved, line)) }
      return StageResult(
        demand: demand, stage: stage, matches: ranking.matches, summary: ranking.summary)
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

/// The ranked pairs of one stage.
public struct StageResult: Sendable {
  public let demand: Demand
  public let stage: Stage
  /// In ranking order; the rank of a match is its place from 1.
  public let matches: [Evaluation]
  public let summary: StageSummary
}

/// What became of all lines for one stage.
public struct StageSummary: Sendable, Equatable {
  public private(set) var lines = 0
  public private(set) var verdicts: [Verdict: Int] = [:]
  /// By criterion: how many lines it removes, counted alone (a line that fails three counts for
  /// each).
  public private(set) var removed: [CriterionID: Int] = [:]

  mutating func count(_ evaluation: Evaluation) {
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
