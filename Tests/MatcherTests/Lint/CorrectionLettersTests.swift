import MatcherTestSupport
import Testing

@testable import Matcher

// 1. one message a firm, in the order of the list; demands without problems are left out
// 2. a firm written with other blanks and marks is the same firm; another park's is not
// 3. a demand for named people shows its id and a count
// 4. three languages, nothing left unfilled
@Suite("Correction letters")
struct CorrectionLettersTests {
  static let corpus = TestCorpus.shared
  static let day = CivilDate(year: 2026, month: 11, day: 21) ?? CivilDate(dayNumber: 0)

  private func judged(
    _ id: String, firm: String?, park: String = "示例园", text: String,
    visibility: Visibility = .everyone
  ) -> (demand: Demand, problems: [DemandProblem]) {
    var object = JSONObject([
      ("id", .string(id)), ("title", .string("炉 \(id)")), ("text", .string(text)),
      ("park", .string(park)), ("visibility", .string(visibility.rawValue)),
    ])
    if let firm { object["enterprise"] = .object(JSONObject([("name", .string(firm))])) }
    var reader = RecordReader(corpus: CorrectionLettersTests.corpus)
    reader.add(demand: object, file: "typed")
    let demand = reader.demands.first ?? Demand(id: id)
    let lint = DemandLint(corpus: CorrectionLettersTests.corpus)
    return (demand, lint.problems(demand, asOf: CorrectionLettersTests.day))
  }

  private static let wrong = "高温烧结，炉温-300℃，单炉30公斤，2027年3月31日前完成。"

  private func letters(_ language: Language = .simplified) -> [CorrectionLetter] {
    let judged = [
      judged("A1", firm: "甲科技有限公司", text: CorrectionLettersTests.wrong),
      judged("B1", firm: "乙材料有限公司", text: CorrectionLettersTests.wrong),
      judged("A2", firm: " 甲科技 有限公司", text: CorrectionLettersTests.wrong),
      judged("A3", firm: "甲科技有限公司", park: "另一示例园", text: CorrectionLettersTests.wrong),
      judged(
        "B2", firm: "乙材料有限公司", text: CorrectionLettersTests.wrong, visibility: .named),
      judged("N1", firm: nil, text: CorrectionLettersTests.wrong),
    ]
    return CorrectionLetters(corpus: CorrectionLettersTests.corpus, language: language)
      .letters(judged + [(judged[0].demand, [])], asOf: CorrectionLettersTests.day)
  }

  @Test("one message a firm")
  func grouped() {
    let letters = letters()
    #expect(letters.map(\.demands) == [["A1", "A2"], ["B1", "B2"], ["A3"], ["N1"]])
    #expect(letters.map(\.firm) == ["甲科技有限公司", "乙材料有限公司", "甲科技有限公司", nil])
    #expect(letters[0].text.contains("-300℃") && !letters[0].text.contains("B1"))
    #expect(letters[0].text.contains("示例园\n日期：2026-11-21"))
  }

  @Test("a demand for named people shows its id and a count")
  func sealed() {
    let text = letters()[1].text
    let hidden = text.split(separator: "\n").drop { !$0.contains("B2") }.prefix(2)
    #expect(hidden.count == 2 && !hidden.joined().contains("300") && !text.contains("炉 B2"))
  }

  @Test("three languages, nothing left unfilled", arguments: Language.allCases)
  func languages(_ language: Language) {
    for letter in letters(language) {
      #expect(!letter.text.contains("{") && !letter.text.contains("["), "\(letter.text)")
    }
  }
}
