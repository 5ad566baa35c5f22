import Matcher
import MatcherIndex
import MatcherTestSupport

@testable import MatcherEngine

/// The columns' answer beside the reference evaluator's, field by field.
enum Comparison {
  /// What differs between the two for every stage of some demands against all lines; nil if
  /// nothing.
  static func difference(
    demands: [Demand], platforms: [Platform], asOf: CivilDate, preferred: [String: Int] = [:],
    gradeLimit: Int = GradeTable.most
  ) -> String? {
    let corpus = TestCorpus.shared
    let reference = MatchEngine(corpus: corpus, platforms: platforms)
    let index = LineIndex(reference.lines, corpus: corpus)
    let matching = Matching(
      index, corpus: corpus, asOf: asOf, distances: PlaceDistances(index, corpus: corpus),
      gradeLimit: gradeLimit)
    let worker = Worker()
    var options = MatchOptions(asOf: asOf)
    options.top = 1_000_000
    options.rows = .line
    options.includesConflict = true
    options.preferred = preferred
    for demand in demands {
      for (stage, result) in zip(demand.stages, reference.match(demand, options: options)) {
        let resolved = matching.resolve(demand, stage, preferred: preferred)
        guard
          let scores = matching.match(resolved, options: options, counts: true, worker: worker)
        else { return "\(demand.id)/\(stage.id ?? "-"): no plan" }
        if let found = difference(scores, result, index) {
          return "\(demand.id)/\(stage.id ?? "-"): \(found)"
        }
        if let found = shortLists(demand, stage, resolved, reference, matching, worker, options) {
          return "\(demand.id)/\(stage.id ?? "-"): \(found)"
        }
      }
    }
    return nil
  }

  private static func difference(
    _ scores: StageScores, _ result: StageResult, _ index: LineIndex
  ) -> String? {
    guard scores.matches.count == result.matches.count else {
      return "\(scores.matches.count) lines for \(result.matches.count)"
    }
    for (rank, (own, wanted)) in zip(scores.matches, result.matches).enumerated() {
      let found = describe(own, index)
      let expected = describe(wanted)
      if found != expected { return "rank \(rank + 1): \(found) for \(expected)" }
    }
    if scores.verdicts != result.summary.verdicts {
      return "verdicts \(scores.verdicts) for \(result.summary.verdicts)"
    }
    if scores.removed != result.summary.removed {
      return "removed \(scores.removed) for \(result.summary.removed)"
    }
    let best = scores.best.map { [$0.expected, $0.weight, $0.low] }
    let wanted = result.summary.best.map { [$0.expected, $0.weight, $0.low] }
    return best == wanted
      ? nil : "best \(String(describing: best)) for \(String(describing: wanted))"
  }

  private static func describe(_ score: PairScore, _ index: LineIndex) -> String {
    [
      index.id(score.line), score.verdict.rawValue, "\(score.group)", "\(score.low)",
      "\(score.expected)", "\(score.high)", "\(score.weight)", "\(score.known)",
      "\(score.questions)",
    ].joined(separator: " ")
  }

  private static func describe(_ evaluation: Evaluation) -> String {
    let score = evaluation.score
    return [
      evaluation.line.line.id, evaluation.verdict.rawValue, "\(evaluation.judgment.group)",
      "\(score.low)", "\(score.expected)", "\(score.high)", "\(score.weight)",
      "\(evaluation.coverage.known)", "\(evaluation.questions.count)",
    ].joined(separator: " ")
  }

  /// Short lists by line and by platform, without conflicts, as a night asks for them.
  private static func shortLists(
    _ demand: Demand, _ stage: Stage, _ resolved: ResolvedStage, _ reference: MatchEngine,
    _ matching: Matching, _ worker: Worker, _ base: MatchOptions
  ) -> String? {
    for rows in [MatchOptions.Rows.line, .platform] {
      for overseas in [true, false] {
        var options = base
        options.top = 3
        options.rows = rows
        options.includesConflict = false
        options.includesOverseas = overseas
        guard
          let scores = matching.match(resolved, options: options, counts: false, worker: worker),
          let wanted = reference.match(demand, options: options).first(where: {
            $0.stage.id == stage.id
          })
        else { continue }
        let own = scores.matches.map { matching.index.id($0.line) }
        let lines = wanted.matches.map(\.line.line.id)
        if own != lines { return "best three by \(rows): \(own) for \(lines)" }
        if scores.verdicts != wanted.summary.verdicts { return "verdicts of a short list" }
        if scores.overseas != wanted.summary.overseas { return "overseas lines" }
      }
    }
    return nil
  }
}
