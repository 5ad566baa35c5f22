// What is proved here:
// 1. A declined pair is hidden, and comes back exactly when the field of its reason says something
//    else: other fields, another order, unit, spelling or source of the same value do not bring it.
// 2. A later step takes the pair up again.
// 3. Lists leave hidden pairs out and fill up with the next.
import Matcher
import MatcherEngine
import MatcherTestSupport
import Testing

@testable import Brokerage
@testable import Ledger

@Suite("Declined pairs")
struct DeclinedTests {
  private func request(_ world: World, _ reason: String, _ field: String?)
    -> DecisionRecorder.Request
  {
    var request = DecisionRecorder.Request(
      demand: "D-1", target: "P1/L1", step: .declined, day: world.asOf)
    request.reason = reason
    request.field = field
    return request
  }

  private func isHidden(_ desk: Desk, _ day: CivilDate) throws -> Bool {
    try desk.declined(day).isHidden(demand: "D-1", stage: nil, platform: "P1", line: "P1/L1")
  }

  @Test("a pair comes back exactly when its field changes", arguments: UInt64(0)..<24)
  func returns(seed: UInt64) throws {
    let world = World.random(seed: seed, platforms: 1)
    var maker = RecordMaker(seed: seed &+ 5000)
    let desk = try Desk()
    try desk.put(world)
    let plan = maker.random.pick(KeyPlan.all)
    try desk.decide(request(world, "spec", plan.key))
    #expect(try isHidden(desk, world.asOf))

    var platform = world.platforms[0]
    var changesField = false
    for _ in 0..<maker.random.int(1...3) {
      var lines = platform.list("lines")
      var line = lines[0]
      switch maker.random.int(0...4) {
      case 0: line["text"] = "另一段说明"
      case 1: line["price"] = ["min": .integer(maker.random.int(1...9999)), "per": "片"]
      case 2: line["specs"] = .array(line.list("specs").reversed())
      case 3:
        line["specs"] = .array(
          line.list("specs").map { spec in
            var spec = spec
            if spec["state"] == nil { spec["source"] = ["kind": "form", "ref": "新表.xlsx"] }
            return spec
          })
      default:
        let other = maker.random.pick(KeyPlan.all)
        let kept = line.list("specs").filter { $0["key"]?.string != other.key }
        line["specs"] = .array(kept + [maker.spec(other, good: true)])
      }
      lines[0] = line
      platform["lines"] = .array(lines)
    }
    let before = try read(world.platforms[0], plan.key)
    let after = try read(platform, plan.key)
    changesField = before != after
    try desk.put(.platform, platform)
    #expect(try isHidden(desk, world.asOf + 1) == !changesField, "seed \(seed) \(plan.key)")
  }

  /// What the reader makes of a key on the first line: an oracle beside `FieldValue`.
  private func read(_ platform: JSONValue, _ key: String) throws -> [String] {
    var reader = RecordReader(
      corpus: TestCorpus.shared, options: RecordReader.Options(), tools: TestCorpus.tools)
    reader.add(platform: try #require(platform.object), file: "p")
    let line = try #require(reader.platforms.first?.lines.first)
    func texts(_ specs: [Spec]) -> [String] {
      specs.filter { TestCorpus.shared.registry[$0.key].id == key }.map { spec in
        var text = "\(spec.complete) "
        switch spec.claim {
        case .stated(.terms(let stated, _), let provenance):
          text +=
            "\(stated.map(\.id).sorted()) \(provenance.inferred) \(provenance.validUntil as Any)"
        case .stated(let value, let provenance):
          text += "\(value) \(provenance.inferred) \(provenance.validUntil as Any)"
        case .unknown: text += "unknown"
        case .notApplicable: text += "n/a"
        case .denied: text += "denied"
        }
        return text
      }.sorted()
    }
    return texts(line.specs) + line.envelopes.flatMap { ["|"] + texts($0.specs) }
  }

  @Test("another unit or spelling of the same value changes nothing")
  func sameMeaning() throws {
    let desk = try Desk()
    let world = World.random(seed: 3, platforms: 1)
    func platform(_ spec: JSONValue, _ price: JSONValue) -> JSONValue {
      [
        "type": "platform", "id": "P1", "name": "平台",
        "lines": [["id": "P1/L1", "specs": [spec], "price": price]],
      ]
    }
    try desk.put(.demand, world.demand)
    try desk.put(
      .platform,
      platform(
        ["key": "wafer_diameter", "values": [150], "unit": "mm"], ["min": 3000, "per": "片"]))
    try desk.decide(request(world, "spec", "wafer_diameter"))
    try desk.put(
      .platform,
      platform(["key": "wafer_diameter", "values": ["15 cm"]], ["min": 9000, "per": "片"]))
    #expect(try isHidden(desk, world.asOf))
    try desk.put(
      .platform,
      platform(
        ["key": "wafer_diameter", "values": [200], "unit": "mm"], ["min": 9000, "per": "片"]))
    #expect(try !isHidden(desk, world.asOf))
    #expect(try desk.declined(world.asOf).returned.count == 1)
  }

  @Test("the demand's side counts too, and an answer does")
  func bothSides() throws {
    let desk = try Desk()
    let day = CivilDate(iso: "2026-11-22") ?? CivilDate(dayNumber: 0)
    func demand(_ budget: Int) -> JSONValue {
      ["type": "demand", "id": "D-1", "services": ["ic.sic"], "budget": ["max": .integer(budget)]]
    }
    try desk.put(.demand, demand(1000))
    try desk.put(
      .platform,
      ["type": "platform", "id": "P1", "name": "平台", "lines": [["id": "P1/L1"]]])
    var request = DecisionRecorder.Request(
      demand: "D-1", target: "P1", step: .declined, day: day)
    request.reason = "price"
    try desk.decide(request)
    #expect(try isHidden(desk, day))
    try desk.put(.demand, demand(2000))
    #expect(try !isHidden(desk, day))
    try desk.put(.demand, demand(1000))
    #expect(try isHidden(desk, day))
    try desk.answer("P1/L1", "price", "500 元 / total", on: day, until: day + 5)
    #expect(try !isHidden(desk, day))
    #expect(try isHidden(desk, day + 6))
  }

  @Test("a later step takes the pair up again")
  func takenUp() throws {
    let desk = try Desk()
    let world = World.random(seed: 5, platforms: 1)
    try desk.put(world)
    try desk.decide(request(world, "judged", nil))
    #expect(try isHidden(desk, world.asOf))
    try desk.decide(
      DecisionRecorder.Request(
        demand: "D-1", target: "P1/L1", step: .contacted, day: world.asOf))
    #expect(try !isHidden(desk, world.asOf))
  }

  @Test("lists leave hidden lines out and fill up", arguments: UInt64(0)..<6)
  func lists(seed: UInt64) throws {
    let world = World.random(seed: seed, platforms: 5)
    let desk = try Desk()
    try desk.put(world)
    try desk.decide(request(world, "judged", nil))
    let standing = try desk.world(world.asOf)
    let matches = StandingMatches(
      standing, declined: try desk.declined(world.asOf), corpus: desk.corpus)
    for rows in [MatchOptions.Rows.line, .platform] {
      var options = MatchOptions(asOf: world.asOf)
      options.top = 3
      options.rows = rows
      var every = options
      every.top = 1000
      every.rows = .line
      let engine = MatchEngine(corpus: desk.corpus, platforms: standing.platforms)
      let all = engine.match(standing.demands[0], options: every)
      let found = matches.match(standing.demands[0], options: options, worker: Worker()).results
      for (stage, expected) in zip(found, all) {
        var seen: Set<String> = []
        let left = expected.matches.map { ($0.line.platform.id, $0.line.line.id) }
          .filter { $0.1 != "P1/L1" }
          .filter { rows == .line || seen.insert($0.0).inserted }.prefix(3)
        #expect(stage.matches.map(\.line.line.id) == left.map(\.1), "seed \(seed)")
      }
    }
  }
}
