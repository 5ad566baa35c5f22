// What is proved here:
// 1. An answer laid over a record is the record edited by hand, over random worlds.
// 2. On the day after its last day the record stands as it was.
// 3. An older or undated statement gives way, a newer one does not; a statement that the record
//    changed after the answer does not either.
// 4. What was read out of prose and is confirmed becomes stated.
// 5. A later answer takes the place of an earlier one, and the earlier one stands again when the
//    later has expired.
// 6. Answers that only named people may read do not count in shared results.
import Matcher
import MatcherTestSupport
import Testing

@testable import Brokerage
@testable import Ledger

@Suite("Answers beside records")
struct AnswerOverlayTests {
  static let day = CivilDate(iso: "2026-11-22") ?? CivilDate(dayNumber: 0)

  /// The platform with a line's spec set by hand, as a person would edit the file.
  private func edited(
    _ platform: JSONValue, _ line: Int, _ key: String, _ claim: JSONValue
  ) -> JSONValue {
    var platform = platform
    var lines = platform.list("lines")
    var changed = lines[line]
    let others = changed.list("specs").filter { $0["key"]?.string != key }
    changed["specs"] = .array(others + [claim])
    if changed["envelopes"] != nil {
      changed["envelopes"] = .array(
        changed.list("envelopes").map { envelope in
          var envelope = envelope
          envelope["specs"] = .array(envelope.list("specs").filter { $0["key"]?.string != key })
          return envelope
        })
    }
    if changed["denied"] != nil {
      changed["denied"] = .array(changed.list("denied").filter { $0.string != key })
    }
    lines[line] = changed
    platform["lines"] = .array(lines)
    return platform
  }

  @Test("an answer is the record edited by hand, until it expires", arguments: UInt64(0)..<24)
  func overlayIsEdit(seed: UInt64) throws {
    let world = World.random(seed: seed)
    var maker = RecordMaker(seed: seed &+ 1000)
    let desk = try Desk()
    try desk.put(world)
    let place = maker.random.int(0...world.platforms.count - 1)
    let platform = world.platforms[place]
    let line = maker.random.int(0...platform.list("lines").count - 1)
    let plan = maker.random.pick(KeyPlan.all)
    var claim = maker.spec(plan, good: maker.random.chance(60))
    for name in ["inferred", "valid_until"] { claim[name] = nil }
    let id = try #require(platform["id"]?.string)
    let lineID = try #require(platform.list("lines")[line]["id"]?.string)
    let first = world.readWords(on: world.asOf)
    let original = pairs(first.demands, first.platforms, on: world.asOf)

    try desk.answer(
      Answer(
        addressee: id, line: lineID, slot: "spec:\(plan.key)", claim: claim, source: "phone",
        day: world.asOf, validUntil: world.asOf + 9, visibility: "brokers"))

    claim["source"] = ["kind": "phone", "ref": "answer"]
    claim["verified_at"] = .day(world.asOf)
    claim["valid_until"] = .day(world.asOf + 9)
    var platforms = world.platforms
    platforms[place] = edited(platform, line, plan.key, claim)
    let byHand = world.readWords(platforms, on: world.asOf)
    let told = try desk.world(world.asOf)
    let isEdit =
      pairs(told.demands, told.platforms, on: world.asOf)
      == pairs(byHand.demands, byHand.platforms, on: world.asOf)
    #expect(isEdit, "seed \(seed)")

    let later = try desk.world(world.asOf + 10)
    let plain = world.readWords(on: world.asOf + 10)
    let isBack =
      pairs(later.demands, later.platforms, on: world.asOf + 10)
      == pairs(plain.demands, plain.platforms, on: world.asOf + 10)
    #expect(isBack, "seed \(seed)")
    let before = try desk.ledger.read {
      try StandingWorld.read(
        $0, corpus: desk.corpus, asOf: world.asOf, upTo: told.seq - 1, tools: Desk.tools)
    }
    let wasSo = pairs(before.demands, before.platforms, on: world.asOf) == original
    #expect(wasSo, "seed \(seed)")
  }

  private static func platform(_ spec: JSONValue) -> JSONValue {
    [
      "type": "platform", "id": "P1", "name": "平台一",
      "lines": [["id": "P1/L1", "services": ["ic.sic"], "specs": [spec]]],
    ]
  }

  private func value(_ desk: Desk, on day: CivilDate = day) throws -> Spec? {
    let platform = try desk.world(day).platforms.first
    return platform?.lines.first?.specs.first {
      desk.corpus.registry[$0.key].id == "implant_energy"
    }
  }

  private static func spec(_ value: Int, verified: CivilDate?) -> JSONValue {
    var spec: JSONValue = ["key": "implant_energy", "max": .integer(value), "unit": "keV"]
    if let verified { spec["verified_at"] = .day(verified) }
    return spec
  }

  @Test("the newer statement counts", arguments: [-30, -1, 0, 1, 30])
  func age(offset: Int) throws {
    let desk = try Desk()
    let record = Self.platform(Self.spec(300, verified: Self.day + offset))
    try desk.put(.platform, record)
    try desk.answer("P1/L1", "implant_energy", "max 650 keV", on: Self.day)
    let expected = offset > 0 ? 300.0 : 650
    #expect(try value(desk)?.claim.value(on: Self.day) == .interval(lower: nil, upper: expected))
  }

  @Test("of statements without a day the later in the ledger counts")
  func order() throws {
    let desk = try Desk()
    try desk.put(.platform, Self.platform(Self.spec(300, verified: nil)))
    try desk.answer("P1/L1", "implant_energy", "max 650 keV", on: Self.day)
    #expect(try value(desk)?.claim.value(on: Self.day) == .interval(lower: nil, upper: 650))
    // The same old form again is no new statement; another value is.
    try desk.put(.platform, Self.platform(Self.spec(300, verified: nil)))
    #expect(try value(desk)?.claim.value(on: Self.day) == .interval(lower: nil, upper: 650))
    try desk.put(.platform, Self.platform(Self.spec(280, verified: nil)))
    #expect(try value(desk)?.claim.value(on: Self.day) == .interval(lower: nil, upper: 280))
  }

  @Test("what was read out of words is confirmed by an answer")
  func confirmed() throws {
    let desk = try Desk()
    var spec = Self.spec(500, verified: Self.day + -40)
    spec["inferred"] = true
    spec["quote"] = "能量可达500keV"
    try desk.put(.platform, Self.platform(spec))
    #expect(try value(desk)?.claim.provenance?.inferred == true)
    try desk.answer("P1/L1", "implant_energy", "max 500 keV", on: Self.day)
    let provenance = try value(desk)?.claim.provenance
    #expect(provenance?.inferred == false && provenance?.quote == nil)
    #expect(provenance?.verifiedAt == Self.day && provenance?.kind == "phone")
  }

  @Test("a service read from prose is confirmed by an answer")
  func confirmedService() throws {
    let desk = try Desk()
    try desk.put(
      .platform,
      ["type": "platform", "id": "P1", "name": "平台一", "text": "提供碳化硅流片服务，注入能量可达500keV。"])
    let before = try #require(try desk.world(Self.day).platforms.first?.lines.first)
    #expect(before.isProse)
    try desk.answer("P1", "service", "ic.sic", on: Self.day)
    let after = try #require(try desk.world(Self.day).platforms.first?.lines.first)
    #expect(!after.isProse)
    #expect(after.services.map { desk.corpus.taxonomy[$0].code } == ["ic.sic"])
    #expect(after.specs.count == before.specs.count)
  }

  @Test("a later answer counts, and the earlier one again when the later has expired")
  func laterAnswer() throws {
    let desk = try Desk()
    try desk.put(.platform, Self.platform(Self.spec(300, verified: nil)))
    try desk.answer("P1/L1", "implant_energy", "max 650 keV", on: Self.day)
    try desk.answer("P1/L1", "implant_energy", "no", on: Self.day, until: Self.day + 3)
    let told = try value(desk)
    if case .denied = try #require(told).claim {} else { Issue.record("\(told as Any)") }
    #expect(
      try value(desk, on: Self.day + 4)?.claim.value(on: Self.day)
        == .interval(lower: nil, upper: 650))
  }

  @Test("an answer for named people does not count in shared results")
  func restricted() throws {
    let desk = try Desk()
    try desk.put(.platform, Self.platform(Self.spec(300, verified: nil)))
    try desk.answer(
      Answer(
        addressee: "P1", line: "P1/L1", slot: "spec:implant_energy",
        claim: Self.spec(650, verified: nil), source: "phone", day: Self.day, validUntil: nil,
        visibility: "named"))
    #expect(try value(desk)?.claim.value(on: Self.day) == .interval(lower: nil, upper: 300))
    let cleared = try desk.ledger.read {
      try StandingWorld.read($0, corpus: desk.corpus, asOf: Self.day, clearance: .named)
    }
    let spec = cleared.platforms.first?.lines.first?.specs.first
    #expect(spec?.claim.value(on: Self.day) == .interval(lower: nil, upper: 650))
  }

  @Test("a certificate of the platform denied for one line stays with the others")
  func pushedDown() throws {
    let desk = try Desk()
    try desk.put(
      .platform,
      [
        "type": "platform", "id": "P1", "name": "平台一", "certificates": [["scheme": "CNAS"]],
        "lines": [["id": "P1/L1"], ["id": "P1/L2"]],
      ])
    try desk.answer("P1/L2", "CNAS", "no", on: Self.day)
    let lines = try #require(try desk.world(Self.day).platforms.first).lines
    #expect(lines.map(\.certificates.count) == [1, 0])
    #expect(lines.map(\.denials.count) == [0, 1])
  }

  @Test(
    "a firm's answer changes what its demand asks and keeps how strict it is and who may read it")
  func demand() throws {
    let desk = try Desk()
    try desk.put(
      .demand,
      [
        "type": "demand", "id": "D-1", "services": ["ic.sic"],
        "requirements": [
          [
            "key": "implant_energy", "op": "at_least", "value": 500, "unit": "keV",
            "strictness": "soft", "visibility": "named",
          ]
        ], "budget": ["max": 100_000, "strictness": "hard"],
      ])
    try desk.answer("D-1", "implant_energy", "at least 300 keV", on: Self.day)
    try desk.answer("D-1", "price", "60 万元", on: Self.day)
    try desk.answer("D-1", "quantity", "12 片", on: Self.day)
    let ask = try #require(try desk.world(Self.day).demands.first).stages[0].ask
    #expect(ask.requirements.map(\.asked) == [.atLeast(300)])
    #expect(ask.requirements[0].strictness == .soft && ask.requirements[0].visibility == .named)
    #expect(ask.budget?.maximum == 600_000 && ask.budget?.strictness == .hard)
    #expect(ask.quantity?.value == 12)
  }
}
