import Foundation
import Ledger
import Matcher
import MatcherIndex
import MatcherTestSupport
import Synchronization

@testable import Night

/// A ledger and a folder of runs of their own, which go when this does; its clock is the test's.
final class NightBench {
  let folder: String
  let ledger: Ledger
  let out: String
  var overlay: JSONValue?
  private static let imprint = CorpusImprint(.folder(CorpusFiles.root.path))
  private let clock = Clock()

  /// A clock that goes on a second at every look.
  private final class Clock: Sendable {
    private let now = Mutex<Int64>(1_790_000_000_000)

    func next() -> Instant {
      now.withLock { now in
        now += 1000
        return Instant(milliseconds: now)
      }
    }
  }

  init() throws {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("night-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    out = folder + "/runs"
    ledger = try Ledger(creating: folder + "/ledger.db") { [clock] in clock.next() }
  }

  deinit {
    try? ledger.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  // MARK: Records

  func put(
    _ kind: Entry.Kind, _ record: JSONValue, _ state: RecordVersion.State = .published,
    until: CivilDate? = nil
  ) throws {
    guard let object = record.object, let id = object["id"]?.string else { return }
    try ledger.write(by: "test") { writer in
      try writer.put(
        kind, id, RecordVersion(state: state, record: object, park: "HP", validUntil: until))
    }
  }

  // MARK: Nights

  func inputs() -> NightInputs {
    let imprint = NightBench.imprint
    return NightInputs(
      ledger: ledger, corpus: TestCorpus.shared, files: .folder(CorpusFiles.root.path),
      imprint: imprint.with(policy: imprint.policy + [overlay].compactMap { $0 }))
  }

  /// Nights work on two threads, and are compared with repetitions that work on one.
  private static let workers = Workers(count: 2) { parts, body in
    DispatchQueue.concurrentPerform(iterations: parts, execute: body)
  }

  func settings(_ day: CivilDate, out: String? = nil) -> NightSettings {
    var settings = NightSettings(asOf: day, out: out ?? self.out, program: "test", who: "night")
    settings.workers = NightBench.workers
    return settings
  }

  @discardableResult
  func night(_ day: CivilDate) throws -> Night.Result {
    try Night(inputs(), settings(day)).run()
  }

  /// The run made again, all anew.
  func replay(_ run: String, hasFolder: Bool = true) throws -> Replay.Outcome {
    let scratch = folder + "/replay-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    return try Replay(inputs(), workers: .one).run(
      run, out: hasFolder ? out : nil, scratch: scratch)
  }

  // MARK: Files

  func bytes(_ run: String, _ name: String) -> [UInt8] {
    NightFiles.bytes("\(out)/\(run)/\(name)") ?? []
  }

  func objects(_ run: String, _ name: String) -> [JSONValue] {
    bytes(run, name).split(separator: 10).compactMap { try? JSONParser.parse($0) }
  }

  func changes(_ run: String) -> [JSONValue] { objects(run, NightFiles.changes) }

  /// The kinds of the causes of all changes, without repetition, sorted.
  func causes(_ run: String) -> [String] {
    let kinds = changes(run).flatMap { $0.list("causes") }.compactMap { $0["kind"]?.string }
    return Set(kinds).sorted()
  }

  /// All files below a folder by their path in it.
  static func files(below folder: String) -> [String: [UInt8]] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    var out: [String: [UInt8]] = [:]
    for name in names { out[name] = NightFiles.bytes("\(folder)/\(name)") }
    return out
  }
}

/// Records that fit each other, to be changed one member at a time.
enum Sample {
  static let day = CivilDate(year: 2026, month: 11, day: 22) ?? CivilDate(dayNumber: 20_779)

  static let demand: JSONValue = [
    "id": "D1", "services": ["ic.sic"], "budget": ["max": 600_000, "strictness": "hard"],
    "quantity": ["value": 12, "unit": "片"],
    "requirements": [
      [
        "key": "implant_temperature", "op": "at_least", "value": 500, "unit": "℃",
        "strictness": "hard",
      ],
      ["key": "wafer_diameter", "value": 150, "unit": "mm", "strictness": "hard"],
    ],
    "window": ["finish": "2027-03-31", "strictness": "hard"],
  ]

  static func platform(_ number: Int = 1, temperature: Int = 600) -> JSONValue {
    [
      "id": .string("P\(number)"), "name": .string("平台\(number)"), "place": "广东/广州",
      "source": ["kind": "form", "verified_at": "2026-11-01"],
      "status": ["state": "open"], "openness": ["state": "open"],
      "lines": [
        [
          "id": .string("P\(number)/L1"), "name": "碳化硅线", "services": ["ic.sic"],
          "specs": [
            ["key": "implant_temperature", "max": .integer(temperature), "unit": "℃"],
            ["key": "wafer_diameter", "values": [150], "unit": "mm"],
          ],
          "lot": ["min": 6, "max": 100, "unit": "片"],
          "lead_time": ["days": 10, "kind": "calendar"],
          "calendar": [["from": "2026-12-01", "to": "2027-06-30", "slots": 4]],
          "price": ["min": 32_000, "max": 45_000, "currency": "CNY", "per": "片"],
        ]
      ],
    ]
  }
}

extension JSONValue {
  /// The platform with its first line changed.
  func line(_ change: (inout JSONValue) -> Void) -> JSONValue {
    var copy = self
    var lines = list("lines")
    change(&lines[0])
    copy["lines"] = .array(lines)
    return copy
  }

  func with(_ name: String, _ value: JSONValue?) -> JSONValue {
    var copy = self
    copy[name] = value
    return copy
  }
}

extension Replay.Outcome {
  var isSame: Bool {
    if case .same = self { true } else { false }
  }
}
