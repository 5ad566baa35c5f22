import Foundation
import Matcher
import MatcherTestSupport

@testable import Brokerage
@testable import Ledger

/// A ledger in a folder of its own, with what tests put into it.
final class Desk {
  let folder: String
  let ledger: Ledger
  let corpus = TestCorpus.shared
  static let tools = TestCorpus.tools

  init() throws {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("desk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    ledger = try Ledger(creating: folder + "/ledger.db")
  }

  deinit {
    try? ledger.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  func put(
    _ kind: Entry.Kind, _ record: JSONValue, state: RecordVersion.State = .published,
    validUntil: CivilDate? = nil
  ) throws {
    guard let object = record.object, let id = object["id"]?.string else { return }
    try ledger.write(by: "park") { writer in
      try writer.put(
        kind, id, RecordVersion(state: state, record: object, validUntil: validUntil))
    }
  }

  func put(_ world: World) throws {
    try put(.demand, world.demand)
    for platform in world.platforms { try put(.platform, platform) }
  }

  func world(_ day: CivilDate) throws -> StandingWorld {
    try ledger.read {
      try StandingWorld.read($0, corpus: corpus, asOf: day, tools: Desk.tools)
    }
  }

  func answer(_ answer: Answer) throws {
    try ledger.write(by: "chen") { writer in
      try writer.append(.answer, answer.addressee, answer.json)
    }
  }

  /// Records an answer as the command does.
  func answer(
    _ addressee: String, _ slot: String, _ value: String, on day: CivilDate,
    until: CivilDate? = nil
  ) throws {
    try ledger.write(by: "chen") { writer in
      let recorder = AnswerRecorder(corpus: corpus)
      let request = AnswerRecorder.Request(
        addressee: addressee, slot: slot, value: value, source: "phone", day: day,
        validUntil: until)
      try recorder.record(try recorder.prepare(request, today: day, writer.reader), writer)
    }
  }

  func assign(_ demand: String, to broker: String, on day: CivilDate) throws {
    try ledger.write(by: "office") { writer in
      try writer.append(.grant, demand, Grant(broker: broker, day: day).json)
    }
  }

  @discardableResult
  func decide(_ request: DecisionRecorder.Request) throws -> DecisionRecorder.Recorded {
    try ledger.write(by: "chen") { writer in
      try DecisionRecorder(corpus: corpus).record(request, today: request.day, writer)
    }
  }

  func declined(_ day: CivilDate) throws -> Declined {
    try ledger.read { try Declined.read($0, corpus: corpus, asOf: day) }
  }

  func round(_ broker: String, _ day: CivilDate, top: Int = 10) throws -> AskRound {
    try ledger.read { reader in
      let desk = try BrokerDesk.read(reader, broker: broker, corpus: corpus, asOf: day)
      return AskRound.make(
        desk.demands, desk.matches, try AskedFacts.read(reader, corpus: corpus, asOf: day),
        corpus: corpus, language: .simplified, top: top)
    }
  }
}

extension World {
  /// The records read with their words, as a ledger's are.
  func readWords(_ platforms: [JSONValue]? = nil, on day: CivilDate) -> RecordReader {
    var options = RecordReader.Options()
    options.prose = day
    var reader = RecordReader(corpus: TestCorpus.shared, options: options, tools: Desk.tools)
    for platform in platforms ?? self.platforms {
      if let object = platform.object { reader.add(platform: object, file: "p") }
    }
    if let object = demand.object { reader.add(demand: object, file: "d") }
    return reader
  }
}

/// All pairs of a world with every criterion, as lines of JSON in one order.
func pairs(_ demands: [Demand], _ platforms: [Platform], on day: CivilDate) -> [String] {
  var options = MatchOptions(asOf: day)
  options.top = 1_000_000
  options.rows = .line
  options.includesConflict = true
  let engine = MatchEngine(corpus: TestCorpus.shared, platforms: platforms)
  let record = MatchRecord(corpus: TestCorpus.shared, language: .simplified)
  return demands.flatMap { engine.match($0, options: options).flatMap(\.matches) }
    .map { JSONWriter.line(record.fullJSON($0, rank: nil)) }
}

extension JSONValue {
  /// The element of a list whose `id` or `key` is this.
  func element(_ list: String, _ name: String, _ id: String) -> JSONValue? {
    self.list(list).first { $0[name]?.string == id }
  }
}
