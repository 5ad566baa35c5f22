import Brokerage
import Ledger
import Matcher

/// Everything that a run found: a pure value, of which every file of the run is a function.
package struct NightData: Sendable {
  /// `2026-11-22-1`: the day and the number of the run on it.
  package let run: String
  package let asOf: CivilDate
  package let corpus: Corpus
  /// The version of the program, for imprints.
  package let program: String
  /// What was matched. `sources` has the version, the park and the notes of every record that stands.
  package let world: StandingWorld
  package let history: NightHistory
  /// How many lines are listed for a stage.
  package let top: Int
  /// Demands in the order of their ids, stages in the demand's own.
  package let stages: [NightStage]
  package let previous: NightPrevious?
  /// In the order of pairs.
  package let changes: [NightChange]
  package let quality: NightQuality
  /// Records by their id.
  package let demands: [String: Demand]
  package let platforms: [String: Platform]

  package init(
    run: String, asOf: CivilDate, corpus: Corpus, program: String, world: StandingWorld,
    history: NightHistory, top: Int, stages: [NightStage], previous: NightPrevious?,
    changes: [NightChange], quality: NightQuality
  ) {
    self.run = run
    self.asOf = asOf
    self.corpus = corpus
    self.program = program
    self.world = world
    self.history = history
    self.top = top
    self.stages = stages
    self.previous = previous
    self.changes = changes
    self.quality = quality
    demands = Dictionary(world.demands.map { ($0.id, $0) }) { first, _ in first }
    platforms = Dictionary(world.platforms.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The pair with all that was found out about it, made again by the reference evaluator: words,
  /// explanation and questions are readings of it. nil when demand, stage or line is not in the world.
  ///
  /// - Complexity: O(criteria) and the reading of both sides' constants; not for all pairs of a night.
  package func evaluation(of match: NightMatch) -> Evaluation? {
    guard let demand = demands[match.demand], let platform = platforms[match.platform],
      let stage = demand.stages.first(where: { $0.id == match.stage }),
      let line = platform.lines.first(where: { $0.id == match.line })
    else { return nil }
    let evaluator = Evaluator(corpus: corpus)
    return evaluator.evaluate(
      evaluator.resolve(demand, stage, asOf: asOf), evaluator.resolve(platform, line))
  }
}

/// The run that this one is compared with.
package struct NightPrevious: Sendable {
  package let run: String
  package let asOf: CivilDate
  /// The last entry of the ledger that it looked at.
  package let seq: Int64
  /// As it stands in the run's folder and in the ledger.
  package let manifest: JSONObject
  /// Its stages by `demand` and `demand\u{1F}stage`: fitting, to confirm, close, not fitting.
  package let verdicts: [String: [Int]]

  package init(
    run: String, asOf: CivilDate, seq: Int64, manifest: JSONObject, verdicts: [String: [Int]]
  ) {
    self.run = run
    self.asOf = asOf
    self.seq = seq
    self.manifest = manifest
    self.verdicts = verdicts
  }
}
