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
    let data: NightData
    /// What is worth saying and depends on the machine: not part of the run.
    let notes: [String]
    let timings: NightTimings
    let isCarried: Bool
  }

  /// What was read.
  private struct Read {
    let world: StandingWorld
    let history: NightHistory
    let declined: Declined
    /// Lines looked for.
    let room: Int
    let marks: RecordMarks
    /// What the last night left, if it can be gone on from.
    let opened: StateFolder.Opened?
    let changed: RecordChanges?
  }

  func make() throws -> Made {
    var timings = NightTimings()
    var notes: [String] = []
    progress(.ledger, 0)
    let read = try readLedger(&notes)
    let world = read.world
    timings.note(.ledger)
    progress(.snapshot, 0)
    let writer = RunWriter(folder: folder)
    let snapshot = try self.snapshot(world, writer)
    timings.note(.snapshot)
    progress(.match, 0)
    let stages = stages(read, snapshot, &notes)
    timings.note(.match)
    progress(.difference, 0)
    let past = try PreviousRun.find(plan.previous, inputs, runs, read.opened?.state, workers)
    let changes = try difference(read, stages, past)
    timings.note(.difference)
    progress(.quality, 0)
    let data = NightData(
      run: plan.run, asOf: plan.asOf, corpus: inputs.corpus, program: plan.program, world: world,
      history: read.history, top: plan.top, stages: stages, previous: past.previous,
      changes: changes,
      quality: NightQuality(world, stages, corpus: inputs.corpus, marks: read.marks))
    timings.note(.quality)
    let manifest = try write(data, past, writer)
    leave(NightState(head: head(read.room), marks: read.marks, stages: stages), &notes)
    timings.note(.files)
    return Made(
      manifest: manifest, data: data, notes: past.notes + notes, timings: timings,
      isCarried: read.opened != nil)
  }

  private func write(
    _ data: NightData, _ past: PreviousRun, _ writer: RunWriter
  ) throws -> NightManifest {
    progress(.files, 0)
    try NightFiles(data: data, workers: workers).write(writer) { [progress] in
      progress(.files, $0 / 2)
    }
    for file in NightReports.files(data, options: plan.reports) { try writer.add(file) }
    let manifest = NightManifest(data, plan, inputs.imprint, past, writer.files)
    try DurableFile.write(manifest.bytes, to: "\(folder)/\(NightManifest.name)")
    return manifest
  }

  // MARK: Reading

  private func readLedger(_ notes: inout [String]) throws -> Read {
    let (world, history, declined) = try inputs.ledger.read { reader in
      try reader.verifyChain(upTo: plan.seq)
      guard try reader.entry(plan.seq)?.hash ?? "" == plan.head else {
        throw NightError(
          .damaged,
          "the ledger's entry \(plan.seq) is not the one that run '\(plan.run)' was made with; "
            + "nothing was changed: check that this is its ledger")
      }
      progress(.ledger, 30)
      let world = try StandingWorld.read(
        reader, corpus: inputs.corpus, asOf: plan.asOf, upTo: plan.seq, workers: workers)
      progress(.ledger, 80)
      let declined = try Declined.read(
        reader, corpus: inputs.corpus, asOf: plan.asOf, upTo: plan.seq)
      return (world, try NightHistory(reader, world), declined)
    }
    let room = NightStandings.room(plan.top, declined, world)
    let opened = try open(world, room, &notes)
    return Read(
      world: world, history: history, declined: declined, room: room,
      marks: opened?.marks ?? RecordMarks(world, known: .none, workers),
      opened: opened?.opened,
      changed: opened.map { RecordChanges(from: $0.opened.state.marks, to: $0.marks) })
  }

  /// What the last night left, if it can be gone on from, and the marks of the world.
  private func open(
    _ world: StandingWorld, _ room: Int, _ notes: inout [String]
  ) throws -> (opened: StateFolder.Opened, marks: RecordMarks)? {
    guard let state, !isFull, plan.previous != nil else { return nil }
    var marks = RecordMarks.none
    let opened = try state.open(
      basis(room), inputs.corpus, until: plan.asOf, workers,
      hash: { seq in try inputs.ledger.read { try $0.entry(seq)?.hash } },
      same: { known in
        marks = RecordMarks(world, known: known, workers)
        return world.demands.filter { known.demands[$0.id] == marks.demands[$0.id] }
      })
    switch opened {
    case .success(let opened): return (opened, marks)
    case .failure(let reason):
      notes.append(reason.rawValue)
      return nil
    }
  }

  private func basis(_ room: Int) -> NightState.Basis {
    NightState.Basis(
      tables: inputs.imprint.tablesHash, policy: inputs.imprint.policyHash, program: plan.program,
      top: plan.top, room: room)
  }

  private func head(_ room: Int) -> NightState.Head {
    NightState.Head(
      basis: basis(room), run: plan.run, asOf: plan.asOf, seq: plan.seq, hash: plan.head)
  }

  // MARK: Matching

  private var snapshotPath: String { "\(folder)/\(NightFiles.snapshot)" }

  /// The world's lines as a file, opened again: what made it is given back.
  private func snapshot(_ world: StandingWorld, _ writer: RunWriter) throws -> Snapshot {
    try Snapshot(
      world.platforms, corpus: inputs.corpus, files: inputs.files,
      notes: [
        ("program", plan.program), ("sources", "ledger entry \(plan.seq)"),
        ("words-read-as-of", plan.asOf.description), ("policy", inputs.corpus.policy.version),
      ], workers: workers
    ).write(to: snapshotPath)
    try writer.adopt(NightFiles.snapshot)
    return try Snapshot(opening: snapshotPath, files: nil, verify: false)
  }

  private func stages(
    _ read: Read, _ snapshot: Snapshot, _ notes: inout [String]
  ) -> [NightStage] {
    let standing = standing(read, snapshot, &notes)
    let matching = NightMatching(
      demands: read.world.demands, platforms: read.world.platforms, index: snapshot.index,
      corpus: inputs.corpus, asOf: plan.asOf, reuse: reuse(read))
    return matching.stages(standing, workers) { [progress] in progress(.match, $0) }
  }

  private func reuse(_ read: Read) -> NightReuse? {
    guard let opened = read.opened, let changed = read.changed else { return nil }
    return NightReuse(opened.state, changed, asOf: plan.asOf)
  }

  /// Where all stages stand; what decided it is put down for the next night and given back.
  private func standing(
    _ read: Read, _ snapshot: Snapshot, _ notes: inout [String]
  ) -> [NightStandings.Standing] {
    let standings = standings(read, snapshot, &notes)
    if let state {
      do {
        try state.begin(standings.run, head(read.room), snapshot: snapshotPath)
      } catch {
        state.abandon()
        notes.append("night.state.unsaved")
      }
    }
    return standings.all(read.world, top: plan.top, declined: read.declined)
  }

  private func standings(
    _ read: Read, _ snapshot: Snapshot, _ notes: inout [String]
  ) -> NightStandings {
    if let opened = read.opened, let changed = read.changed {
      do {
        return try NightStandings(read.world, from: opened, changed, snapshot: snapshot)
      } catch {
        notes.append(NightState.Reason.damaged.rawValue)
      }
    }
    return NightStandings(
      read.world, snapshot: snapshot, corpus: inputs.corpus, room: read.room, workers)
  }

  /// Leaves a state for the next night; where that cannot be, the run is none the worse.
  private func leave(_ left: NightState, _ notes: inout [String]) {
    guard let state, !notes.contains("night.state.unsaved") else { return }
    do {
      try state.finish(left)
    } catch {
      state.abandon()
      notes.append("night.state.unsaved")
    }
  }

  // MARK: Difference

  private func difference(
    _ read: Read, _ stages: [NightStage], _ past: PreviousRun
  ) throws -> [NightChange] {
    guard let previous = past.previous, let lines = past.lines else { return [] }
    let deltas = PairDelta.all(lines, stages.map(StageLine.init))
    guard !deltas.isEmpty else { return [] }
    let manifest = NightManifest(previous.manifest)
    let before = inputs.with(policy: manifest.policyLayers).corpus
    let same = same(read, previous)
    let ids = Set(deltas.flatMap { [$0.pair.demand, $0.platform] }).subtracting(same)
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

  /// The ids of records that are what they were in the run before, as far as its marks tell.
  private func same(_ read: Read, _ previous: NightPrevious) -> Set<String> {
    guard let opened = read.opened, let changed = read.changed,
      opened.state.head.run == previous.run, opened.state.head.seq == previous.seq
    else { return [] }
    let all = read.world.demands.map(\.id) + read.world.platforms.map(\.id)
    return Set(all).subtracting(changed.demands).subtracting(changed.platforms)
  }
}
