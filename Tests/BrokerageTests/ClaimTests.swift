// What is proved here:
// 1. Each slot takes its short form, and the claim is what a record states.
// 2. What no table knows is refused with what was expected, never taken as something else.
import Matcher
import MatcherTestSupport
import Testing

@testable import Brokerage

@Suite("Answers in their short form")
struct ClaimTests {
  private func claim(
    _ side: ClaimClauses.Side, _ slot: String, _ value: String
  ) throws -> (String, String) {
    let corpus = TestCorpus.shared
    let slot = try #require(FactSlot(slot, corpus: corpus))
    let read = try ClaimClauses(corpus: corpus, side: side).read(slot, value)
    return ("\(read.slot)", JSONWriter.line(read.claim))
  }

  private static let answers: [(String, String, String)] = [
    ("implant_energy", "max 650 keV", #"{"key":"implant_energy","max":"650 keV"}"#),
    (
      "implant_energy", "implant_energy max 650 keV", #"{"key":"implant_energy","max":"650 keV"}"#
    ),
    ("implant_energy", "<= 650 keV", #"{"key":"implant_energy","max":"650 keV"}"#),
    ("spec:implant_energy", "最大 650 keV", #"{"key":"implant_energy","max":"650 keV"}"#),
    (
      "anneal_temperature", "200..1700 ℃",
      #"{"key":"anneal_temperature","min":"200 ℃","max":"1700 ℃"}"#
    ),
    ("data_onshore", "= no", #"{"key":"data_onshore","state":"denied"}"#),
    ("data_onshore", "不具备", #"{"key":"data_onshore","state":"denied"}"#),
    ("data_onshore", "有", #"{"key":"data_onshore","value":true}"#),
    (
      "certificate:CNAS", "CNAS(振动|冲击)@2028-05-31",
      #"{"valid_until":"2028-05-31","scope":["振动","冲击"],"scheme":"CNAS"}"#
    ),
    ("CNAS", "@2028-05-31", #"{"valid_until":"2028-05-31","scheme":"CNAS"}"#),
    ("CNAS", "无", #"{"scheme":"CNAS","state":"denied"}"#),
    ("openness", "yes", #"{"state":"open","text":"yes"}"#),
    (
      "status", "full 2027-03-01",
      #"{"state":"full","text":"full 2027-03-01","from":"2027-03-01"}"#
    ),
    ("service", "ic.sic; ic.mpw", #"["ic.sic","ic.mpw"]"#),
    ("price", "3.2..4.5 万元 / 片", #"{"min":32000,"max":45000,"currency":"CNY","per":"片"}"#),
    (
      "price", "HKD 8000", ""
    ),
    ("lot", "6..100 片", #"{"min":6,"max":100,"unit":"片"}"#),
    ("lot", "max 100 片", #"{"max":100,"unit":"片"}"#),
    ("capacity", "400 片/月", #"{"value":400,"unit":"片","per":"month"}"#),
    (
      "calendar", "2027-01-04..2027-06-30 x4",
      #"[{"from":"2027-01-04","to":"2027-06-30","slots":4}]"#
    ),
    ("window", "30 个工作日", #"{"days":30,"kind":"working"}"#),
  ]

  @Test("a platform's answers", arguments: answers)
  func platform(slot: String, value: String, expected: String) throws {
    guard !expected.isEmpty else {
      #expect(throws: ClaimProblem.self) { try claim(.platform, slot, value) }
      return
    }
    #expect(try claim(.platform, slot, value).1 == expected)
  }

  @Test("what was asked as the time is answered by a calendar or a lead time")
  func window() throws {
    #expect(try claim(.platform, "window", "45 days").0 == "lead_time")
    #expect(try claim(.platform, "window", "2027-01-04..2027-06-30").0 == "calendar")
    let corpus = TestCorpus.shared
    #expect(FactSlot("lead_time", corpus: corpus)?.asked == .window)
    #expect(FactSlot("价格", corpus: corpus) == .price)
  }

  private static let unusable: [(String, String)] = [
    ("implant_energy", "max 650 furlong"), ("implant_energy", "很高"),
    ("implant_energy", "anneal_temperature = 300 ℃"), ("cleanroom_class", "ISO 99"),
    ("CNAS", "CMA@2028-01-01"), ("openness", "maybe"), ("status", "perhaps"),
    ("service", "ic.nothing"), ("price", "一口价"), ("lot", "100"), ("lot", "9..3 片"),
    ("calendar", "2027-06-30..2027-01-04"), ("place", "不存在的地方"), ("border", "yes"),
    ("price", "-3 万元"), ("lead_time", "soon"), ("data_onshore", ""),
  ]

  @Test("what cannot be used is refused", arguments: unusable)
  func refused(slot: String, value: String) {
    #expect(throws: ClaimProblem.self, "\(slot) \(value)") { try claim(.platform, slot, value) }
  }

  @Test("amounts of contracts are whole yuan")
  func yuan() {
    #expect(MoneyClause.yuan("1,200,000") == 1_200_000)
    #expect(MoneyClause.yuan("120万元") == 1_200_000)
    #expect(MoneyClause.yuan("0.5") == nil && MoneyClause.yuan("HKD 3") == nil)
    #expect(MoneyClause.yuan("1e300") == nil && MoneyClause.yuan("-1") == nil)
    #expect(MoneyClause.yuan("1..2") == nil && MoneyClause.yuan("") == nil)
  }
}
