import Brokerage
import Ledger
import Matcher
import MatcherTestSupport
import Testing

@testable import Night

/// 1. Each kind of cause is named where it alone did it, with its field.
/// 2. Of several changes the one that did it is named.
/// 3. Edits that mean nothing give an empty difference.
@Suite struct NightCauseTests {
  /// A night, a change, a night; gives the changes of the second.
  private func changes(
    _ first: (NightBench) throws -> Void, then second: (NightBench) throws -> Void,
    after days: Int = 0, top: Int = 10
  ) throws -> [JSONValue] {
    let bench = try NightBench()
    try first(bench)
    var settings = bench.settings(Sample.day)
    settings.top = top
    try Night(bench.inputs(), settings).run()
    try second(bench)
    settings.asOf = Sample.day + days
    let run = try Night(bench.inputs(), settings).run().run
    let replay = try bench.replay(run)
    #expect(replay.isSame)
    return bench.changes(run)
  }

  private func standard(_ bench: NightBench) throws {
    try bench.put(.demand, Sample.demand)
    try bench.put(.platform, Sample.platform())
  }

  private func cause(_ change: JSONValue?) -> JSONValue? { change?.list("causes").first }

  @Test("a platform that is published makes a match, one that is withdrawn takes it")
  func publishedAndWithdrawn() throws {
    let new = try changes(standard) { try $0.put(.platform, Sample.platform(2)) }
    #expect(new.map { $0["kind"] } == ["new"])
    #expect(cause(new.first)?["kind"] == "published")
    #expect(cause(new.first)?["record"] == "P2")
    let lost = try changes(standard) { try $0.put(.platform, Sample.platform(), .withdrawn) }
    #expect(lost.map { $0["kind"] } == ["lost"])
    #expect(cause(lost.first)?["kind"] == "withdrawn")
    #expect(cause(lost.first)?["entry"] != nil)
  }

  @Test("a demand that is published, withdrawn, or past its last day says so")
  func demands() throws {
    let new = try changes({ try $0.put(.platform, Sample.platform()) }) {
      try $0.put(.demand, Sample.demand)
    }
    #expect(cause(new.first)?["kind"] == "published")
    #expect(cause(new.first)?["side"] == "demand")
    let gone = try changes(standard) { try $0.put(.demand, Sample.demand, .withdrawn) }
    #expect(cause(gone.first)?["kind"] == "withdrawn")
    let expired = try changes(
      {
        try $0.put(.demand, Sample.demand, until: Sample.day + 3)
        try $0.put(.platform, Sample.platform())
      }, then: { _ in }, after: 4)
    #expect(expired.map { $0["kind"] } == ["lost"])
    #expect(cause(expired.first)?["kind"] == "expired")
  }

  @Test("an edit names the member, down to the spec that it changed")
  func edited() throws {
    let fallen = try changes(standard) {
      try $0.put(.platform, Sample.platform(temperature: 450))
    }
    #expect(fallen.map { $0["kind"] } == ["fallen"])
    #expect(cause(fallen.first)?["kind"] == "edited")
    #expect(cause(fallen.first)?["field"] == "lines[P1/L1].specs[implant_temperature]")
    #expect(cause(fallen.first)?["criterion"] == "spec:implant_temperature")
    let budget = try changes(standard) {
      try $0.put(.demand, Sample.demand.with("budget", ["max": 300_000, "strictness": "hard"]))
    }
    #expect(cause(budget.first)?["side"] == "demand")
    #expect(cause(budget.first)?["field"] == "budget")
    #expect(cause(budget.first)?["criterion"] == "price")
  }

  @Test("a calendar, a lead time or a lot is a matter of capacity")
  func capacity() throws {
    let lot = try changes(standard) {
      try $0.put(.platform, Sample.platform().line { $0["lot"] = ["max": 10, "unit": "片"] })
    }
    #expect(cause(lot.first)?["kind"] == "capacity")
    #expect(cause(lot.first)?["criterion"] == "lot")
  }

  @Test("a date that passes is the day's doing")
  func day() throws {
    let late = try changes(standard, then: { _ in }, after: 125)
    #expect(late.map { $0["kind"] } == ["fallen"])
    #expect(cause(late.first)?["kind"] == "day")
    #expect(cause(late.first)?["criterion"] == "window")
  }

  @Test("an answer, and its last day, are named with the field that it stated")
  func answers() throws {
    let silent = Sample.platform().line { $0["specs"] = .array(Array($0.list("specs").suffix(1))) }
    func answer(_ bench: NightBench) throws {
      let answer = Answer(
        addressee: "P1", line: "P1/L1", slot: "spec:implant_temperature",
        claim: ["key": "implant_temperature", "max": 600, "unit": "℃"], source: "phone",
        day: Sample.day, validUntil: Sample.day + 5, visibility: "brokers")
      try bench.ledger.write(by: "test") { try $0.append(.answer, "P1", answer.json) }
    }
    func silence(_ bench: NightBench) throws {
      try bench.put(.demand, Sample.demand)
      try bench.put(.platform, silent)
    }
    let answered = try changes(silence, then: answer)
    #expect(answered.map { $0["kind"] } == ["risen"])
    #expect(cause(answered.first)?["kind"] == "answered")
    #expect(cause(answered.first)?["criterion"] == "spec:implant_temperature")
    let expired = try changes(
      { bench in
        try silence(bench)
        try answer(bench)
      }, then: { _ in }, after: 6)
    #expect(expired.map { $0["kind"] } == ["fallen"])
    #expect(cause(expired.first)?["kind"] == "answer_expired")
  }

  @Test("a declined pair is left out, and comes back when what was in the way has changed")
  func declined() throws {
    func decline(_ bench: NightBench) throws {
      var decision = Decision(demand: "D1", step: .declined, day: Sample.day)
      decision.platform = "P1"
      decision.line = "P1/L1"
      decision.field = "price"
      try bench.ledger.write(by: "test") { try $0.append(.decision, "D1", decision.json) }
    }
    let lost = try changes(standard, then: decline)
    #expect(lost.map { $0["kind"] } == ["lost"])
    #expect(cause(lost.first)?["kind"] == "declined")
    let back = try changes(
      { bench in
        try standard(bench)
        try decline(bench)
      },
      then: { bench in
        let cheaper = Sample.platform().line {
          $0["price"] = ["min": 20_000, "max": 30_000, "currency": "CNY", "per": "片"]
        }
        try bench.put(.platform, cheaper)
      })
    #expect(back.map { $0["kind"] } == ["new"])
    #expect(cause(back.first)?["kind"] == "returned")
  }

  @Test("a policy that changes is named")
  func policy() throws {
    let low = try changes({
      try $0.put(.demand, Sample.demand)
      try $0.put(.platform, Sample.platform(temperature: 450))
    }) { $0.overlay = ["near_miss": ["one_gap": .number(0.001)]] }
    #expect(low.map { $0["kind"] } == ["fallen"])
    #expect(cause(low.first)?["kind"] == "policy")
  }

  @Test("a table that changes is named as the corpus")
  func corpus() throws {
    let bench = try NightBench()
    try standard(bench)
    try bench.night(Sample.day)
    // The run before is told to have had other tables and to have said otherwise.
    let runs = try bench.ledger.read { try RunLog.all($0) }
    let inputs = bench.inputs()
    let delta = PairDelta(
      pair: NightPair(demand: "D1", stage: nil, line: "P1/L1"), platform: "P1",
      before: NightStanding(verdict: .nearMiss, group: 3, rank: 1),
      after: NightStanding(verdict: .full, group: 1, rank: 1), other: nil)
    let world = try bench.ledger.read {
      try StandingWorld.read($0, corpus: inputs.corpus, asOf: Sample.day)
    }
    func frame(sameTables: Bool) -> CauseFinder.Frame {
      CauseFinder.Frame(
        old: RecordPast(world), new: RecordPast(world), corpus: inputs.corpus,
        before: inputs.corpus, samePolicy: true, sameTables: sameTables, sameProgram: false,
        answers: [:])
    }
    #expect(runs.count == 1)
    let tables = CauseFinder(frame(sameTables: false)).change(delta)
    #expect(tables.kind == .risen)
    #expect(tables.causes.map(\.kind) == [.corpus])
    let program = CauseFinder(frame(sameTables: true)).change(delta)
    #expect(program.causes.map(\.kind) == [.program])
  }

  @Test("a place in a short list that is taken by a better line is the ranking's doing")
  func ranking() throws {
    let pushed = try changes(
      standard,
      then: { bench in
        try bench.put(.platform, Sample.platform(0))
      }, top: 1)
    let lost = pushed.first { $0["kind"] == "lost" }
    #expect(cause(lost)?["kind"] == "ranking")
    #expect(cause(lost)?["record"] == "P0/L1")
    #expect(pushed.contains { $0["kind"] == "new" })
  }

  @Test("of many edits the one that did it is named")
  func oneOfMany() throws {
    let many = try changes(
      standard,
      then: { bench in
        let other = Sample.platform(temperature: 450).line {
          $0["name"] = "另一条线"
          $0["lot"] = ["min": 5, "max": 120, "unit": "片"]
          $0["price"] = ["min": 30_000, "max": 44_000, "currency": "CNY", "per": "片"]
        }
        try bench.put(.platform, other)
        try bench.put(.demand, Sample.demand.with("title", "碳化硅中试"))
      }, after: 2)
    #expect(many.first?.list("causes").count == 1)
    #expect(cause(many.first)?["field"] == "lines[P1/L1].specs[implant_temperature]")
  }

  @Test("reordered members, rewritten numbers and blanks between them change nothing")
  func meaningless() throws {
    func turned(_ value: JSONValue) -> JSONValue {
      switch value {
      case .object(let object):
        .object(JSONObject(object.members.reversed().map { ($0.name, turned($0.value)) }))
      case .array(let list): .array(list.map(turned))
      case .number(let number, _): .number(number, text: "\(number)e0")
      default: value
      }
    }
    let none = try changes(standard) { bench in
      try bench.put(.demand, turned(Sample.demand))
      try bench.put(.platform, turned(Sample.platform()))
    }
    #expect(none.isEmpty)
  }
}
