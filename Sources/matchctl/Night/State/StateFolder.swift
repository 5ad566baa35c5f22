import Foundation
import Ledger
import Matcher
import MatcherEngine
import MatcherIndex

/// The folder `.state` beside the runs: what the last night left. It is replaced as a whole; a night that
/// finds none, or half of one, makes all anew. No record of a demand is in it: what is asked may be sealed.
struct StateFolder: Sendable {
  let out: String

  static let name = "state"
  private var place: String { "\(out)/.\(StateFolder.name)" }
  private var part: String { "\(out)/.\(StateFolder.name).part" }
  private static let night = "night"
  private static let standing = "standing"

  /// A state that can be gone on from.
  final class Opened {
    let state: NightState
    private var run: StandingRun?

    init(_ state: NightState, _ run: StandingRun) {
      self.state = state
      self.run = run
    }

    /// Where all pairs stand, for who carries it on; nil when it was taken.
    func take() -> StandingRun? {
      defer { run = nil }
      return run
    }
  }

  /// Takes up what the last night left.
  ///
  /// - Parameters:
  ///   - basis: what it must hold for.
  ///   - hash: of the ledger's entry with a number.
  ///   - same: the demands that are what they were when records were marked so.
  func open(
    _ basis: NightState.Basis, _ corpus: Corpus, until asOf: CivilDate, _ workers: Workers,
    hash: (Int64) throws -> String?, same: (RecordMarks) -> [Demand]
  ) throws -> Result<Opened, NightState.Reason> {
    let state: NightState
    do {
      state = try NightState(opening: "\(place)/\(StateFolder.night)", workers: workers)
    } catch {
      return .failure(error)
    }
    guard state.head.basis == basis, state.head.asOf <= asOf,
      try hash(state.head.seq) ?? "" == state.head.hash
    else { return .failure(.other) }
    do {
      let snapshot = try Snapshot(
        opening: "\(place)/\(NightFiles.snapshot)", files: nil, verify: true, workers: workers)
      let run = try StandingRun(
        opening: "\(place)/\(StateFolder.standing)", snapshot: snapshot, corpus: corpus,
        position: state.head.position, demands: same(state.marks), workers: workers)
      return .success(Opened(state, run))
    } catch {
      return .failure(.damaged)
    }
  }

  /// Begins a new state beside its place.
  ///
  /// - Parameter snapshot: the file that is the run's base; both share its bytes.
  func begin(snapshot: String) throws {
    abandon()
    try LedgerError.wrapping(part) {
      try FileManager.default.createDirectory(
        atPath: part, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try FileManager.default.linkItem(atPath: snapshot, toPath: "\(part)/\(NightFiles.snapshot)")
    }
  }

  /// Adds where all pairs stand.
  func save(_ run: StandingRun, _ head: NightState.Head) throws {
    try run.save(to: "\(part)/\(StateFolder.standing)", position: head.position, withRecords: false)
  }

  /// Adds the rest. `keep` takes what was begun for whole if this is there: nobody may call that before
  /// all parts are.
  func finish(_ state: NightState) throws {
    try state.write(to: "\(part)/\(StateFolder.night)")
  }

  /// Puts a state that is whole in its place.
  func keep() {
    guard FileManager.default.fileExists(atPath: "\(part)/\(StateFolder.night)") else {
      return abandon()
    }
    // What the name holds is of no use from now on, whole or not.
    try? FileManager.default.removeItem(atPath: place)
    _ = rename(part, place)
  }

  func abandon() {
    try? FileManager.default.removeItem(atPath: part)
  }
}

extension NightState.Head {
  /// What ties the other files to this one.
  var position: String {
    [
      basis.tables, basis.policy, basis.program, String(basis.top), String(basis.room), run,
      asOf.description, String(seq), hash,
    ].joined(separator: " ")
  }
}
