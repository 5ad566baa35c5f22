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
  /// What the last night left, and where this one leaves as much; nil for neither.
  let state: StateFolder?
  /// Whether all is made anew, whatever the last night left.
  let isFull: Bool
  let progress: @Sendable (NightPhase, Int) -> Void

  /// What a run is besides its files.
  struct Made {
    let manifest: NightManifest
    /// Figures of periods that are over and not closed yet.
    let closing: [PeriodFigures]
    let previousDay: CivilDate?
    /// What is worth saying and depends on the machine: not part of the run.
    let notes: [String]
    let timings: NightTimings
    let isCarried: Bool
    let leftovers: Leftovers
  }

  /// What was read.
  struct Read {
    let world: StandingWorld
    let history: NightHistory
    let declined: Declined
    /// Lines looked for.
    let room: Int
  }

  var together: Together { Together(workers: workers) }

  func make() throws -> Made {
    var timings = NightTimings()
    progress(.ledger, 0)
    let read = try readLedger()
    timings.note(.ledger)
    progress(.snapshot, 0)
    let writer = RunWriter(folder: folder)
    let (snapshot, carried) = try together.both(
      { try self.snapshot(read.world) }, { try carry(read) })
    timings.note(.snapshot)
    progress(.match, 0)
    var notes = carried.notes
    let standings = self.standings(read, carried, snapshot, &notes)
    let leaving = StateLeaving(state, snapshot: snapshotPath)
    let head = head(read.room)
    // Where all pairs stand is saved beside everything that is made of it.
    let (found, _) = try together.both(
      {
        try self.make(
          read, carried, standings, snapshot, writer, leaving: (leaving, head), &timings)
      },
      {
        try writer.adopt(NightFiles.snapshot)
        leaving.leave { try $0.save(standings.run, head) }
      })
    notes += leaving.end()
    let manifest = NightManifest(found.data, plan, inputs.imprint, found.past, writer.files)
    try DurableFile.write(manifest.bytes, to: "\(folder)/\(NightManifest.name)")
    timings.note(.files)
    return Made(
      manifest: manifest, closing: found.closing, previousDay: found.past.previous?.asOf,
      notes: found.past.notes + notes, timings: timings, isCarried: carried.opened != nil,
      leftovers: Leftovers([read, carried, standings, found]))
  }

  /// The stages, what they mean, and all files of the run that are made of them.
  private func make(
    _ read: Read, _ carried: Carried, _ standings: NightStandings, _ snapshot: Snapshot,
    _ writer: RunWriter, leaving: (state: StateLeaving, head: NightState.Head),
    _ timings: inout NightTimings
  ) throws -> Found {
    let stages = self.stages(read, carried, standings, snapshot)
    timings.note(.match)
    let matches = try MatchesFile(writer)
    let (_, found) = try together.both(
      {
        leaving.state.leave {
          try $0.finish(NightState(head: leaving.head, marks: carried.marks, stages: stages))
        }
        try matches.write(stages, asOf: plan.asOf, workers)
      },
      { try find(read, carried, stages, writer, &timings) })
    try matches.finish(NightFiles(data: found.data).summary)
    return found
  }

  // MARK: What the stages mean

  /// What is found out when the stages are known.
  private struct Found {
    let past: PreviousRun
    let data: NightData
    let closing: [PeriodFigures]
  }

  /// The difference, the data's quality and all files but that of the listed pairs.
  private func find(
    _ read: Read, _ carried: Carried, _ stages: [NightStage], _ writer: RunWriter,
    _ timings: inout NightTimings
  ) throws -> Found {
    progress(.difference, 0)
    let (differed, quality) = try together.both(
      {
        let past = try PreviousRun.find(
          plan.previous, inputs, runs, carried.opened?.state, workers)
        return (past: past, changes: try difference(read, carried, stages, past))
      },
      { NightQuality(read.world, stages, corpus: inputs.corpus, marks: carried.marks) })
    timings.note(.difference)
    progress(.quality, 0)
    let data = NightData(
      run: plan.run, asOf: plan.asOf, corpus: inputs.corpus, program: plan.program,
      world: read.world, history: read.history, top: plan.top, stages: stages,
      previous: differed.past.previous, changes: differed.changes, quality: quality)
    timings.note(.quality)
    progress(.files, 0)
    let (_, reports) = try together.both(
      { try NightFiles(data: data).write(writer) },
      {
        let reports = NightReports.all(data, options: plan.reports)
        for file in reports.files { try writer.add(file) }
        return reports
      })
    return Found(past: differed.past, data: data, closing: reports.closing)
  }

  // MARK: Difference

  private func difference(
    _ read: Read, _ carried: Carried, _ stages: [NightStage], _ past: PreviousRun
  ) throws -> [NightChange] {
    guard let previous = past.previous, let lines = past.lines else { return [] }
    let deltas = PairDelta.all(lines, stages.map(StageLine.init))
    guard !deltas.isEmpty else { return [] }
    let manifest = NightManifest(previous.manifest)
    let before = inputs.with(policy: manifest.policyLayers).corpus
    let all = Set(deltas.flatMap { [$0.pair.demand, $0.platform] })
    let same = same(all, read, carried, previous)
    let ids = all.subtracting(same)
    let (old, declinedThen) = try inputs.ledger.read { reader in
      (
        try StandingWorld.read(
          reader, corpus: before, asOf: previous.asOf, upTo: previous.seq, only: ids),
        try Declined.read(reader, corpus: before, asOf: previous.asOf, upTo: previous.seq)
      )
    }
    let new = RecordPast(read.world)
    let frame = CauseFinder.Frame(
      old: RecordPast(old, same: same, as: new), new: new, corpus: inputs.corpus, before: before,
      samePolicy: manifest.policyHash == inputs.imprint.policyHash,
      sameTables: manifest.tablesHash == inputs.imprint.tablesHash,
      sameProgram: manifest.program == plan.program,
      answers: read.history.answers, declinedThen: declinedThen, declinedNow: read.declined)
    return NightDifference.changes(deltas, frame, workers) { [progress] in progress(.difference, $0)
    }
  }

  /// Which of some records are what they were in the run before, as far as its marks tell.
  private func same(
    _ ids: Set<String>, _ read: Read, _ carried: Carried, _ previous: NightPrevious
  ) -> Set<String> {
    guard let opened = carried.opened, let changed = carried.changed,
      opened.state.head.run == previous.run, opened.state.head.seq == previous.seq
    else { return [] }
    let marks = carried.marks
    return ids.filter { id in
      (marks.demands[id] != nil || marks.platforms[id] != nil)
        && !changed.demands.contains(id) && !changed.platforms.contains(id)
    }
  }
}
