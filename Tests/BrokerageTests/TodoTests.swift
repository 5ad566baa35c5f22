// What is proved here:
// 1. Over random histories every demand that a broker has stands in the list, open or closed, and no
//    other; with the filters off nothing is lost.
// 2. The state of a pair, who waits and the due day follow the table of next steps.
import Matcher
import MatcherTestSupport
import Testing

@testable import Brokerage
@testable import Ledger

@Suite("The day's list")
struct TodoTests {
  static let day = CivilDate(iso: "2026-11-16") ?? CivilDate(dayNumber: 0)

  private func todo(_ desk: Desk, _ broker: String, _ day: CivilDate) throws -> Todo {
    try desk.ledger.read {
      try Todo.read($0, broker: broker, corpus: desk.corpus, asOf: day)
    }
  }

  @Test("no demand is ever lost", arguments: UInt64(0)..<16)
  func complete(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let desk = try Desk()
    for number in 1...3 {
      try desk.put(
        .platform,
        [
          "type": "platform", "id": .string("P\(number)"), "name": "平台",
          "lines": [["id": .string("P\(number)/L1")], ["id": .string("P\(number)/L2")]],
        ])
    }
    let ids = (1...6).map { "D-\($0)" }
    for id in ids { try desk.put(.demand, ["type": "demand", "id": .string(id)]) }
    var holder: [String: String] = [:]
    for step in 0..<40 {
      let id = random.pick(ids)
      let day = Self.day + step / 2
      switch random.int(0...9) {
      case 0...1:
        let broker = random.chance(80) ? random.pick(["chen", "li"]) : nil
        holder[id] = broker
        try desk.ledger.write(by: "office") {
          _ = try $0.append(.grant, id, Grant(broker: broker, day: day).json)
        }
      case 2:
        try desk.put(
          .demand, ["type": "demand", "id": .string(id), "title": "改过"],
          state: random.pick(RecordVersion.State.allCases),
          validUntil: random.chance(30) ? day + random.int(-3...3) : nil)
      default:
        var request = DecisionRecorder.Request(
          demand: id,
          target: random.chance(80) ? random.pick(["P1", "P2/L1", "P2/L2", "P3"]) : nil,
          step: random.pick(Decision.Step.allCases), day: day)
        if request.step == .declined {
          guard request.target != nil else { continue }
          request.reason = "judged"
        }
        try desk.decide(request)
      }
    }
    let end = Self.day + 25
    for broker in ["chen", "li"] {
      let list = try todo(desk, broker, end)
      let own = Set(holder.filter { $0.value == broker }.keys)
      #expect(Set(list.items.map(\.demand)) == own, "seed \(seed)")
      for item in list.items {
        #expect(item.isOpen == (item.waitsFor != nil), "seed \(seed) \(item)")
      }
      for id in own {
        let states = Set(list.items.filter { $0.demand == id }.map(\.isOpen))
        #expect(states.count == 1, "a demand is open or closed, seed \(seed)")
      }
      let due = list.due(within: 10_000)
      #expect(due.count == due.count { $0.isOpen })
    }
  }

  @Test("who waits, and until when")
  func steps() throws {
    let desk = try Desk()
    try desk.put(.demand, ["type": "demand", "id": "D-1", "title": "甲"])
    try desk.put(.platform, ["type": "platform", "id": "P1", "name": "平台"])
    try desk.assign("D-1", to: "chen", on: Self.day)
    let calendar = try #require(desk.corpus.calendars["cn"])
    func only(_ day: CivilDate) throws -> Todo.Item {
      let items = try todo(desk, "chen", day).items
      #expect(items.count == 1)
      return try #require(items.first)
    }
    #expect(try only(Self.day).step == "new")
    try desk.decide(
      DecisionRecorder.Request(demand: "D-1", target: "P1", step: .asked, day: Self.day))
    let asked = try only(Self.day)
    let due = calendar.adding(workingDays: desk.corpus.policy.replyDays, to: Self.day)
    #expect(asked.waitsFor == .platform && asked.due == due)
    let late = try only(due + 1)
    #expect(late.waitsFor == .me && late.isUnanswered)
    #expect(try todo(desk, "chen", due).unanswered(5, corpus: desk.corpus).count == 1)
    #expect(try todo(desk, "chen", due + -1).unanswered(5, corpus: desk.corpus).isEmpty)
    try desk.decide(
      DecisionRecorder.Request(demand: "D-1", target: "P1", step: .quoted, day: due))
    #expect(try only(due).waitsFor == .enterprise)
    try desk.decide(
      DecisionRecorder.Request(demand: "D-1", target: nil, step: .solvedElsewhere, day: due))
    #expect(try only(due).closed == "step.solved_elsewhere")
    #expect(try todo(desk, "li", due).items.isEmpty)
  }
}
