import MatcherTestSupport
import Testing

@testable import Matcher

@Suite("A demand's words become what it asks")
struct DemandInterpreterTests {
  private static let corpus = TestCorpus.shared
  private static let interpreter = DemandInterpreter(
    corpus: corpus, tools: ReadingTools(corpus: corpus))
  static let day = CivilDate(year: 2026, month: 11, day: 21) ?? CivilDate(dayNumber: 0)

  private func read(_ text: String, title: String = "", _ more: [(String, JSONValue)] = [])
    -> JSONObject
  {
    let object = JSONObject(
      [("id", .string("D")), ("title", .string(title)), ("text", .string(text))] + more)
    return Self.interpreter.completed(object, asOf: Self.day)
  }

  private func strictness(_ object: JSONObject, _ part: String) -> String? {
    let value = object[part]?.array?.first ?? object[part]
    return value?.object?["strictness"]?.string
  }

  @Test("the service is told by its name, in any script")
  func services() {
    for text in ["要做碳化硅流片", "需要碳化矽流片", "looking for a SiC foundry"] {
      #expect(read(text)["services"] == .array([.string("ic.sic")]), "\(text)")
    }
    #expect(read("找单位合作，详谈")["services"] == nil)
  }

  @Test("what the record states is left alone")
  func stated() {
    let services = JSONValue.array([.string("la.wind")])
    let object = read("要做碳化硅流片，限广州", [("services", services)])
    #expect(object["services"] == services)
    #expect(object["services_source"] == nil)
    let place = JSONValue.object(JSONObject([("allowed", .array([.string("香港")]))]))
    #expect(read("限广州", [("place", place)])["place"] == place)
  }

  @Test(
    "a place is hard as a bare list or behind 限, soft beside 优先, none as the writer's own",
    arguments: [
      ("振动试验，限广州", "hard"), ("振动试验，广州或深圳", "hard"), ("振动试验，惠州周边优先", "soft"),
      ("振動試驗，深圳為佳", "soft"), ("vibration test, Shenzhen preferred", "soft"),
      ("振动试验，预算HK$3M", nil), ("振动试验，预算300万澳门元", nil),
      ("我司位于东莞，要做振动试验", nil), ("总部在深圳，要做振动试验", nil),
    ])
  func places(text: String, expected: String?) {
    #expect(strictness(read(text), "place") == expected)
  }

  @Test(
    "a certificate is hard, strong as a wish, and none when it is waived",
    arguments: [
      ("振动试验，要CNAS报告", 1, nil), ("振动试验，希望有CNAS", 1, "strong"), ("振动试验，不强求CNAS", 0, nil),
      ("振动试验，CNAS非必须", 0, nil),
    ] as [(String, Int, String?)])
  func certificates(text: String, count: Int, expected: String?) {
    let object = read(text)
    #expect(object["certificates"]?.array?.count ?? 0 == count)
    #expect(strictness(object, "certificates") == expected)
  }

  @Test("every part that was read quotes words of the text and says it was inferred")
  func quotes() {
    let text = "协作机械臂，按ISO 9283检测，需CNAS报告，限深圳"
    for item in Understanding(.object(read(text))).items where item.part != "services" {
      #expect(text.contains(item.quote), "\(item.part)")
      #expect(item.object["source"]?.object?["kind"]?.string == "inferred")
    }
  }

  @Test("services joined in the title are steps of their own")
  func stages() {
    let object = read("需结冰风洞和随机振动，均需CNAS", title: "无人机：抗风测试+随机振动")
    let stages = object["stages"]?.array ?? []
    #expect(
      stages.compactMap { $0.object?["services"]?.array?.first?.string } == ["la.wind", "la.vib"])
    #expect(stages.allSatisfy { $0.object?["certificates"] != nil })
  }

  @Test("scripts and widths of a text do not change what is read")
  func scripts() {
    let texts = ["协作机械臂性能检测，需CNAS报告，限广州", "協作機械臂性能檢測，需CNAS報告，限廣州", "協作機械臂性能檢測，需ＣＮＡＳ報告，限廣州"]
    let read = texts.map { text -> [JSONValue?] in
      let object = self.read(text)
      return [
        object["services"], object["place"]?.object?["allowed"],
        object["certificates"]?.array?.first?.object?["scheme"],
      ]
    }
    #expect(read[0] == read[1] && read[1] == read[2])
  }

  @Test("title and text are read each by itself; the rest's day is the last day")
  func joints() {
    let object = read("650V 器件，碳化硅流片", title: "可靠性 H3TRB 85/85")
    let values = object["requirements"]?.array?.compactMap { $0.object?["value"]?.number } ?? []
    #expect(!values.contains(85_650))
    let window = read("振动试验，2027年1月15日前交第一批，其余2027年4月30日前交完。")["window"]
    #expect(window?.object?["finish"]?.string == "2027-04-30")
  }
}

@Suite("A person confirms what was read")
struct UnderstandingTests {
  private static let corpus = TestCorpus.shared

  private func record() -> JSONValue {
    let object = JSONObject([
      ("id", .string("D")), ("text", .string("振动试验，需CNAS报告，限广州")), ("extra", .integer(7)),
    ])
    return .object(
      DemandInterpreter(corpus: Self.corpus, tools: ReadingTools(corpus: Self.corpus))
        .completed(object, asOf: DemandInterpreterTests.day))
  }

  @Test("confirmed items stay as statements, the others go, the rest of the record is kept")
  func confirming() throws {
    let record = record()
    let items = Understanding(record).items
    #expect(items.map(\.part) == ["services", "certificates", "place"])
    let day = DemandInterpreterTests.day
    let result = Understanding.confirming([1, 3], of: record, by: "王工", on: day)
    let object = try #require(result.object)
    #expect(object["services"] == record.object?["services"])
    #expect(object["certificates"]?.array?.isEmpty ?? true)
    #expect(object["place"]?.object?["source"]?.object?["kind"]?.string == "confirmed")
    #expect(object["place"]?.object?["source"]?.object?["ref"]?.string == "王工")
    #expect(object["extra"]?.number == 7)
    #expect(Understanding(result).items.isEmpty)
  }

  @Test("nothing confirmed leaves what the record itself states")
  func nothing() throws {
    let day = DemandInterpreterTests.day
    let result = Understanding.confirming([], of: record(), by: "", on: day)
    let object = try #require(result.object)
    #expect(object["services"] == nil && object["place"] == nil)
    #expect(object["text"]?.string == "振动试验，需CNAS报告，限广州")
  }
}
