import Brokerage
import Ledger
import Matcher
import MatcherEngine
import MatcherIndex

/// The run before, with its lists: out of its folder, or made again from the ledger where the folder is
/// gone or damaged.
struct PreviousRun {
  let previous: NightPrevious?
  /// nil where there was no run, or its lists are gone and cannot be made again.
  let lines: [StageLine]?
  let notes: [String]

  /// Lists that are gone and were made with other tables: the difference is left out.
  var isLost: Bool { previous != nil && lines == nil }

  /// - Parameter state: what the night before left, if it did: its stages need not be read again.
  static func find(
    _ entry: RunLog.Entry?, _ inputs: NightInputs, _ runs: RunFolder, _ state: NightState?,
    _ workers: Workers
  ) throws -> PreviousRun {
    guard let entry else { return PreviousRun(previous: nil, lines: nil, notes: []) }
    let manifest = NightManifest(entry.manifest)
    guard let asOf = manifest.asOf else {
      throw NightError(
        .damaged,
        "the ledger's run '\(entry.run)' names no day; check it with matchctl ledger integrity")
    }
    var notes: [String] = []
    var lines = stored(manifest, runs, state)
    if lines == nil {
      lines = try again(manifest, asOf, inputs, workers)
      notes.append(lines == nil ? "night.previous.lost" : "night.previous.again")
    }
    let verdicts = (lines ?? []).map { ($0.key, $0.counts) }
    return PreviousRun(
      previous: NightPrevious(
        run: entry.run, asOf: asOf, seq: manifest.seq, manifest: entry.manifest,
        verdicts: Dictionary(verdicts) { first, _ in first }),
      lines: lines, notes: notes)
  }

  /// The lists of the run's folder, if they are the bytes that the manifest names.
  private static func stored(
    _ manifest: NightManifest, _ runs: RunFolder, _ state: NightState?
  ) -> [StageLine]? {
    let path = "\(runs.place(manifest.run))/\(NightFiles.stages)"
    guard let bytes = NightFiles.bytes(path),
      let file = manifest.files.first(where: { $0.name == NightFiles.stages }),
      SHA256.hex(bytes) == file.hash
    else { return nil }
    if let state, state.head.run == manifest.run, state.head.seq == manifest.seq {
      return state.stages.map { StageLine($0) }
    }
    let lines = bytes.split(separator: 10).map { StageLine($0) }
    return lines.contains(nil) ? nil : lines.compactMap { $0 }
  }

  /// The lists made again; nil where the tables are others than then.
  private static func again(
    _ manifest: NightManifest, _ asOf: CivilDate, _ inputs: NightInputs, _ workers: Workers
  ) throws -> [StageLine]? {
    guard manifest.tablesHash == inputs.imprint.tablesHash else { return nil }
    let then = inputs.with(policy: manifest.policyLayers)
    let (world, declined) = try inputs.ledger.read { reader in
      (
        try StandingWorld.read(
          reader, corpus: then.corpus, asOf: asOf, upTo: manifest.seq, workers: workers),
        try Declined.read(reader, corpus: then.corpus, asOf: asOf, upTo: manifest.seq)
      )
    }
    let lines = MatchEngine(corpus: then.corpus, platforms: world.platforms).lines
    let matching = NightMatching(
      demands: world.demands, platforms: world.platforms,
      index: LineIndex(lines, corpus: then.corpus), corpus: then.corpus, asOf: asOf)
    let standings = NightStandings(
      world, corpus: then.corpus, room: NightStandings.room(manifest.top, declined, world), workers)
    let standing = standings.all(world, top: manifest.top, declined: declined)
    return matching.stages(standing, workers) { _ in }.map(StageLine.init)
  }
}
