import MatcherTestSupport
import Testing

@testable import Matcher

// 1. without a day nothing is read out of the text and no date is compared
// 2. must-have values that exclude one another are an error; other strictnesses and terms are none
// 3. of a sealed requirement the key is named and no value
// 4. problems come errors first, each once, the same for the same demand
// 5. no text makes the linter trap, and its quotes stay inside the text
// 6. a value a hundred times beyond the known ones is asked with the unit that would fit
@Suite("Demand lint")
struct DemandLintTests {
  static let corpus = TestCorpus.shared
  static let lint = DemandLint(corpus: corpus)
  static let day = CivilDate(year: 2026, month: 11, day: 21)

  private func demand(_ json: String) throws -> Demand {
    var reader = RecordReader(corpus: DemandLintTests.corpus)
    let object = try #require(try JSONParser.parse(Array(json.utf8)).object)
    reader.add(demand: object, file: "typed")
    return try #require(reader.demands.first)
  }

  private func codes(_ json: String, asOf: CivilDate? = day) throws -> [String] {
    DemandLintTests.lint.problems(try demand(json), asOf: asOf).map(\.code)
  }

  private func furnace(_ second: String, _ more: String = "") -> String {
    """
    {"id":"D","services":["nm.furn"],\(more)"requirements":[
    {"key":"furnace_temperature","op":"at_least","value":1700,"unit":"℃","strictness":"hard"},
    \(second)]}
    """
  }

  @Test("without a day the text stays unread")
  func unread() throws {
    let json = #"{"id":"D","text":"炉温-300℃，2026年9月30日前完成","expires":"2026-01-01"}"#
    let silent = try codes(json, asOf: nil)
    #expect(silent == ["service_unclear", "no_condition_plain"])
    let read = try codes(json)
    #expect(read.contains("impossible") && read.contains("expired"))
  }

  @Test("must-have values that exclude one another")
  func exclusions() throws {
    func second(_ strictness: String, _ value: Int) -> String {
      """
      {"key":"furnace_temperature","op":"at_most","value":\(value),"unit":"℃",
      "strictness":"\(strictness)"}
      """
    }
    #expect(try codes(furnace(second("hard", 1600)), asOf: nil) == ["values_exclude"])
    #expect(try codes(furnace(second("hard", 1800)), asOf: nil).isEmpty)
    #expect(try codes(furnace(second("soft", 1600)), asOf: nil).isEmpty)
  }

  @Test("a sealed requirement shows its key and no value")
  func sealedRequirement() throws {
    let json = furnace(
      #"{"key":"furnace_temperature","op":"at_most","value":1600,"unit":"℃","#
        + #""strictness":"hard","visibility":"named"}"#)
    let problem = try #require(
      DemandLintTests.lint.problems(try demand(json), asOf: nil).first)
    #expect(problem.isWithheld && problem.key == "furnace_temperature")
    let text = ProblemText(DemandLintTests.corpus)
    for language in Language.allCases {
      let said = text.sentence(problem, language) + text.ask(problem, language)
      #expect(!said.contains("1600") && !said.contains("1700"), "\(said)")
    }
  }

  @Test("errors come first, each problem once, and again the same")
  func order() throws {
    let json = #"""
      {"id":"D","title":"高端设备","text":"炉温-300℃，炉温-300℃，尽快。2026年2月30日前完成。请勿外传。"}
      """#
    let demand = try demand(json)
    let found = DemandLintTests.lint.problems(demand, asOf: DemandLintTests.day)
    #expect(found.map(\.severity) == found.map(\.severity).sorted(by: >))
    for (index, one) in found.enumerated() {
      #expect(!found.dropFirst(index + 1).contains(one))
    }
    #expect(found == DemandLintTests.lint.problems(demand, asOf: DemandLintTests.day))
  }

  @Test("no text makes it trap", arguments: UInt64(0)..<60)
  func hostile(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "炉温", "湿度", "pH", "2000kg", "-300℃", "120%RH", "不低于", "不高于", "，", "。", "：", "共",
      "每批", "25片", "5万元", "総", "2027年2月30日", "13月40日", "9999999999年", "防爆", "不需要", "勿外传", "8\"",
      "\u{0}", "🏭", "至", "-", "/", "×", "尽快", "衬底：", "\n", "e\u{301}", "工期90天", "前完成",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      text += pieces[Int.random(in: 0..<pieces.count, using: &random)]
    }
    let cut = text.index(text.startIndex, offsetBy: text.count / 3)
    var demand = Demand(id: "D")
    demand.title = String(text[..<cut])
    demand.text = String(text[cut...])
    demand.stated = .object(
      JSONObject([
        ("id", .string("D")), ("title", .string(demand.title)), ("text", .string(demand.text)),
      ]))
    demand.stages = [Stage()]
    for problem in DemandLintTests.lint.problems(demand, asOf: DemandLintTests.day) {
      guard let quote = problem.quote else { continue }
      let field = quote.field == .title ? demand.title : demand.text
      #expect(quote.range.upperBound <= field.utf8.count, "\(text)")
    }
  }

  @Test("a slip of the unit is asked with the unit that would fit")
  func slip() throws {
    let json = """
      {"id":"D","services":["nm.furn"],"requirements":[
      {"key":"furnace_charge","op":"at_least","value":50,"unit":"t","strictness":"hard"}]}
      """
    let known = DemandLintTests.corpus.registry.key("furnace_charge").flatMap {
      DemandLintTests.corpus.lint.known[$0]
    }
    guard let known, known.count >= 3, known.high * 100 <= 50_000 else { return }
    let problem = try #require(
      DemandLintTests.lint.problems(try demand(json), asOf: nil).first { $0.kind == .scale })
    #expect(problem.code == "unit_slip")
    #expect(ProblemText(DemandLintTests.corpus).ask(problem, .english).contains("50 kg"))
  }
}
