import Brokerage
import Foundation
import Ledger
import Matcher
import MatcherEngine
import MatcherIndex
import MatcherTestSupport
import Synchronization

@testable import Night

/// A ledger that is filled day by day, and the night's data out of it.
final class ReportSample {
  static let corpus = TestCorpus.shared
  private static let imprint = CorpusImprint(.folder(CorpusFiles.root.path))

  let ledger: Ledger
  private let folder: URL

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    self.folder = folder
    let day = Clock()
    clock = day
    ledger = try Ledger(creating: folder.appending(path: "l.db").path) { day.instant }
  }

  deinit {
    try? ledger.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// What day it is, at noon in Shanghai.
  private final class Clock: Sendable {
    let day = Mutex(CivilDate(dayNumber: 20_400))

    var instant: Instant {
      Instant(milliseconds: (Int64(day.withLock { $0 }.dayNumber) * 24 + 4) * 3_600_000)
    }
  }

  private let clock: Clock

  /// Writes on a day.
  func on(_ day: CivilDate, _ body: (LedgerWriter) throws -> Void) throws {
    clock.day.withLock { $0 = day }
    try ledger.write(by: "test", body)
  }

  func data(
    asOf: CivilDate, previous: NightPrevious? = nil,
    changes: ([NightStage]) -> [NightChange] = { _ in [] }
  ) throws -> NightData {
    let corpus = ReportSample.corpus
    let (world, history) = try ledger.read { reader in
      let world = try StandingWorld.read(
        reader, corpus: corpus, asOf: asOf, upTo: try reader.lastSeq())
      return (world, NightHistory(try NightHistory.Past(reader, upTo: world.seq), world))
    }
    let lines = MatchEngine(corpus: corpus, platforms: world.platforms).lines
    let matching = NightMatching(
      demands: world.demands, platforms: world.platforms,
      index: LineIndex(lines, corpus: corpus), corpus: corpus, asOf: asOf)
    let standings = NightStandings(world, corpus: corpus, room: 10, .one).all(world, top: 10)
    let stages = matching.stages(standings, .one) { _ in }
    return NightData(
      run: "\(asOf)-1", asOf: asOf, corpus: corpus, program: "test", world: world,
      history: history, top: 10, stages: stages, previous: previous, changes: changes(stages),
      quality: NightQuality(
        world, stages, corpus: corpus, marks: RecordMarks(world, known: .none, .one)))
  }
}

extension LedgerWriter {
  func publish(
    _ id: String, park: String, _ record: JSONValue = ["title": "碳化硅流片"],
    state: RecordVersion.State = .published, until: CivilDate? = nil, twinOf: String? = nil
  ) throws {
    var record = record
    record["id"] = .string(id)
    var notes = JSONObject()
    if let twinOf { notes["twin_of"] = .string(twinOf) }
    try put(
      .demand, id,
      RecordVersion(
        state: state, record: record.object ?? JSONObject(), park: park, own: "A-\(id.suffix(2))",
        validUntil: until, notes: notes))
  }

  func platform(_ record: JSONValue) throws {
    let id = record["id"]?.string ?? ""
    try put(.platform, id, RecordVersion(state: .published, record: record.object ?? JSONObject()))
  }

  func decide(_ decision: Decision) throws {
    try append(.decision, decision.demand, decision.json)
  }
}
