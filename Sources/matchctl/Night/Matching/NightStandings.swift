import Brokerage
import Ledger
import Matcher
import MatcherEngine
import MatcherIndex

/// Where every stage stands against every line: made anew, or carried on from what the night before
/// left. What it gives is the same either way.
struct NightStandings {
  /// What became of one stage.
  struct Standing: Sendable {
    /// The ids of the best lines in ranking order.
    let lines: [String]
    /// Lines by verdict: conflict, near miss, potential, full.
    let verdicts: SIMD4<Int>
  }

  /// All demands against all lines, on a base that may be saved where it is a snapshot's.
  let run: StandingRun

  /// Compares everything.
  ///
  /// - Parameters:
  ///   - snapshot: of the world's lines; left out, they are held in memory.
  ///   - room: how many lines are looked for.
  init(
    _ world: StandingWorld, snapshot: Snapshot? = nil, corpus: Corpus, room: Int,
    _ workers: Workers
  ) {
    if let snapshot {
      run = StandingRun(
        demands: world.demands, snapshot: snapshot, corpus: corpus, asOf: world.asOf, top: room,
        keepsPlans: false, workers: workers)
    } else {
      run = StandingRun(
        demands: world.demands, platforms: world.platforms, corpus: corpus, asOf: world.asOf,
        top: room, workers: workers)
    }
  }

  /// Carries on, on the columns of the night before; nil when its run was taken already.
  init?(_ world: StandingWorld, from opened: StateFolder.Opened, _ changed: RecordChanges) {
    guard let run = opened.take() else { return nil }
    self.run = run
    // The next step is another night's.
    run.keepsPlans = false
    let fresh = world.platforms.filter { changed.platforms.contains($0.id) }
    let standing = Set(world.platforms.map(\.id))
    let gone = opened.state.marks.platforms.filter { !standing.contains($0.key) }
    let isSame =
      changed.demands.isEmpty && opened.state.marks.demands.count == world.demands.count
    run.advance(
      changed: fresh, withdrawn: Set(gone.flatMap(\.value.lines)),
      demands: isSame ? nil : (world.demands, changed.demands), asOf: world.asOf)
  }

  /// Takes the columns of the lines that stand now as its base.
  ///
  /// - Throws: `StandingStateError.otherLines` when they are of other lines.
  func rebase(on snapshot: Snapshot) throws(StandingStateError) {
    try run.rebase(on: snapshot)
  }

  /// In the order of demands and of their stages.
  ///
  /// - Parameter declined: pairs that are left out of the lists.
  func all(_ world: StandingWorld, top: Int, declined: Declined = .none) -> [Standing] {
    let platforms = world.platforms.flatMap { platform in
      platform.lines.map { ($0.id, platform.id) }
    }
    let platformOf = Dictionary(platforms) { first, _ in first }
    return run.results.map { standing in
      let lines = standing.matches.map { run.id($0.line) }.filter { line in
        !declined.isHidden(
          demand: standing.demand, stage: standing.stage, platform: platformOf[line] ?? "",
          line: line)
      }
      return Standing(lines: Array(lines.prefix(top)), verdicts: standing.verdicts)
    }
  }

  /// How many lines are looked for, so that a list of `top` is full when declined ones are left out: in
  /// steps, as a state of other length is not carried on.
  static func room(_ top: Int, _ declined: Declined, _ world: StandingWorld) -> Int {
    let lines = Dictionary(world.platforms.map { ($0.id, $0.lines.count) }) { first, _ in first }
    let most = Dictionary(grouping: declined.hidden, by: \.decision.demand).values.map { pairs in
      pairs.reduce(0) { sum, pair in
        sum + (pair.decision.line == nil ? lines[pair.decision.platform ?? ""] ?? 0 : 1)
      }
    }.max()
    return top + ((most ?? 0) + 7) / 8 * 8
  }
}
