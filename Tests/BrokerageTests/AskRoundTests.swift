// What is proved here:
// 1. A round asks each fact once, whatever number of demands wait for it, and one message goes to a
//    platform.
// 2. What was asked is not asked again until its time is over; what was answered not until the answer
//    has expired.
// 3. No message to a platform holds the firm, its budget or a rival, or a sealed value.
import Matcher
import MatcherTestSupport
import Testing

@testable import Brokerage
@testable import Ledger

@Suite("Rounds of questions")
struct AskRoundTests {
  static let day = CivilDate(iso: "2026-11-16") ?? CivilDate(dayNumber: 0)

  static func demand(_ id: String, _ temperature: Int, sealed: Bool = false) -> JSONValue {
    var requirement: JSONValue = [
      "key": "implant_temperature", "op": "at_least", "value": .integer(temperature), "unit": "℃",
    ]
    if sealed { requirement["visibility"] = "named" }
    return [
      "type": "demand", "id": .string(id), "title": "碳化硅高温注入", "services": ["ic.sic"],
      "enterprise": ["name": "深圳某某半导体有限公司"], "exclude": ["竞争平台甲"],
      "requirements": [requirement], "certificates": [["scheme": "CNAS"]],
      "budget": ["max": 654_321, "strictness": "hard"],
    ]
  }

  private static func platform(_ id: String) -> JSONValue {
    [
      "type": "platform", "id": .string(id), "name": .string("平台\(id)"), "place": "广东/深圳",
      "lines": [["id": .string("\(id)/L1"), "name": "碳化硅线", "services": ["ic.sic"]]],
    ]
  }

  private func desk() throws -> Desk {
    let desk = try Desk()
    for (id, temperature) in [("D-1", 500), ("D-2", 600), ("D-3", 500)] {
      try desk.put(.demand, Self.demand(id, temperature))
      try desk.assign(id, to: "chen", on: Self.day)
    }
    try desk.put(.platform, Self.platform("P1"))
    try desk.put(.platform, Self.platform("P2"))
    return desk
  }

  @Test("one message a platform, each fact once")
  func once() throws {
    let round = try desk().round("chen", Self.day)
    let platforms = round.messages.filter { $0.to == .platform }
    #expect(platforms.map(\.addressees) == [["P1"], ["P2"]])
    for message in platforms {
      let slots = message.facts.map(\.fact.slot)
      #expect(Set(slots).count == slots.count)
      #expect(slots.contains(.spec("implant_temperature")) && slots.contains(.certificate("CNAS")))
      #expect(message.demands == ["D-1", "D-2", "D-3"])
      let heat = try #require(message.facts.first { $0.fact.slot == .spec("implant_temperature") })
      #expect(heat.fact.text.contains("500") && heat.fact.text.contains("600"))
      for fact in message.facts.map(\.fact.text) {
        #expect(message.text.components(of: fact) == 1, "\(message.text)")
      }
    }
  }

  @Test("over random worlds no fact is asked twice", arguments: UInt64(0)..<6)
  func random(seed: UInt64) throws {
    let desk = try Desk()
    let world = World.random(seed: seed, platforms: 5)
    for number in 1...3 {
      var demand = World.random(seed: seed &+ UInt64(number) &* 977).demand
      demand["id"] = .string("D-\(number)")
      try desk.put(.demand, demand)
      try desk.assign("D-\(number)", to: "chen", on: world.asOf)
    }
    for platform in world.platforms { try desk.put(.platform, platform) }
    let round = try desk.round("chen", world.asOf)
    var seen: Set<[String]> = []
    for message in round.messages {
      for (addressee, fact) in message.facts {
        let key = [addressee, fact.line ?? "", "\(fact.slot)"]
        #expect(seen.insert(key).inserted, "seed \(seed) \(key)")
        #expect(message.text.contains(fact.text))
      }
    }
    #expect(
      Set(round.messages.filter { $0.to == .platform }.flatMap(\.addressees)).count
        == round.messages.count { $0.to == .platform })
    try desk.ledger.write(by: "chen") { try round.record($0, day: world.asOf) }
    #expect(try desk.round("chen", world.asOf).messages.isEmpty, "seed \(seed)")
  }

  @Test("not again in time, again after, and not while an answer counts")
  func again() throws {
    let desk = try desk()
    let first = try desk.round("chen", Self.day)
    try desk.ledger.write(by: "chen") { try first.record($0, day: Self.day) }
    let last = desk.corpus.calendars["cn"]?.adding(
      workingDays: desk.corpus.policy.replyDays, to: Self.day)
    let until = try #require(last)
    #expect(try desk.round("chen", until).messages.isEmpty)
    let facts = { (round: AskRound) in round.messages.reduce(0) { $0 + $1.facts.count } }
    let second = try desk.round("chen", until + 1)
    #expect(facts(second) == facts(first))

    try desk.answer("P1/L1", "CNAS", "@2030-01-01", on: until, until: until + 20)
    func slots(_ day: CivilDate) throws -> [FactSlot] {
      try desk.round("chen", day).messages.first { $0.addressees == ["P1"] }?.facts.map(\.fact.slot)
        ?? []
    }
    #expect(try !slots(until + 1).contains(.certificate("CNAS")))
    #expect(try slots(until + 1).contains(.spec("implant_temperature")))
    #expect(try slots(until + 21).contains(.certificate("CNAS")))
  }

  @Test("an answer records the step for the demands that waited")
  func answered() throws {
    let desk = try desk()
    let round = try desk.round("chen", Self.day)
    try desk.ledger.write(by: "chen") { try round.record($0, day: Self.day) }
    try desk.answer("P1/L1", "implant_temperature", "max 650 ℃", on: Self.day)
    let steps = try desk.ledger.read { reader in
      try reader.entries(.decision).compactMap { Decision($0.json) }
        .filter { $0.step == .answered && $0.platform == "P1" }.map(\.demand)
    }
    #expect(steps.sorted() == ["D-1", "D-2", "D-3"])
  }

  @Test("a platform reads nothing of who asks", arguments: [TextRegister.message, .letter])
  func discreet(register: TextRegister) throws {
    let desk = try desk()
    try desk.put(.demand, Self.demand("D-3", 777, sealed: true))
    let texts = try desk.ledger.read { reader in
      let own = try BrokerDesk.read(reader, broker: "chen", corpus: desk.corpus, asOf: Self.day)
      return AskRound.make(
        own.demands, own.matches,
        try AskedFacts.read(reader, corpus: desk.corpus, asOf: Self.day), corpus: desk.corpus,
        language: .simplified, top: 10, register: register
      ).messages.filter { $0.to == .platform }.map(\.text)
    }
    #expect(texts.count == 2)
    for text in texts {
      for secret in ["某某", "654", "65.4", "竞争", "777", "D-1"] {
        #expect(!text.contains(secret), "\(secret): \(text)")
      }
    }
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
