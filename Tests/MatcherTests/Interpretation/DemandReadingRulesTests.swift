import MatcherTestSupport
import Testing

@testable import Matcher

@Suite("What a demand's words ask by rule")
struct DemandReadingRulesTests {
  private static let corpus = TestCorpus.shared
  private static let tools = ReadingTools(corpus: corpus)
  private static let interpreter = DemandInterpreter(corpus: corpus, tools: tools)

  private func read(_ text: String, title: String = "") -> JSONObject {
    let object = JSONObject([
      ("id", .string("D")), ("title", .string(title)), ("text", .string(text)),
    ])
    return Self.interpreter.completed(object, asOf: DemandInterpreterTests.day)
  }

  private func finish(_ text: String) -> String? {
    read(text)["window"]?.object?["finish"]?.string
  }

  private func keys(_ object: JSONObject) -> [String] {
    (object["requirements"]?.array ?? []).compactMap { $0.object?["key"]?.string }
  }

  @Test("a time within which all must be done is a last day, counted from the record's own")
  func deadlines() {
    #expect(finish("碳化硅外延，三个月内完成") == "2027-02-21")
    #expect(finish("碳化硅外延，交期：8周") == "2027-01-16")
    #expect(finish("碳化硅外延，两周出结果") == "2026-12-05")
    #expect(finish("SiC epi growth, delivered within 6 weeks") == "2027-01-02")
    #expect(finish("碳化硅外延，12月开始，两个半月内交付") == "2027-02-16")
    let window = read("碳化硅外延，必须30天内完成")["window"]?.object
    #expect(window?["strictness"]?.string == "hard")
    #expect(
      read("碳化硅外延，30天内完成")["window"]?.object?["strictness"]?.string == "strong")
  }

  @Test(
    "a time that counts from an unknown day, has passed, or is about something else is none",
    arguments: [
      "碳化硅外延，签约后30天内完成", "碳化硅外延，收到样品后，30天内出报告", "近三个月内完成过碳化硅外延", "碳化硅外延，质保24个月内免费",
      "振动试验，每批7天内出报告", "SiC epi growth, report within 30 days after receipt of samples",
      "电池循环测试，1000小时内容量衰减不超过20%",
    ])
  func noDeadline(_ text: String) {
    #expect(finish(text) == nil)
  }

  @Test("words that leave a few services to choose from are asked about")
  func choice() {
    let doubts = read("需做EMC测试")["doubts"]?.array?.compactMap(\.object) ?? []
    let asked = doubts.first { $0["code"]?.string == "service_choice" }
    let question = asked?["question"]?.object?["zh-Hans"]?.string ?? ""
    #expect(question.contains("整机电磁兼容") && question.contains("机器人EMC/环境"))
    #expect(read("需做EMC测试")["services"] == nil)
    // A named service leaves no choice, and a word of a dozen services is none to put to anybody.
    for text in ["需做无人机EMC测试", "需要流片", "找单位合作"] {
      #expect(!codes(read(text)).contains("service_choice"), "\(text)")
    }
  }

  private func codes(_ object: JSONObject) -> [String] {
    (object["doubts"]?.array ?? []).compactMap { $0.object?["code"]?.string }
  }

  @Test("a number that is called by another property's name is not the service's usual one")
  func propertyNouns() {
    #expect(keys(read("SiC流片，500℃")) == ["implant_temperature"])
    #expect(keys(read("SiC流片，离子注入温度500℃")) == ["implant_temperature"])
    #expect(!keys(read("SiC流片，固化温度150℃")).contains("implant_temperature"))
  }

  @Test("numbered items of services are steps, each with its own requirements")
  func numberedItems() {
    let text = "最大起飞55公斤垂起固定翼：（一）十米暗室EMC，至18GHz；（二）整机高低温-30至55度，箱体20立方以上；（三）超视距试飞，真高120米以下。"
    let stages = read(text)["stages"]?.array?.compactMap(\.object) ?? []
    #expect(
      stages.map { $0["services"]?.array?.first?.string } == ["la.emc", "la.env", "la.flight"])
    #expect(keys(stages.first ?? JSONObject()) == ["emc_test_distance", "emc_frequency"])
    // Numbered conditions of one service are none.
    #expect(read("碳化硅流片要求：1、6英寸；2、线宽1微米；3、12片。")["stages"] == nil)
  }

  @Test("a grade says more than its family, unless the family is the title")
  func broaderTerms() {
    func metals(_ text: String, title: String = "") -> Int? {
      read(text, title: title)["requirements"]?.array?.compactMap(\.object)
        .first { $0["key"]?.string == "metal" }?["value"]?.array?.count
    }
    #expect(metals("金属增材制造，材料为钛合金，TC4 ELI") == 1)
    #expect(metals("TC4结构件，金属增材制造", title: "钛合金大尺寸增材") == 2)
  }

  @Test("the lot is an amount, never a size")
  func lots() {
    func lot(_ text: String) -> [JSONValue?] {
      let quantity = read(text)["quantity"]?.object
      return [quantity?["value"], quantity?["unit"]]
    }
    #expect(lot("双螺杆造粒，试3吨料") == [.number(3), .string("t")])
    #expect(lot("来料约2微米，试 400 kg") == [.number(400), .string("kg")])
    #expect(lot("已有小试50mL工艺") == [nil, nil])
  }
}
