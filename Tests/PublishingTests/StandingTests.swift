import Ledger
import Matcher
import MatcherTestSupport
import Testing

@testable import Publishing

// 1 Withdrawn, renewed and expired, and what the same list says afterwards.
// 2 Twins are linked, counted once above the parks, and by each park.
@Suite struct StandingTests {
  private static let gallium =
    "QH01,氮化镓功率器件8英寸试产,650V GaN HEMT 8英寸硅基流片25片，线宽0.25微米，需要动态导通电阻测试,集成电路,示例芯片有限公司,,60,2027-06-30"

  private static func list(_ rows: String...) -> String {
    ([ListLine.heading] + rows).joined(separator: "\n") + "\n"
  }

  @Test("withdrawn by hand stays withdrawn until it is renewed")
  func withdrawn() throws {
    let world = try ParkWorld()
    let id = try #require(try world.publish(Self.list(Self.gallium)).changes[0].id)
    let results = try world.ledger.write(by: "park") {
      try Withdrawal.withdraw([id, "HP-2026-0099"], park: "HP", $0)
    }
    #expect(results.map(\.refusal) == [nil, .unknown])
    #expect(try !world.demands()[0].version.stands(on: ParkWorld.day))
    let head = try world.head()
    #expect(try world.publish(Self.list(Self.gallium)).changes.map(\.kind) == [.keptWithdrawn])
    #expect(try world.head() == head)
    let until = ParkWorld.day + 100
    _ = try world.ledger.write(by: "park") {
      try Withdrawal.renew([id], until: until, park: "HP", $0)
    }
    let version = try world.demands()[0].version
    #expect(version.stands(on: until) && !version.stands(on: until + 1))
  }

  @Test("another park's demand can be neither withdrawn nor renewed")
  func foreign() throws {
    let world = try ParkWorld(parks: ["HP", "QH"])
    let id = try #require(try world.publish(Self.list(Self.gallium)).changes[0].id)
    let head = try world.head()
    let refusals = try world.ledger.write(by: "other") { writer in
      try Withdrawal.withdraw([id], park: "QH", writer)
        + Withdrawal.renew([id], until: ParkWorld.day, park: "QH", writer)
    }
    #expect(refusals.map(\.refusal) == [.foreign, .foreign])
    #expect(try world.head() == head)
  }

  @Test("the last day: the park's, at most the demand's own, else the corpus's number of days")
  func lastDay() throws {
    let world = try ParkWorld()
    let until = ParkWorld.day + 30
    let plan = try world.publish(Self.list(Self.gallium)) { $0.validUntil = until }
    #expect(plan.changes[0].validUntil == until)
    #expect(try world.publish(Self.list(Self.gallium)) { $0.validUntil = until }.isEmpty)
    let later = try world.publish(Self.list(Self.gallium)) { $0.validUntil = until + 1 }
    #expect(later.changes[0].fields.map(\.field) == ["valid_until"])
    let own =
      "{\"id\":\"X-1\",\"title\":\"碳化硅外延12片\",\"text\":\"4H-SiC 外延 12 片\",\"expires\":\"2026-12-01\"}\n"
    let stated = try world.publish(own, as: "d.jsonl") { $0.validUntil = until }
    #expect(stated.changes[0].validUntil == CivilDate(iso: "2026-12-01"))
  }

  @Test("a list that marks a row as withdrawn takes it back")
  func markedWithdrawn() throws {
    let world = try ParkWorld()
    func list(_ status: String) -> String {
      "\(ListLine.heading),状态\n\(Self.gallium),\(status)\n"
    }
    try world.publish(list("征集中"))
    #expect(try world.publish(list("已撤回")).changes.map(\.kind) == [.withdrawn])
    #expect(try world.publish(list("征集中")).changes.map(\.kind) == [.again])
  }

  @Test("twins of two parks are linked and counted once, each park counts its own")
  func twins() throws {
    let world = try ParkWorld(parks: ["HP", "QH", "NS"])
    let other = Self.gallium.replacing("QH01", with: "7").replacing("需要动态", with: "并需要动态")
    let foreign = Self.gallium.replacing("示例芯片有限公司", with: "另一家半导体有限公司")
    let first = try world.publish(Self.list(Self.gallium)).changes[0]
    let second = try world.publish(Self.list(other), park: "QH").changes[0]
    let third = try world.publish(Self.list(foreign), park: "NS").changes[0]
    #expect(first.twinOf == nil && third.twinOf == nil)
    #expect(second.twinOf == first.id)
    let all = try world.demands()
    let twins = Twins(all)
    let sheet = twins.countedOnce(all.filter { $0.version.stands(on: ParkWorld.day) })
    #expect(sheet.counted.count == 2 && sheet.leftOut.count == 1)
    #expect(try world.sheet(.everyone, park: "QH").rows.count == 1)
    // The first goes, the need stays.
    _ = try world.ledger.write(by: "HP") {
      try Withdrawal.withdraw([first.id ?? ""], park: "HP", $0)
    }
    let left = try world.demands()
    let counted = Twins(left).countedOnce(left.filter { $0.version.stands(on: ParkWorld.day) })
    #expect(counted.counted.count == 2 && counted.leftOut.isEmpty)
  }
}
