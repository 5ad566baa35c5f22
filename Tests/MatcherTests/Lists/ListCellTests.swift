import MatcherTestSupport
import Testing

@testable import Matcher

// Proves, of cells:
// 1. Amounts with units, signs, ranges and words around them; nothing is multiplied twice.
// 2. Dates of three scripts and calendars; impossible and ambiguous ones are told from unread ones.
// 3. Formulas of constants are worked out, all others are unknown.
// 4. Private data is found with its check digits and masked; numbers of other kinds are left alone.
// 5. Every code that the source says has a row and a sentence in three languages.
@Suite("cells of lists")
struct ListCellTests {
  static let corpus = TestCorpus.shared

  @Test(
    "amounts",
    arguments: [
      ("60", 600_000.0, 600_000.0, nil), ("约60万", 600_000, 600_000, nil),
      ("60万元以内", 600_000, 600_000, "CNY"),
      ("50-80", 500_000, 800_000, nil), ("50万~80万", 500_000, 800_000, nil),
      ("HK$46萬", 460_000, 460_000, "HKD"),
      ("1,200,000元", 1_200_000, 1_200_000, "CNY"), ("五十万", 500_000, 500_000, nil),
      ("RMB 1.2M", 1_200_000, 1_200_000, "CNY"),
      ("-50", -500_000, -500_000, nil), ("人民币贰佰万元整", 2_000_000, 2_000_000, "CNY"),
      ("0.5亿", 50_000_000, 50_000_000, nil),
      ("USD 1.5 million", 1_500_000, 1_500_000, "USD"), ("≤30", 300_000, 300_000, nil),
    ] as [(String, Double, Double, String?)])
  func amounts(text: String, low: Double, high: Double, currency: String?) {
    let unit = ListVocabulary.MoneyUnit(currency: "CNY", factor: 10_000)
    let cell = MoneyCell.read(
      Self.corpus.folding.fold(text), heading: unit, Self.corpus.listWords)
    #expect(cell?.low == low && cell?.high == high, "\(text): \(String(describing: cell))")
    #expect(cell?.currency == currency, "\(text)")
  }

  @Test("words are no amounts", arguments: ["面议", "待定", "2027年3月", "三家", "A1", "", "万元"])
  func noAmounts(text: String) {
    let cell = MoneyCell.read(Self.corpus.folding.fold(text), heading: nil, Self.corpus.listWords)
    #expect(cell == nil)
  }

  private func date(_ text: String, minguo: Bool = false) -> DateCell.Outcome {
    DateCell.read(
      Self.corpus.folding.fold(text), basis: ListFixture.asOf, minguo: minguo,
      words: Self.corpus.listWords)
  }

  @Test(
    "dates as they are printed",
    arguments: [
      ("2027-03-31", "2027-03-31"), ("2027/3/31", "2027-03-31"), ("2027.01.15", "2027-01-15"),
      ("2027年3月底", "2027-03-31"), ("2027年3月底前", "2027-03-31"), ("2027年3月", "2027-03"),
      ("2027-03", "2027-03"),
      ("二零二七年三月", "2027-03"), ("二〇二七年六月三十日", "2027-06-30"), ("2027年3月上旬", "2027-03-10"),
      ("2027年一季度", "2027-03-31"), ("2027年Q2", "2027-06-30"), ("Q1 2027", "2027-03-31"),
      ("2027年底", "2027-12-31"),
      ("2027年上半年", "2027-06-30"), ("民國116年3月31日", "2027-03-31"), ("31 March 2027", "2027-03-31"),
      ("Mar 31, 2027", "2027-03-31"), ("March 2027", "2027-03"),
      ("end of March 2027", "2027-03-31"),
      ("25/12/2026", "2026-12-25"), ("20270331", "2027-03-31"), ("3月31日", "2027-03-31"),
      ("明年三月底", "2027-03-31"),
      ("2027年6月30日前完成", "2027-06-30"), ("2027-03-31 00:00:00", "2027-03-31"),
      ("1H 2027", "2027-06-30"),
      ("２０２７年３月３１日", "2027-03-31"), ("2027年2月", "2027-02"), ("2028年2月底", "2028-02-29"),
    ])
  func dates(text: String, due: String) {
    guard case .read(let cell) = date(text) else {
      Issue.record("\(text): \(date(text))")
      return
    }
    #expect(cell.text == due)
  }

  @Test("what no calendar has, what can be read twice, what is no date")
  func otherDates() throws {
    for text in ["2027年13月", "2027-04-31", "2027年2月30日", "2027/13/45", "20271331"] {
      #expect(date(text) == .impossible, "\(text)")
    }
    let april = try #require(CivilDate(iso: "2027-04-03"))
    let march = try #require(CivilDate(iso: "2027-03-04"))
    #expect(date("3/4/2027") == .order(march, april))
    for text in ["3个月", "90天", "6 months", "30个工作日"] {
      #expect(date(text) == .duration, "\(text)")
    }
    for text in ["尽快", "张三", "60万", "", "HK$46萬"] { #expect(date(text) == .unread, "\(text)") }
    if case .read(let cell) = date("116/3/31", minguo: true) {
      #expect(cell.text == "2027-03-31" && cell.signs == [.minguo])
    } else {
      Issue.record("116/3/31")
    }
  }

  @Test("every day of some years is read in each form")
  func everyDay() throws {
    let first = try #require(CivilDate(iso: "2027-01-01"))
    for offset in stride(from: 0, to: 800, by: 7) {
      let day = first + offset
      let (year, month, number) = day.components
      for text in [
        day.description, "\(year)年\(month)月\(number)日", "\(year)/\(month)/\(number)",
        "\(year).\(month).\(number)", "民國\(year - 1911)年\(month)月\(number)日",
      ] {
        guard case .read(let cell) = date(text) else {
          Issue.record("\(text)")
          continue
        }
        #expect(cell.from == day && cell.to == day, "\(text)")
      }
    }
  }

  @Test("formulas of constants")
  func formulas() {
    #expect(FormulaValue.value("=30*2") == 60)
    #expect(FormulaValue.value("(12+8)*1.5-3") == 27)
    #expect(FormulaValue.value("50%*200") == 100)
    #expect(FormulaValue.value("-(2)") == -2)
    for text in ["SUM(F4:F26)", "A1*2", "1/0", "", "=", "((1)", "2**3", "1e999"] {
      #expect(FormulaValue.value(text) == nil, "\(text)")
    }
  }

  @Test("private data is found and masked, other numbers stay")
  func privateData() {
    let cases: [(String, [PrivateData.Kind])] = [
      ("请联系13800138000", [.phone]), ("电话：0755-26001234", [.phone]), ("Tel: 2345 6789", [.phone]),
      ("身份证 11010519491231002X", [.identity]), ("发到 someone@example.com", [.email]),
      ("联系人：张三", [.person]), ("容量12000000mAh", []), ("编号 20270331001", []),
      ("GB/T 31485-2015，8英寸", []), ("110105194912310021", []), ("晶圆1200片，线宽0.5μm", []),
      ("专利号202110123456.7", []),
    ]
    for (text, kinds) in cases {
      let found = PrivateData.find(in: text, words: Self.corpus.listWords)
      #expect(found.map(\.kind) == kinds, "\(text)")
      let masked = PrivateData.masked(text, found)
      #expect(kinds.isEmpty == (masked == text))
      #expect(
        PrivateData.find(in: masked, words: Self.corpus.listWords).filter { $0.kind != .person }
          .isEmpty || kinds == [.email])
    }
  }

  @Test("every code has its sentence in three languages")
  func codes() {
    let text = ListText(Self.corpus)
    #expect(Self.corpus.lists.codes.count > 60)
    for (code, row) in Self.corpus.lists.codes {
      #expect(Self.corpus.texts.localized(row.message) != nil, "\(code)")
      let finding = ListFinding(
        code, values: ["column": "c", "got": "g", "taken": "t", "basis": "b"])
      for language in Language.allCases {
        #expect(!text.sentence(finding, language).contains("{"), "\(code)")
      }
    }
    for field in ListField.allCases {
      #expect(Self.corpus.texts.localized("list.field.\(field.rawValue)") != nil, "\(field)")
    }
  }

  @Test("tables of lists are read whole")
  func tables() {
    #expect(Self.corpus.issues.filter { $0.file.hasPrefix("lists/") }.isEmpty)
  }
}
