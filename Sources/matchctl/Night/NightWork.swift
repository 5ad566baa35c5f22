import Brokerage
import Ledger
import Matcher
import MatcherEngine
import MatcherIndex

/// Makes the files of one run in a folder: ledger → world → snapshot → stages → difference → files.
struct NightWork {
  let inputs: NightInputs
  let plan: NightPlan
  let folder: String
  /// Where the files of runs before may be found.
  let runs: RunFolder
  let workers: Workers
  let standings: NightStandings
  let progress: @Sendable (NightPhase, Int) -> Void

  /// What a run is besides its files.
  struct Made {
    let manifest: NightManifest
    let data: NightData
    /// What is worth saying and depends on the machine: not part of the run.
    let notes: [String]
    let timings: NightTimings
  }

  func make() throws -> Made {
    var timings = NightTimings()
    progress(.ledger, 0)
    let (world, history, declined) = try readLedger()
    timings.note(.ledger)
    progress(.snapshot, 0)
    let writer = RunWriter(folder: folder)
    let snapshot = try self.snapshot(world, writer)
    timings.note(.snapshot)
    progress(.match, 0)
    let matching = NightMatching(
      demands: world.demands, platforms: world.platforms, index: snapshot.index,
      corpus: inputs.corpus, asOf: plan.asOf)
    let standing = standings.all(
      world, corpus: inputs.corpus, imprint: inputs.imprint, top: plan.top, declined: declined,
      workers)
    let stages = matching.stages(standing, workers) { [progress] in progress(.match, $0) }
    timings.note(.match)
    progress(.difference, 0)
    let past = try PreviousRun.find(plan.previous, inputs, runs, workers)
    let changes = try difference(world, history, declined, stages, past)
    timings.note(.difference)
    progress(.quality, 0)
    let data = NightData(
      run: plan.run, asOf: plan.asOf, corpus: inputs.corpus, program: plan.program, world: world,
      history: history, top: plan.top, stages: stages, previous: past.previous, changes: changes,
      quality: NightQuality(world, stages, corpus: inputs.corpus))
    timings.note(.quality)
    progress(.files, 0)
    try NightFiles(data: data, workers: workers).write(writer) { [progress] in
      progress(.files, $0 / 2)
    }
    for file in NightReports.files(data, options: plan.reports) { try writer.add(file) }
    let manifest = NightManifest(data, plan, inputs.imprint, past, writer.files)
    try DurableFile.write(manifest.bytes, to: "\(folder)/\(NightManifest.name)")
    timings.note(.files)
    return Made(manifest: manifest, data: data, notes: past.notes, timings: timings)
  }

  private func readLedger() throws -> (StandingWorld, NightHistory, Declined) {
    try inputs.ledger.read { reader in
      try reader.verifyChain(upTo: plan.seq)
      guard try reader.entry(plan.seq)?.hash ?? "" == plan.head else {
        throw NightError(
          .damaged,
          "the ledger's entry \(plan.seq) is not the one that run '\(plan.run)' was made with; "
            + "nothing was changed: check that this is its ledger")
      }
      progress(.ledger, 30)
      let world = try StandingWorld.read(
        reader, corpus: inputs.corpus, asOf: plan.asOf, upTo: plan.seq)
      progress(.ledger, 90)
      let declined = try Declined.read(
        reader, corpus: inputs.corpus, asOf: plan.asOf, upTo: plan.seq)
      return (world, try NightHistory(reader, world), declined)
    }
  }

  private func snapshot(_ world: StandingWorld, _ writer: RunWriter) throws -> Snapshot {
    let snapshot = Snapshot(
      world.platforms, corpus: inputs.corpus, files: inputs.files,
      notes: [
        ("program", plan.program), ("sources", "ledger entry \(plan.seq)"),
        ("words-read-as-of", plan.asOf.description), ("policy", inputs.corpus.policy.version),
      ])
    try snapshot.write(to: "\(folder)/\(NightFiles.snapshot)")
    try writer.adopt(NightFiles.snapshot)
    return snapshot
  }

  private func difference(
    _ world: StandingWorld, _ history: NightHistory, _ declined: Declined,
    _ stages: [NightStage], _ past: PreviousRun
  ) throws -> [NightChange] {
    guard let previous = past.previous, let lines = past.lines else { return [] }
    let deltas = PairDelta.all(lines, stages.map(StageLine.init))
    guard !deltas.isEmpty else { return [] }
    let ids = Set(deltas.flatMap { [$0.pair.demand, $0.platform] })
    let manifest = NightManifest(previous.manifest)
    let before = inputs.with(policy: manifest.policyLayers).corpus
    let (old, declinedThen) = try inputs.ledger.read { reader in
      (
        try StandingWorld.read(
          reader, corpus: before, asOf: previous.asOf, upTo: previous.seq, only: ids),
        try Declined.read(reader, corpus: before, asOf: previous.asOf, upTo: previous.seq)
      )
    }
    let frame = CauseFinder.Frame(
      old: RecordPast(old), new: RecordPast(world), corpus: inputs.corpus, before: before,
      samePolicy: manifest.policyHash == inputs.imprint.policyHash,
      sameTables: manifest.tablesHash == inputs.imprint.tablesHash,
      sameProgram: manifest.program == plan.program,
      answers: history.answers, declinedThen: declinedThen, declinedNow: declined)
    return NightDifference.changes(deltas, frame, workers) { [progress] in progress(.difference, $0)
    }
  }
}
