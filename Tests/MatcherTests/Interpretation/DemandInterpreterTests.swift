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

  @Test(
    "a certificate of a name that no scheme has is asked and questioned, never passed over",
    arguments: [
      ("振动试验，必须有CAAC资质", ["CAAC"], nil), ("振动试验，须具备CNAS以外的NVLAP认证", ["NVLAP"], nil),
      ("振動試驗，實驗室須具備TAF認證", ["TAF"], nil), ("振动试验，NVLAP认证优先", ["NVLAP"], "soft"),
      ("Vibration test. The lab must hold an FAA Part 107 certificate.", ["FAA Part 107"], "hard"),
      ("Vibration test, halal certificate required", ["halal"], "hard"),
      ("Vibration test by a lab certified to AS9120 and NVLAP.", ["AS9120", "NVLAP"], nil),
      ("食品中试，须具备食品经营许可证", ["食品经营许可证"], nil), ("没有CAAC资质的不考虑，振动试验", ["CAAC"], "hard"),
      ("飞手需持有AOPA合格证、CAAC执照，试飞", ["AOPA", "CAAC"], nil),
      ("我司需要有CAAC资质的平台做振动试验", ["CAAC"], nil),
    ] as [(String, [String], String?)])
  func unknownCertificates(text: String, names: [String], expected: String?) {
    let object = read(text)
    let schemes = (object["certificates"]?.array ?? []).compactMap { $0.object?["scheme"]?.string }
    #expect(schemes == names)
    if expected != nil { #expect(strictness(object, "certificates") == expected) }
    let doubts = Understanding(.object(object)).doubts
    #expect(doubts.map(\.code) == names.map { _ in "unknown_certificate" })
    for language in Language.allCases {
      #expect(doubts.allSatisfy { !$0.question(language).contains("{") })
    }
  }

  @Test(
    "what is no certificate of a platform, is the writer's own or is waived, is not asked",
    arguments: [
      "振动试验，资质齐全", "振动试验，平台应具备相关资质", "振动试验，请提供资质证书复印件", "我司已取得CAAC资质，需要振动试验",
      "我司具备CAAC资质，需要振动试验", "振动试验，不要求NVLAP认证", "振动试验，无需具备CAAC资质", "软件适配，须支持OAuth2.0认证",
      "软件测试，需通过客户认证", "振动试验，需提供校准证书", "材料要附材质证书，振动试验", "协助办理CAAC认证，无人机振动试验",
      "须通过ISO 5级洁净室认证，流片", "具备独立法人资格，具有检测资质，振动试验", "出具认证报告，适配测试",
      "产品需通过欧盟医疗器械MDR认证，振动试验", "vibration test; licensed facility required",
      "We already hold an FAA Part 107 certificate; vibration test",
    ])
  func noCertificates(text: String) {
    let certificates = read(text)["certificates"]?.array ?? []
    #expect(certificates.isEmpty, "\(certificates)")
  }

  @Test(
    "an amount in a month or a year is asked where the words ask, else it is asked whose it is",
    arguments: [
      ("需月产300片的试产，SiC流片", 300, "month", false), ("SiC流片，月产300片", nil, nil, true),
      ("SiC流片，monthly output 300 wafers", nil, nil, true),
      ("我司月产300片，拟做SiC流片12片", 12, nil, false), ("SiC流片12片，月产300片", 12, nil, false),
      ("we need a SiC foundry able to run 300 wafers per month", 300, "month", false),
      ("Our fab makes 300 wafers per month; need SiC wafer run", nil, nil, false),
    ] as [(String, Double?, String?, Bool)])
  func outputs(text: String, amount: Double?, period: String?, isDoubted: Bool) {
    let object = read(text)
    #expect(object["quantity"]?.object?["value"]?.number == amount)
    #expect(object["quantity"]?.object?["per"]?.string == period)
    let codes = Understanding(.object(object)).doubts.map(\.code)
    #expect(codes.contains("output_whose") == isDoubted)
  }

  @Test("a plan of the firm is no spec, and an amount of unclear reading only informs")
  func plans() {
    for (text, expected) in [
      ("聚合物合成放大，产能不低于5吨/年", nil), ("聚合物合成放大，年产5吨", "info"), ("聚合物合成放大，达产后年产500吨", "none"),
    ] as [(String, String?)] {
      let found = (read(text)["requirements"]?.array ?? []).compactMap(\.object)
        .first { $0["key"]?.string == "annual_output" }
      #expect((found == nil ? "none" : found?["strictness"]?.string) == expected, "\(text)")
    }
  }

  @Test(
    "a place is asked where the work is to be done there, not where it is somebody's or on the way",
    arguments: [
      ("SiC流片，在香港完成测试", "hard"), ("振动试验，测试须在深圳进行", "hard"),
      ("Vibration test, to be done in Hong Kong", "hard"), ("振动试验，限珠三角", "hard"),
      ("振动试验，不出省", "hard"), ("試驗須於香港進行，振動試驗", "hard"), ("希望在东莞做打样，振动试验", "soft"),
      ("拟于2027年3月在深圳开展无人机试飞", "soft"), ("振动试验，预算HK$3M", nil),
      ("我们是香港公司，做振动试验", nil), ("振动试验，客户在深圳", nil), ("样品送往香港，振动试验", nil),
      ("已在香港完成，现需振动试验", nil), ("来自香港的样品，振动试验", nil), ("在深圳注册的公司，振动试验", nil),
      ("Deliver to our Hong Kong office; vibration test", nil), ("除深圳外均可，振动试验", nil),
      ("振动试验，深圳以外不考虑", "hard"),
    ])
  func placesOfWork(text: String, expected: String?) {
    #expect(strictness(read(text), "place") == expected)
  }

  @Test("places that are joined are all asked; one that begins inside another is none")
  func joinedPlaces() {
    func allowed(_ text: String) -> [String] {
      (read(text)["place"]?.object?["allowed"]?.array ?? []).compactMap(\.string)
    }
    #expect(allowed("佛山/东莞均可，振动试验") == ["cn.gd.foshan", "cn.gd.dongguan"])
    #expect(allowed("需要在大嶼山或元朗進行夜間試飛") == ["cn.hk.islands", "cn.hk.yuen_long"])
    let near = read("距离广州100公里以内，振动试验")["place"]?.object
    #expect(near?["of"]?.string == "cn.gd.guangzhou" && near?["within_km"]?.number == 100)
  }

  @Test("what stands before a colon says how strictly the rest is meant")
  func headings() {
    #expect(strictness(read("Vibration test; nice to have: CNAS"), "certificates") == "soft")
    #expect(strictness(read("振动试验。加分项：CNAS"), "certificates") == "soft")
  }

  @Test("the lowest temperature is reached, a number of an item or of a strange unit is none")
  func numbers() {
    func found(_ text: String) -> [JSONObject] {
      (read(text)["requirements"]?.array ?? []).compactMap(\.object)
    }
    let cold = found("合成放大，最低温度-78℃").first { $0["key"]?.string == "temperature" }
    #expect(cold?["value"]?.number == -78 && cold?["op"] == nil)
    #expect(!found("充放电寿命测试：（1）容量；（2）循环≥1000次（80%）").contains { $0["value"]?.number == 2 })
    #expect(!found("高通量测序，检出限10 copies/mL").contains { $0["value"]?.number == 10 })
    #expect(!found("无人机试飞，夜间不飞").contains { $0["key"]?.string == "night_flight" })
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
