import Brokerage
import Foundation
import Ledger
import Matcher
import MatcherTestSupport
import Testing

@testable import Night

/// 1. A night that is carried on from the night before gives the bytes of one that is made anew, over
///    random histories of additions, changes, withdrawals, expiries, answers, declined pairs, policies and
///    days, 30 nights that are carried on: replay makes all anew.
/// 2. A full export imported into an empty ledger gives the same next night.
/// 3. No change is without a cause.
@Suite struct NightHistoryTests {
  /// Writes that happen to a ledger, the same for a seed.
  private struct History {
    var random: SeededGenerator
    var day: CivilDate
    private var platforms: [String: JSONValue] = [:]
    private var demands: [String: JSONValue] = [:]
    private var next = 0
    /// Whether something happened with which no state is carried on: another policy, or a declined pair,
    /// which may make the lists that are looked for longer.
    var isOther = false
    private let seed: UInt64

    init(seed: UInt64) {
      self.seed = seed
      random = SeededGenerator(seed: seed)
      day = World.random(seed: seed, platforms: 1).asOf
    }

    mutating func begin(_ bench: NightBench) throws {
      for _ in 0..<4 { try addPlatform(bench) }
      for _ in 0..<3 { try addDemand(bench) }
    }

    mutating func step(_ bench: NightBench) throws {
      day = day + random.pick([0, 1, 1, 1, 7, 30])
      isOther = false
      for _ in 0..<random.int(0...3) {
        switch random.int(0...8) {
        case 0: try addPlatform(bench)
        case 1: try addDemand(bench)
        case 2: try changePlatform(bench)
        case 3: try changeDemand(bench)
        case 4: try withdraw(bench)
        case 5: try answer(bench)
        case 6: try random.chance(30) ? decline(bench) : answer(bench)
        case 7: if random.chance(20) { changePolicy(bench) }
        default: try changeLine(bench)
        }
      }
    }

    private mutating func fresh() -> World {
      next += 1
      // Worlds of one seed state values around the same bases, so that they fit each other.
      return World.random(seed: seed * 100 + UInt64(next % 5), platforms: 1)
    }

    private mutating func addPlatform(_ bench: NightBench) throws {
      var platform = fresh().platforms[0]
      let id = "P\(next)"
      platform["id"] = .string(id)
      let lines = platform.list("lines").enumerated().map { place, line in
        line.with("id", .string("\(id)/L\(place)"))
      }
      platform["lines"] = .array(lines)
      platforms[id] = platform
      try bench.put(.platform, platform, until: random.chance(20) ? day + random.int(1...20) : nil)
    }

    private mutating func addDemand(_ bench: NightBench) throws {
      let id = "D\(next + 1)"
      let demand = fresh().demand.with("id", .string(id))
      demands[id] = demand
      try bench.put(.demand, demand, until: random.chance(20) ? day + random.int(1...20) : nil)
    }

    private mutating func pick(_ records: [String: JSONValue]) -> JSONValue? {
      records.keys.sorted().randomElement(using: &random).flatMap { records[$0] }
    }

    private mutating func changePlatform(_ bench: NightBench) throws {
      guard let platform = pick(platforms) else { return }
      let other = fresh().platforms[0]
      var changed = platform
      for name in ["status", "openness", "place", "source"] where random.chance(40) {
        changed[name] = other[name]
      }
      platforms[platform["id"]?.string ?? ""] = changed
      try bench.put(.platform, changed)
    }

    private mutating func changeLine(_ bench: NightBench) throws {
      guard let platform = pick(platforms), !platform.list("lines").isEmpty else { return }
      let other = fresh().platforms[0].list("lines").first ?? [:]
      let name = random.pick(["specs", "price", "calendar", "lot", "certificates", "services"])
      let changed = platform.line { $0[name] = other[name] }
      platforms[platform["id"]?.string ?? ""] = changed
      try bench.put(.platform, changed)
    }

    private mutating func changeDemand(_ bench: NightBench) throws {
      guard let demand = pick(demands) else { return }
      let other = fresh().demand
      let name = random.pick(["requirements", "window", "budget", "place", "stages", "text"])
      let changed = demand.with(name, other[name])
      demands[demand["id"]?.string ?? ""] = changed
      try bench.put(.demand, changed)
    }

    private mutating func answer(_ bench: NightBench) throws {
      guard let platform = pick(platforms), let id = platform["id"]?.string,
        let line = platform.list("lines").first, let spec = line.list("specs").first,
        let key = spec["key"]?.string
      else { return }
      let answer = Answer(
        addressee: id, line: line["id"]?.string, slot: "spec:\(key)",
        claim: spec,
        source: "phone", day: day, validUntil: random.chance(50) ? day + random.int(0...10) : nil,
        visibility: "brokers")
      try bench.ledger.write(by: "test") { try $0.append(.answer, id, answer.json) }
    }

    private mutating func decline(_ bench: NightBench) throws {
      guard let platform = pick(platforms)?["id"]?.string, let demand = pick(demands)?["id"]?.string
      else { return }
      var decision = Decision(demand: demand, step: .declined, day: day)
      decision.platform = platform
      decision.field = "price"
      try bench.ledger.write(by: "test") { try $0.append(.decision, demand, decision.json) }
      isOther = true
    }

    private mutating func changePolicy(_ bench: NightBench) {
      bench.overlay = ["near_miss": ["one_gap": .number(Double(random.int(1...9)) / 10)]]
      isOther = true
    }

    private mutating func withdraw(_ bench: NightBench) throws {
      let isDemand = random.chance(50)
      guard let record = pick(isDemand ? demands : platforms) else { return }
      try bench.put(isDemand ? .demand : .platform, record, random.pick([.withdrawn, .draft]))
    }
  }

  @Test("carried on equals made anew, byte for byte", arguments: UInt64(1)...10)
  func carried(seed: UInt64) throws {
    let bench = try NightBench()
    var history = History(seed: seed)
    try history.begin(bench)
    for night in 0..<4 {
      let made = try bench.night(history.day)
      let run = made.run
      #expect(made.isCarried == (night > 0) || history.isOther, "seed \(seed), \(run)")
      let again = try bench.replay(run)
      #expect(again.isSame, "seed \(seed), \(run)")
      for change in bench.changes(run) {
        let kinds = change.list("causes").compactMap { $0["kind"]?.string }
        #expect(!kinds.isEmpty, "seed \(seed), \(run): \(JSONWriter.line(change))")
        #expect(
          !kinds.contains("program") && !kinds.contains("corpus"),
          "seed \(seed), \(run): \(JSONWriter.line(change))")
      }
      try history.step(bench)
    }
  }

  @Test("an export read into an empty ledger gives the same next night", arguments: UInt64(50)...53)
  func exported(seed: UInt64) throws {
    let bench = try NightBench()
    var history = History(seed: seed)
    try history.begin(bench)
    try bench.night(history.day)
    try history.step(bench)
    _ = try LedgerExport.write(bench.ledger, to: bench.folder + "/export")
    let other = try NightBench()
    other.overlay = bench.overlay
    try LedgerExport.read(bench.folder + "/export", into: other.ledger)
    let first = try bench.night(history.day)
    let second = try other.night(history.day)
    #expect(first.manifest.bytes == second.manifest.bytes, "seed \(seed)")
    for file in first.manifest.files {
      #expect(
        bench.bytes(first.run, file.name) == other.bytes(second.run, file.name),
        "seed \(seed), \(file.name)")
    }
  }
}
