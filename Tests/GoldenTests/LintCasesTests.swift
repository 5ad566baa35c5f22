import Matcher
import MatcherTestSupport
import Testing

// 1. there are cases in three scripts, and ones that must stay clear
// 2. each case has exactly the errors and warnings, and the notes, that it expects
// 3. what is said is filled in, in three languages
// 4. quotes are the words of the record at their offsets
// 5. of the texts that a careful reader found clear, at most 3 % get an error
// 6. of a demand for named people no words and no values are said
@Suite("Demands, as the linter judges them")
struct LintCasesTests {
  static let corpus = TestCorpus.shared
  static let lint = DemandLint(corpus: corpus)
  static let text = ProblemText(corpus)

  private func problems(_ row: LintCase) throws -> (demand: Demand, found: [DemandProblem]) {
    let demand = try #require(row.demand(LintCasesTests.corpus))
    return (demand, LintCasesTests.lint.problems(demand, asOf: LintCase.day))
  }

  @Test("there are cases in three scripts")
  func casesAreThere() {
    #expect(LintCase.all.count >= 60)
    #expect(Set(LintCase.all.map(\.id)).count == LintCase.all.count)
    let scripts = LintCase.all.compactMap { $0.record["lang"]?.string }
    for script in ["zh-Hans", "zh-Hant", "en"] {
      #expect(scripts.count { $0 == script } >= 12, "\(script)")
    }
    #expect(LintCase.all.count { $0.expected.isEmpty } >= 15)
    #expect(LintCase.all.allSatisfy { $0.record["synthetic"] == .bool(true) })
  }

  @Test("a case has the problems it expects", arguments: LintCase.all)
  func judged(_ row: LintCase) throws {
    let (_, found) = try problems(row)
    let grave = found.filter { $0.severity != .note }.map(\.code).sorted()
    #expect(grave == row.expected)
    let notes = Set(found.filter { $0.severity == .note }.map(\.code))
    #expect(row.notes.allSatisfy(notes.contains), "\(notes.sorted())")
  }

  @Test("sentences and questions are filled in, in three languages", arguments: LintCase.all)
  func said(_ row: LintCase) throws {
    for problem in try problems(row).found {
      for language in Language.allCases {
        for said in [
          LintCasesTests.text.sentence(problem, language),
          LintCasesTests.text.ask(problem, language),
        ] {
          #expect(!said.isEmpty && !said.contains("{") && !said.hasPrefix("["), "\(said)")
        }
      }
    }
  }

  @Test("quotes stand where they say", arguments: LintCase.all)
  func quoted(_ row: LintCase) throws {
    let (demand, found) = try problems(row)
    for quote in found.compactMap(\.quote) {
      let field = Array((quote.field == .title ? demand.title : demand.text).utf8)
      try #require(quote.range.upperBound <= field.count)
      let words = String(decoding: field[quote.range], as: UTF8.self)
      #expect(words.contains(quote.words) && !quote.words.isEmpty)
    }
  }

  @Test("a sealed demand is judged without its words", arguments: LintCase.all)
  func sealed(_ row: LintCase) throws {
    let open = try problems(row).found
    var record = row.record
    record["visibility"] = .string("named")
    let hidden = LintCase(
      id: row.id, file: row.file, record: record, expected: [], notes: [])
    for problem in try problems(hidden).found {
      #expect(problem.isWithheld && problem.quote == nil && problem.key == nil)
      let said = Language.allCases.map {
        LintCasesTests.text.sentence(problem, $0) + LintCasesTests.text.ask(problem, $0)
      }
      for quote in open.compactMap(\.quote) where quote.words.utf8.count > 3 {
        #expect(!said.contains { $0.contains(quote.words) }, "\(said)")
      }
    }
  }

  @Test("clear texts get no error but in 3 of 100")
  func clearTexts() throws {
    let bytes = try #require(CorpusFiles.bytes("cases/texts/demands.jsonl"))
    var (clear, wrong): (Int, [String]) = (0, [])
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let object = try JSONParser.parse(line).object else { continue }
      if object["truth"]?.object?["flags"] != nil { continue }
      clear += 1
      var reader = RecordReader(corpus: LintCasesTests.corpus)
      reader.add(demand: object, file: "demands.jsonl")
      let demand = try #require(reader.demands.first)
      let found = LintCasesTests.lint.problems(demand, asOf: LintCase.day)
      if found.contains(where: { $0.severity == .error }) { wrong.append(demand.id) }
    }
    #expect(clear > 90)
    #expect(wrong.count * 100 <= clear * 3, "\(wrong)")
  }
}
