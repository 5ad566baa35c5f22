import MatcherTestSupport
import Testing

@testable import Matcher

// Proves, of a platform's prose:
// 1. Parts that each name a service of their own become lines; what stands before them holds for all.
// 2. A bound says how far the line gets, in the key's own direction; single values are one set.
// 3. What is taken back, before or behind its name, or is not there yet is no capability.
// 4. Lots, capacity, prices, waiting times and free days are read where word and bound stand together.
// 5. A place that stands alone is where the platform is; whom it serves is not.
@Suite("A platform's prose becomes what it offers")
struct PlatformInterpreterTests {
  private static let interpreter = PlatformInterpreter(
    corpus: TestCorpus.shared, tools: ReadingTools(corpus: TestCorpus.shared))

  private func read(_ text: String) -> JSONObject {
    let object = JSONObject([("id", .string("P")), ("text", .string(text))])
    return Self.interpreter.completed(object, asOf: DemandInterpreterTests.day)
  }

  private func lines(_ text: String) -> [JSONObject] {
    read(text)["lines"]?.array?.compactMap(\.object) ?? []
  }

  private func spec(_ key: String, _ text: String) -> JSONObject? {
    lines(text).first?["specs"]?.array?.compactMap(\.object).first { $0["key"]?.string == key }
  }

  @Test("numbered and labelled parts become lines of their own")
  func parts() {
    let text = "设在广州。一、碳化硅流片线，6英寸，12片起投。二、振动试验室，最大推力100kN。"
    let read = lines(text)
    #expect(
      read.map { $0["services"] } == [
        .array([.string("ic.sic")]), .array([.string("la.vib")]),
      ])
    #expect(read.map { $0["id"]?.string } == ["P/L1", "P/L2"])
    #expect(read.first?["lot"]?.object?["min"]?.number == 12)
    #expect(read.last?["lot"] == nil)
    #expect(read.allSatisfy { $0["text"]?.string?.contains("设在广州") == true })
    // Numbered sentences about one service are one line.
    #expect(lines("1、碳化硅流片，6英寸。2、团队60人。").count == 1)
  }

  @Test("a bound is how far the line gets")
  func bounds() {
    #expect(spec("min_linewidth", "碳化硅流片，最小线宽不大于0.5μm")?["min"]?.number == 0.5)
    #expect(spec("min_linewidth", "碳化硅流片，最小线宽不大于0.5μm")?["max"] == nil)
    let wafers = spec("wafer_diameter", "碳化硅流片，8英寸（兼容6英寸）")
    #expect(wafers?["values"]?.array?.compactMap(\.number).sorted() == [150, 200])
  }

  @Test("what is taken back or not there yet is no capability")
  func denials() {
    let line = lines("碳化硅陶瓷烧结，真空炉最高2200℃，氢气气氛不具备。").first
    #expect(line?["denied"] == .array([.string("氢气")]))
    let certificates = lines("振动试验室，CNAS正在申请。").first?["certificates"]
    #expect(certificates == nil)
    #expect(lines("振动试验室，已获CNAS。").first?["certificates"] != nil)
  }

  @Test(
    "lots, capacity, prices and waiting times",
    arguments: [
      ("碳化硅流片，12片起投。", "lot", "min", 12.0), ("碳化硅流片，单批5至50片。", "lot", "max", 50),
      ("人形机器人整机装配，月产能200台。", "capacity", "value", 200),
      ("振动试验，800元/小时。", "price", "min", 800), ("碳化硅流片，排队约4周。", "lead_time", "days", 28),
    ])
  func commerce(text: String, part: String, member: String, value: Double) {
    #expect(lines(text).first?[part]?.object?[member]?.number == value, "\(text)")
  }

  @Test(
    "whether a price holds the tax, wherever its sentence says so",
    arguments: [
      ("振动试验，800元/小时（含税）。", "included"), ("振动试验，不含税800元/小时。", "excluded"),
      ("振動試驗，800元/小時，未稅。", "excluded"), ("振动试验，800元/小时。", nil),
    ] as [(String, String?)])
  func tax(text: String, expected: String?) {
    let price = lines(text).first?["price"]?.object
    #expect(price?["min"]?.number == 800, "\(text)")
    #expect(price?["tax"]?.string == expected, "\(text)")
  }

  @Test(
    "an amount without its bound or what it is for says nothing",
    arguments: [
      "碳化硅流片，已交付12片。", "碳化硅流片，总投资2亿元。", "碳化硅流片，成立于2020年3月。",
    ])
  func silence(text: String) {
    let line = lines(text).first
    for part in ["lot", "capacity", "price", "lead_time", "calendar"] {
      #expect(line?[part] == nil, "\(text) \(part)")
    }
  }

  @Test(
    "a place that stands alone is the platform's",
    arguments: [
      ("振动试验室，两台100kN。广州增城。", "cn.gd.guangzhou.zengcheng"),
      ("振动试验室，客户遍布深圳。", nil), ("振动试验室，主要服务珠海企业。", nil),
    ] as [(String, String?)])
  func places(text: String, expected: String?) {
    #expect(read(text)["place"]?.string == expected, "\(text)")
  }
}
