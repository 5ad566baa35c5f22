import Foundation
import Ledger
import Matcher
import MatcherTestSupport
import TableFiles
import Testing

@testable import Publishing

// 1 Data about people are in no entry, whatever column or text they came in, and in no public list.
// 2 What is sealed is in no public list, neither is a firm's name.
// 3 A change of a contact alone adds no entry; what was erased does not come back by itself.
@Suite struct PeopleTests {
  private static let people = [
    "张三丰", "13800138000", "zhang@example.com", "wx-zhang-77", "李四光", "13911112222",
  ]

  private static let list = """
    编号,需求名称,需求描述,领域,企业名称,联系人,联系电话,电子邮箱,微信号,备注,预算（万元）,完成期限,保密级别
    A-01,碳化硅外延试产,4H-SiC外延12片，厚度12微米。联系人：李四光，电话13911112222,集成电路,示例甲芯片有限公司,张三丰,13800138000,zhang@example.com,wx-zhang-77,可致电13911112222,60,2027-06-30,公开
    A-02,氮化镓流片,示例甲芯片需要650V GaN HEMT 8英寸25片，线宽0.25微米,集成电路,示例甲芯片有限公司,张三丰,13800138000,,,,80,2027-06-30,公开
    A-03,量子密钥模块老化,QKD-77型模块老化1000小时，温度85℃,集成电路,示例乙光子有限公司,,,,,,90,2027-06-30,保密

    """

  @Test("no entry and no public list holds data about people; the contact table does")
  func nowhere() throws {
    let world = try ParkWorld()
    let plan = try world.publish(Self.list)
    #expect(plan.count(.new) == 3)
    let bodies = try world.bodies()
    let shown = try Self.texts(world, .everyone)
    let closed = try Self.texts(world, .park)
    let kept = try world.ledger.read { try $0.allContacts() }.map { JSONText.line($0.body) }
      .joined()
    for person in Self.people {
      #expect(!bodies.contains(person), "entry holds \(person)")
      #expect(!shown.contains(person), "public list holds \(person)")
    }
    for person in Self.people.prefix(4) { #expect(kept.contains(person)) }
    for person in Self.people.prefix(3) { #expect(closed.contains(person)) }
    let json = plan.changes.map { JSONWriter.line($0.json) }.joined()
    for person in Self.people { #expect(!json.contains(person)) }
  }

  @Test("a public list holds neither firms nor what is restricted; the park's own does")
  func restricted() throws {
    let world = try ParkWorld()
    try world.publish(Self.list)
    let sealed = """
      {"id":"S-1","title":"蚀刻试产 7777 项","text":"深宽比 7777","requirements":[{"key":"etch_aspect_ratio","op":"at_least","value":7777,"visibility":"named"}],"budget":{"max":123400,"visibility":"brokers"},"enterprise":{"name":"示例丙有限公司"}}
      {"id":"S-2","title":"公开企业的晶圆减薄","text":"减薄到 100 微米，25 片","enterprise":{"name":"示例丁有限公司","visibility":"public"}}

      """
    try world.publish(sealed, as: "d.jsonl")
    let shown = try Self.texts(world, .everyone)
    let closed = try Self.texts(world, .park)
    for word in ["示例甲芯片", "示例乙光子", "QKD-77", "量子密钥", "7777", "123400", "12.34", "示例丙"] {
      #expect(!shown.contains(word), "public list holds \(word)")
    }
    #expect(shown.contains("示例丁有限公司"))
    #expect(shown.contains("020-12345678"))
    #expect(shown.contains("截至日期：2026-11-22"))
    for word in ["示例甲芯片", "示例乙光子", "QKD-77", "7777", "示例丙"] {
      #expect(closed.contains(word))
    }
  }

  @Test("a firm that is not to be named is in no entry; its park still knows it again")
  func hiddenFirm() throws {
    let list = """
      编号,需求名称,需求描述,企业名称,联系人,完成期限
      1,碳化硅外延试产,4H-SiC外延12片，厚度12微米。勿公开企业名,示例己芯片有限公司,王五一,2027-06-30
      2,氮化镓流片,650V GaN HEMT 8英寸25片，线宽0.25微米,示例庚芯片有限公司,王五一,2027-06-30

      """
    let world = try ParkWorld()
    let first = try world.publish(list)
    let bodies = try world.bodies()
    #expect(!bodies.contains("示例己") && bodies.contains("示例庚"))
    #expect(try !Self.texts(world, .everyone).contains("示例己"))
    #expect(try Self.texts(world, .park).contains("示例己芯片有限公司"))
    #expect(try world.publish(list).isEmpty)
    let edited = list.replacing("厚度12微米", with: "厚度14微米").replacing("1,碳化硅", with: "9,碳化硅")
    let plan = try world.publish(edited)
    #expect(plan.changes[0].id == first.changes[0].id)
  }

  @Test("a contact that changed adds no entry; one that was erased stays erased")
  func contacts() throws {
    let world = try ParkWorld()
    try world.publish(Self.list)
    let head = try world.head()
    let other = Self.list.replacing("13800138000", with: "13700137000")
    let plan = try world.publish(other)
    #expect(plan.changes.map(\.kind) == [.changed, .changed, .unchanged])
    #expect(plan.changes[0].fields == [.contact])
    #expect(try world.head() == head)
    let ids = try world.ledger.read { try $0.allContacts() }.filter { $0.kind == .demand }.map(\.id)
    try world.ledger.write(by: "test") { writer in
      for id in ids { try writer.removeContact(id) }
    }
    #expect(try world.publish(other).isEmpty)
    try world.publish(other) { $0.takesErasedContacts = true }
    let back = try world.ledger.read { try $0.allContacts() }.filter { $0.kind == .demand }.map(
      \.id)
    #expect(Set(back) == Set(ids))
    #expect(try world.head() == head)
  }

  /// All that a person can read of a list, as workbook and as page.
  private static func texts(_ world: ParkWorld, _ edition: DemandSheet.Edition) throws -> String {
    struct Cells: SheetConsumer {
      var text = ""
      mutating func begin(_ sheet: SheetInfo) { text += sheet.sheet ?? "" }
      mutating func row(_ row: SheetRow) {
        text += row.cells.map(\.text).joined(separator: "|") + "\n"
      }
      mutating func end() {}
    }
    let sheet = try world.sheet(edition)
    var chunk: [UInt8]? = sheet.workbook(world.corpus, .simplified)
    let file = try TableFile.open(
      {
        defer { chunk = nil }
        return chunk
      }, name: "a.xlsx", corpus: world.corpus)
    var cells = Cells()
    _ = try file.read(into: &cells)
    return cells.text + sheet.page(world.corpus, .simplified)
  }

  @Test(
    "lists in three languages have a title, a day, repeated heads and no other language's words")
  func languages() throws {
    let world = try ParkWorld()
    try world.publish(Self.list)
    for (language, word) in [
      (Language.simplified, "产业中试需求清单"), (.traditional, "產業中試需求清單"),
      (.english, "pilot-test demands"),
    ] {
      let page = try world.ledger.read { reader in
        try DemandSheetMaker(corpus: world.corpus, language: language, asOf: ParkWorld.day)
          .sheet(.everyone, of: Park(code: "HP", name: "HP"), reader)
      }.page(world.corpus, language)
      #expect(page.contains(word) && page.contains("2026-11-22"))
      #expect(page.contains("size:A4 landscape") && page.contains("table-header-group"))
      #expect(page.contains("lang=\"\(language.rawValue)\""))
      #expect(!page.contains("[publish."))
      #expect(!page.contains("http"))
    }
  }
}
