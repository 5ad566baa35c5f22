import Ledger
import Matcher

/// The night: everything with everything, as one run that is there whole or not at all.
///
/// Its order: lock → what an interrupted night left → the run, written beside its place → its place →
/// the ledger's entry → `latest`. Killed between any two of these, the next night finds out where.
package struct Night {
  private let inputs: NightInputs
  private let settings: NightSettings
  private let folder: RunFolder

  /// A run that is in its place and in the ledger.
  package struct Result {
    package let run: String
    package let manifest: NightManifest
    /// nil where the run was whole already and only had to be recorded.
    package let timings: NightTimings?
    /// Ids of texts, with what they name: what was found and put right.
    package let notes: [(id: String, value: String)]
    /// The day of the run before.
    package let previousDay: CivilDate?
    /// Whether it was carried on from what the night before left; nothing of the run says so.
    package let isCarried: Bool
  }

  package init(_ inputs: NightInputs, _ settings: NightSettings) {
    self.inputs = inputs
    self.settings = settings
    folder = RunFolder(out: settings.out)
  }

  /// Makes the next run.
  ///
  /// - Throws: `NightError`, `LedgerError`, `SectionFileError`; what was there before is as it was.
  @discardableResult
  package func run() throws -> Result {
    try folder.make()
    let lock = try NightLock(folder: settings.out)
    return try withExtendedLifetime(lock) {
      let keeper = StatusKeeper(folder: settings.out, progress: settings.progress)
      do {
        let result = try run(lock.left, keeper)
        keeper.end(.done, settings.message(.success(result)), result)
        return result
      } catch {
        keeper.end(.failed, settings.message(.failure(error)), code: NightError.code(of: error))
        throw error
      }
    }
  }

  /// Only for who holds the lock.
  private func run(_ left: NightLock.Holder?, _ keeper: StatusKeeper) throws -> Result {
    var notes: [(id: String, value: String)] = []
    if let left { notes.append(("night.lock.left", "\(left.since)")) }
    notes += try folder.clean().map { ("night.part.removed", $0) }
    if let whole = try recordWhole(&notes) { return whole }
    return try make(notes, keeper)
  }

  private func make(
    _ notes: [(id: String, value: String)], _ keeper: StatusKeeper
  ) throws -> Result {
    let plan = try inputs.ledger.read { try NightPlan.next($0, settings) }
    guard !folder.holds(plan.run) else {
      throw NightError(
        .foreign,
        "'\(folder.place(plan.run))' is there and is no run of this ledger; nothing was changed: "
          + "give another --out")
    }
    var isPlaced = false
    do {
      keeper.begin(plan.run)
      try folder.begin(plan.run)
      let work = NightWork(
        inputs: inputs, plan: plan, folder: folder.part(plan.run), runs: folder,
        workers: settings.workers, state: folder.state, isFull: settings.isFull,
        progress: keeper.progress)
      let made = try work.make()
      defer { made.leftovers.letGo() }
      try DurableFile.write(
        Array((JSONWriter.pretty(.object(made.timings.json)) + "\n").utf8),
        to: "\(folder.part(plan.run))/timings.json")
      keeper.progress(.record, 0)
      try folder.finish(plan.run)
      isPlaced = true
      try RunLog.add(
        made.manifest, closing: made.closing, to: inputs.ledger,
        by: settings.who)
      try folder.point(latest: plan.run)
      folder.state.keep()
      keeper.progress(.record, 100)
      return Result(
        run: plan.run, manifest: made.manifest, timings: made.timings,
        notes: notes + made.notes.map { ($0, plan.previous?.run ?? "") },
        previousDay: made.previousDay, isCarried: made.isCarried)
    } catch {
      // A night in another folder may have taken the name.
      if isPlaced, NightError.code(of: error) == NightError.Code.taken.rawValue {
        folder.withdraw(plan.run)
      }
      folder.abandon(plan.run)
      folder.state.abandon()
      throw error
    }
  }

  /// Says in the folder's `status.json` that a night could not even begin; not while another is at work.
  package static func failed(out: String, message: String, error: any Error) {
    guard (try? RunFolder(out: out).make()) != nil, let lock = try? NightLock(folder: out) else {
      return
    }
    withExtendedLifetime(lock) {
      StatusKeeper(folder: out, progress: { _, _ in })
        .end(.failed, message, code: NightError.code(of: error))
    }
  }

  // MARK: What was interrupted

  /// Records a run that was put in its place by a night that was killed before it said so.
  ///
  /// - Returns: the run, when it is the one that is wanted now.
  private func recordWhole(_ notes: inout [(id: String, value: String)]) throws -> Result? {
    let (last, runs) = try inputs.ledger.read { (try $0.lastSeq(), try RunLog.all($0)) }
    var wanted: Result?
    for name in folder.runs() where !runs.contains(where: { $0.run == name }) {
      guard let manifest = try whole(name, runs.last?.run) else { continue }
      try RunLog.add(manifest, to: inputs.ledger, by: settings.who)
      try folder.point(latest: name)
      notes.append(("night.recorded", name))
      if manifest.asOf == settings.asOf, manifest.seq == last, manifest.top == settings.top,
        manifest.reports.language == settings.reports.language,
        manifest.reports.includesSynthetic == settings.reports.includesSynthetic,
        manifest.tablesHash == inputs.imprint.tablesHash,
        manifest.policyHash == inputs.imprint.policyHash, manifest.program == settings.program
      {
        wanted = Result(
          run: name, manifest: manifest, timings: nil, notes: notes, previousDay: nil,
          isCarried: false)
      }
    }
    if wanted == nil, let latest = runs.last?.run, folder.holds(latest), notes.isEmpty {
      try folder.point(latest: latest)
    }
    return wanted
  }

  /// The manifest of a folder that holds a whole run of this ledger which follows its last one.
  private func whole(_ name: String, _ previous: String?) throws -> NightManifest? {
    let place = folder.place(name)
    guard let bytes = NightFiles.bytes("\(place)/\(NightManifest.name)"),
      let manifest = NightManifest(bytes: bytes), manifest.run == name,
      manifest.previousRun == previous,
      try inputs.ledger.read({ try $0.entry(manifest.seq)?.hash ?? "" }) == manifest.head
    else { return nil }
    let isWhole = manifest.files.allSatisfy {
      (try? RunWriter.measure("\(place)/\($0.name)").hash) == $0.hash
    }
    return isWhole ? manifest : nil
  }
}
