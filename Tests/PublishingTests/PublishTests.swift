import Foundation
import Ledger
import Matcher
import MatcherTestSupport
import Testing

@testable import Publishing

// 1 The same file twice adds nothing.
// 2 The difference is the edits, whatever they are.
// 3 A demand keeps its number when the park's own numbering and order do not.
// 4 A number is never given twice.
// 5 What is refused changes nothing; warnings keep nothing back.
@Suite struct PublishTests {
  private static func lines(_ count: Int, _ random: inout SeededGenerator) -> [ListLine] {
    (0..<count).map { ListLine.random($0, &random) }
  }

  /// Our number of each line, by its words.
  private static func ids(_ lines: [ListLine], _ world: ParkWorld) throws -> [Int: String] {
    let stored = try world.demands()
    return Dictionary(
      lines.compactMap { line in
        stored.first {
          $0.version.record["title"]?.string == line.title
            && $0.version.record["text"]?.string == line.text
        }
        .map { (line.identity, $0.id) }
      }, uniquingKeysWith: { $1 })
  }

  @Test("the same file twice adds no entry", arguments: UInt64(0)..<2)
  func twice(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = try ParkWorld()
    let list = ListLine.csv(Self.lines(12, &random))
    let first = try world.publish(list)
    #expect(first.count(.new) == 12)
    let head = try world.head()
    for day in [ParkWorld.day, ParkWorld.day + 40] {
      let again = try world.publish(list, on: day)
      #expect(again.isEmpty)
      #expect(again.count(.unchanged) == 12)
      #expect(try world.head() == head)
    }
  }

  @Test("samples of the corpus: twice the same, in each format")
  func samples() throws {
    for name in ["sample_demands.csv", "sample_demands.jsonl"] {
      let bytes = try #require(CorpusFiles.bytes("lists/\(name)"))
      let world = try ParkWorld()
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(try world.publish(text, as: name).count(.new) > 3)
      let head = try world.head()
      #expect(try world.publish(text, as: name).isEmpty)
      #expect(try world.head() == head)
    }
  }

  @Test("the difference is the edits", arguments: UInt64(0)..<12)
  func edits(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = try ParkWorld()
    var lines = Self.lines(10, &random)
    try world.publish(ListLine.csv(lines))
    let ids = try Self.ids(lines, world)
    #expect(ids.count == 10)

    var edited: Set<Int> = []
    var removed: Set<Int> = []
    for _ in 0..<random.int(0...4) {
      let place = random.int(0...(lines.count - 1))
      guard random.chance(70) else {
        removed.insert(lines.remove(at: place).identity)
        continue
      }
      edited.insert(lines[place].identity)
      if random.chance(50) {
        lines[place].budget += 7
      } else {
        lines[place].text += "；另需出具报告\(random.int(2...9))份"
      }
    }
    edited.subtract(removed)
    let added = random.int(0...2)
    for index in 0..<added { lines.append(ListLine.random(100 + index, &random)) }
    lines.shuffle(using: &random)

    let plan = try world.publish(ListLine.csv(lines)) { $0.isWhole = true }
    func found(_ kind: PublishChange.Kind) -> Set<String> {
      Set(plan.changes.filter { $0.kind == kind }.compactMap(\.id))
    }
    #expect(found(.changed) == Set(edited.compactMap { ids[$0] }))
    #expect(found(.withdrawn) == Set(removed.compactMap { ids[$0] }))
    #expect(plan.count(.new) == added)
    #expect(plan.count(.refused) == 0)
    let now = try Self.ids(lines, world)
    for line in lines where line.identity < 100 {
      #expect(now[line.identity] == ids[line.identity])
    }
  }

  @Test("a dry run shows the same and changes nothing")
  func dryRun() throws {
    var random = SeededGenerator(seed: 3)
    let world = try ParkWorld()
    let list = ListLine.csv(Self.lines(5, &random))
    let head = try world.head()
    let shown = try world.publish(list, dryRun: true)
    #expect(try world.head() == head)
    #expect(try world.publish(list).changes.map(\.kind) == shown.changes.map(\.kind))
  }

  @Test("renumbered, reordered and edited at once, each keeps its number", arguments: UInt64(0)..<6)
  func stable(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 500)
    let world = try ParkWorld()
    var lines = Self.lines(12, &random)
    try world.publish(ListLine.csv(lines))
    let ids = try Self.ids(lines, world)
    for _ in 0..<3 {
      lines.shuffle(using: &random)
      for place in lines.indices {
        lines[place].own = String(place + 1)
        if random.chance(20) { lines[place].text += "，第\(random.int(1...99))版" }
      }
      let plan = try world.publish(ListLine.csv(lines)) { $0.isWhole = true }
      #expect(plan.count(.new) == 0 && plan.count(.withdrawn) == 0)
      #expect(try Self.ids(lines, world) == ids)
    }
  }

  @Test("our number in the returned sheet decides over everything else")
  func ourNumber() throws {
    var random = SeededGenerator(seed: 9)
    let world = try ParkWorld()
    let lines = Self.lines(3, &random)
    let ids = try world.publish(ListLine.csv(lines)).changes.compactMap(\.id)
    let other = ListLine.random(50, &random, firms: 1)
    let list = "系统编号," + ListLine.heading + "\n" + ids[1] + "," + other.csv + "\n"
    let plan = try world.publish(list)
    #expect(plan.changes.map(\.kind) == [.changed])
    #expect(plan.changes[0].id == ids[1])
  }

  @Test("a number is not given again after its demand was withdrawn")
  func numbers() throws {
    var random = SeededGenerator(seed: 4)
    let world = try ParkWorld()
    let lines = Self.lines(6, &random)
    var given: [String] = []
    for round in 0..<3 {
      let list = ListLine.csv([lines[round * 2], lines[round * 2 + 1]])
      let plan = try world.publish(list) { $0.isWhole = true }
      given += plan.changes.filter { $0.kind == .new }.compactMap(\.id)
    }
    #expect(given == (1...6).map { "HP-2026-000\($0)" })
    let back = try world.publish(ListLine.csv([lines[0]]))
    #expect(back.changes.map(\.kind) == [.again])
    #expect(back.changes[0].id == given[0])
  }

  @Test("what is refused changes nothing of what stands, and keeps it from being withdrawn")
  func refused() throws {
    var random = SeededGenerator(seed: 5)
    let world = try ParkWorld()
    var lines = Self.lines(3, &random)
    for place in lines.indices { lines[place].own = "QH-0\(place + 1)" }
    try world.publish(ListLine.csv(lines))
    let head = try world.head()
    lines[1].text = "绝密★碳化硅外延"
    lines[2].text = "碳化硅外延，温度99999999℃"
    let list = ListLine.csv(lines) + ListLine.csv([lines[0]]).split(separator: "\n")[1] + "\n"
    let plan = try world.publish(list) { $0.isWhole = true }
    #expect(plan.count(.unchanged) == 1)
    #expect(plan.count(.refused) == 3)
    #expect(plan.isEmpty)
    #expect(try world.head() == head)
    let bodies = try world.bodies()
    #expect(!bodies.contains("绝密"))
  }

  @Test("what is not fit is kept back as draft or returned, and published once it is corrected")
  func states() throws {
    let world = try ParkWorld()
    func list(_ rows: [String]) -> String {
      ([ListLine.heading] + rows).joined(separator: "\n") + "\n"
    }
    let draft = "A-01,碳化硅外延试产,外延片12片，完成日期2025年3月31日前,集成电路,甲有限公司,,60,2025-03-31"
    let returned = "A-02,,需求待定,集成电路,乙有限公司,,60,2027-06-30"
    let fit = "A-03,GaN HEMT流片,650V GaN HEMT 8英寸流片25片，线宽0.25微米,集成电路,丙有限公司,,60,2027-06-30"
    let plan = try world.publish(list([draft, returned, fit]))
    #expect(plan.changes.map(\.state) == [.draft, .returned, .published])
    #expect(plan.changes[0].reasons == ["window_past"])
    #expect(!plan.changes[1].reasons.isEmpty)
    #expect(try world.demands().filter { $0.version.stands(on: ParkWorld.day) }.count == 1)
    let corrected = "A-02,乙公司碳化硅外延,碳化硅外延片24片，厚度12微米,集成电路,乙有限公司,,60,2027-06-30"
    let next = try world.publish(list([draft, corrected, fit]))
    #expect(next.changes.map(\.kind) == [.unchanged, .changed, .unchanged])
    #expect(next.changes[1].id == plan.changes[1].id)
    #expect(next.changes[1].state == .published)
  }

  @Test("the whole list of nothing withdraws nothing")
  func wholeOfNothing() throws {
    var random = SeededGenerator(seed: 6)
    let world = try ParkWorld()
    try world.publish(ListLine.csv(Self.lines(4, &random)))
    let plan = try world.publish(ListLine.heading + "\n", dryRun: true) { $0.isWhole = true }
    #expect(plan.count(.withdrawn) == 0)
  }
}
