// What is proved here:
// 1. Steps out of order are taken and said; what cannot be is refused and nothing is written.
// 2. A registration number counts once, an unknown amount stays unknown.
// 3. Data about persons never enters the history.
// 4. A history lists everything in order, names changed fields, and withholds what is sealed.
import Matcher
import MatcherTestSupport
import RecordFiles
import Testing

@testable import Brokerage
@testable import Ledger

@Suite("Recording")
struct RecordingTests {
  static let day = CivilDate(iso: "2026-11-16") ?? CivilDate(dayNumber: 0)

  private func desk() throws -> Desk {
    let desk = try Desk()
    for id in ["D-1", "D-2"] {
      try desk.put(.demand, ["type": "demand", "id": .string(id), "title": "甲"])
    }
    try desk.put(
      .platform,
      [
        "type": "platform", "id": "P1", "name": "平台",
        "lines": [["id": "P1/L1"], ["id": "odd-line"]],
      ])
    return desk
  }

  private func request(
    _ step: Decision.Step, _ demand: String = "D-1", _ target: String? = "P1"
  ) -> DecisionRecorder.Request {
    DecisionRecorder.Request(demand: demand, target: target, step: step, day: Self.day)
  }

  @Test("out of order is taken and said")
  func order() throws {
    let desk = try desk()
    let notes = try desk.decide(request(.completed)).notes
    #expect(notes.map(\.id) == ["decide.skipped"])
    let text = try #require(notes.first).text(desk.corpus, .simplified)
    #expect(text.contains("已完成") && text.contains("已签约"))
    #expect(try desk.decide(request(.contacted, "D-1", "odd-line")).decision.platform == "P1")
    #expect(try desk.decide(request(.intent)).notes.isEmpty)
  }

  @Test("what cannot be is refused, and nothing is written")
  func refused() throws {
    let desk = try desk()
    let before = try desk.ledger.read { try $0.lastSeq() }
    var cases: [DecisionRecorder.Request] = [
      request(.contacted, "D-9"), request(.contacted, "D-1", "P9"), request(.declined),
      request(.declined, "D-1", nil),
    ]
    var item = request(.declined)
    item.reason = "spec"
    cases.append(item)
    item.reason = "nonsense"
    cases.append(item)
    item.reason = "spec"
    item.field = "nonsense"
    cases.append(item)
    item = request(.contacted)
    item.note = "张工 13812345678"
    cases.append(item)
    item = request(.contacted)
    item.contract = Decision.Contract()
    cases.append(item)
    item = request(.contracted)
    item.contract = Decision.Contract()
    item.contract?.amount = 5
    item.contract?.technologyAmount = 6
    cases.append(item)
    item = request(.contacted)
    item.stage = "S9"
    cases.append(item)
    for item in cases {
      #expect(throws: CommandError.self, "\(item)") { try desk.decide(item) }
    }
    #expect(throws: CommandError.self) {
      try desk.answer("P1/L1", "price", "请打 13812345678", on: Self.day)
    }
    #expect(throws: CommandError.self) {
      try desk.ledger.write(by: "chen") { writer in
        try DecisionRecorder(corpus: desk.corpus)
          .record(request(.contacted), today: Self.day + -1, writer)
      }
    }
    #expect(try desk.ledger.read { try $0.lastSeq() } == before)
  }

  @Test("what a person's number is shown masked")
  func masked() throws {
    let desk = try desk()
    var item = request(.contacted)
    item.note = "电话 13812345678"
    do {
      try desk.decide(item)
      Issue.record("taken")
    } catch let error as CommandError {
      #expect(!error.description.contains("13812345678") && error.description.contains("138****78"))
    }
  }

  @Test("one registration number counts once")
  func contracts() throws {
    let desk = try desk()
    func contracted(_ demand: String, _ number: String?, _ amount: Int64?) throws -> [String] {
      var item = request(.contracted, demand)
      item.contract = Decision.Contract()
      item.contract?.number = number
      item.contract?.amount = amount
      item.contract?.kind = "技术服务"
      return try desk.decide(item).notes.map(\.id)
    }
    _ = try desk.decide(request(.contacted))
    _ = try desk.decide(request(.contacted, "D-2"))
    #expect(try contracted("D-1", "2026440300001", 1_200_000).isEmpty)
    #expect(
      try contracted("D-2", " 20264403 ００００１", 900_000) == [
        "decide.numberKnown", "decide.amountDiffers",
      ])
    #expect(try contracted("D-2", nil, nil) == ["decide.amountUnknown", "decide.numberUnknown"])
    let book = try desk.ledger.read { try ContractBook.read($0) }
    #expect(book.contracts.map(\.contract.amount) == [1_200_000, nil])
    #expect(book.contracts.map(\.linked.count) == [1, 0])
    #expect(book.contracts.first?.contract.kind == "service")
    // A number that is told later belongs to the contract recorded without one.
    #expect(try contracted("D-2", "B-7", 5).isEmpty)
    let later = try desk.ledger.read { try ContractBook.read($0) }
    #expect(later.contracts.map(\.contract.amount) == [1_200_000, 5])
    #expect(later.contracts.map(\.contract.number) == ["2026440300001", "B-7"])
  }

  @Test("a history tells everything in order and withholds what is sealed")
  func history() throws {
    let desk = try desk()
    try desk.assign("D-1", to: "chen", on: Self.day)
    try desk.put(
      .demand,
      [
        "type": "demand", "id": "D-1", "title": "甲",
        "budget": ["max": 654_321, "visibility": "named"],
        "requirements": [["key": "implant_energy", "op": "at_least", "value": 500, "unit": "keV"]],
      ])
    try desk.decide(request(.contacted))
    try desk.answer(
      Answer(
        addressee: "D-1", line: nil, slot: "price", claim: ["max": 700_001], source: "phone",
        day: Self.day, validUntil: nil, visibility: "named"))
    let (open, sealed) = try desk.ledger.read { reader in
      (
        try History.read(reader, "D-1", sealed: false, corpus: desk.corpus),
        try History.read(reader, "D-1", sealed: true, corpus: desk.corpus)
      )
    }
    #expect(open.events.map(\.kind) == [.demand, .grant, .demand, .decision, .answer])
    #expect(open.events[2].changes.map(\.path) == ["budget", "requirements[implant_energy]"])
    #expect(open.events[4].detail == nil && open.events[4].isSealed)
    #expect(sealed.events[4].detail?.contains("700001") == true)
    #expect(try desk.ledger.read { try History.mayRead($0, "D-1", who: "chen") })
    #expect(try !desk.ledger.read { try History.mayRead($0, "D-1", who: "li") })
    let platform = try desk.ledger.read {
      try History.read($0, "P1", sealed: false, corpus: desk.corpus)
    }
    #expect(platform.events.map(\.kind) == [.platform, .decision])
    #expect(platform.events.map(\.other) == [nil, "D-1"])
  }
}
