import Brokerage
import Ledger
import Matcher
import MatcherEngine
import MatcherIndex

/// From the ledger to where every stage stands: made anew, or carried on from what the last night left.
extension NightWork {
  /// What the last night left, taken to what stands now.
  struct Carried {
    /// Of the records as they are now.
    let marks: RecordMarks
    /// nil where all is made anew.
    var opened: StateFolder.Opened?
    var changed: RecordChanges?
    /// Where all stages stand, on the columns of the last night.
    var standings: NightStandings?
    var notes: [String] = []
  }

  // MARK: Reading

  /// The entries are read once for what stands, and once more, at the same time, for their hashes and for
  /// what else happened.
  func readLedger() throws -> Read {
    let ((past, declined), world) = try together.both(
      {
        try verify()
        return try readPast()
      }, { try readWorld() })
    return Read(
      world: world, history: NightHistory(past, world), declined: declined,
      room: NightStandings.room(plan.top, declined, world))
  }

  private func verify() throws {
    try inputs.ledger.read { reader in
      try reader.verifyChain(upTo: plan.seq)
      guard try reader.entry(plan.seq)?.hash ?? "" == plan.head else {
        throw NightError(
          .damaged,
          "the ledger's entry \(plan.seq) is not the one that run '\(plan.run)' was made with; "
            + "nothing was changed: check that this is its ledger")
      }
    }
    progress(.ledger, 30)
  }

  private func readPast() throws -> (NightHistory.Past, Declined) {
    try inputs.ledger.read { reader in
      (
        try NightHistory.Past(reader, upTo: plan.seq),
        try Declined.read(reader, corpus: inputs.corpus, asOf: plan.asOf, upTo: plan.seq)
      )
    }
  }

  private func readWorld() throws -> StandingWorld {
    try inputs.ledger.read { reader in
      let world = try StandingWorld.read(
        reader, corpus: inputs.corpus, asOf: plan.asOf, upTo: plan.seq, workers: workers)
      progress(.ledger, 80)
      return world
    }
  }

  // MARK: The last night

  /// Opens what the last night left, if it can be gone on from, and takes it to what stands now.
  func carry(_ read: Read) throws -> Carried {
    guard let state, !isFull, plan.previous != nil else {
      return Carried(marks: RecordMarks(read.world, known: .none, workers))
    }
    var marks: RecordMarks?
    let opened = try state.open(
      basis(read.room), inputs.corpus, until: plan.asOf, workers,
      hash: { seq in try inputs.ledger.read { try $0.entry(seq)?.hash } },
      same: { known in
        let made = RecordMarks(read.world, known: known, workers)
        marks = made
        return read.world.demands.filter { known.demands[$0.id] == made.demands[$0.id] }
      })
    let known = marks ?? RecordMarks(read.world, known: .none, workers)
    switch opened {
    case .failure(let reason): return Carried(marks: known, notes: [reason.rawValue])
    case .success(let opened):
      let changed = RecordChanges(from: opened.state.marks, to: known)
      let standings = NightStandings(read.world, from: opened, changed)
      return Carried(marks: known, opened: opened, changed: changed, standings: standings)
    }
  }

  private func basis(_ room: Int) -> NightState.Basis {
    NightState.Basis(
      tables: inputs.imprint.tablesHash, policy: inputs.imprint.policyHash, program: plan.program,
      top: plan.top, room: room)
  }

  func head(_ room: Int) -> NightState.Head {
    NightState.Head(
      basis: basis(room), run: plan.run, asOf: plan.asOf, seq: plan.seq, hash: plan.head)
  }

  // MARK: Matching

  var snapshotPath: String { "\(folder)/\(NightFiles.snapshot)" }

  /// The world's lines as a file, opened again: what made it is given back.
  func snapshot(_ world: StandingWorld) throws -> Snapshot {
    try Snapshot(
      world.platforms, corpus: inputs.corpus, files: inputs.files,
      notes: [
        ("program", plan.program), ("sources", "ledger entry \(plan.seq)"),
        ("words-read-as-of", plan.asOf.description), ("policy", inputs.corpus.policy.version),
      ], workers: workers
    ).write(to: snapshotPath)
    return try Snapshot(opening: snapshotPath, files: nil, verify: false)
  }

  /// Where all stages stand, on the run's own columns.
  func standings(
    _ read: Read, _ carried: Carried, _ snapshot: Snapshot, _ notes: inout [String]
  ) -> NightStandings {
    if let standings = carried.standings {
      do {
        try standings.rebase(on: snapshot)
        return standings
      } catch {
        notes.append(NightState.Reason.damaged.rawValue)
      }
    }
    return NightStandings(
      read.world, snapshot: snapshot, corpus: inputs.corpus, room: read.room, workers)
  }

  /// The stages with their listed pairs.
  func stages(
    _ read: Read, _ carried: Carried, _ standings: NightStandings, _ snapshot: Snapshot
  ) -> [NightStage] {
    let reuse = carried.opened.flatMap { opened in
      carried.changed.map { NightReuse(opened.state, $0, asOf: plan.asOf) }
    }
    let matching = NightMatching(
      demands: read.world.demands, platforms: read.world.platforms, index: snapshot.index,
      corpus: inputs.corpus, asOf: plan.asOf, reuse: reuse)
    let standing = standings.all(read.world, top: plan.top, declined: read.declined)
    return matching.stages(standing, workers) { [progress] in progress(.match, $0) }
  }
}
