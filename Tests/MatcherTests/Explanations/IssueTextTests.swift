import MatcherTestSupport
import Testing

@testable import Matcher

// 1. each phrase is in three languages with the same placeholders, and no pattern is there twice
// 2. each text that the source passes on as got, expected or hint has a phrase
// 3. each issue of the malformed files is translated whole
// 4. the most specific phrase is taken; values stay as they are; an unknown text stays English
// 5. the linter refuses a phrase without a language or with other placeholders
@Suite("Issue text")
struct IssueTextTests {
  static let corpus = CorpusFiles.plain
  private static let tools = ReadingTools(corpus: corpus)
  static let text = IssueText(corpus)

  static func translates(_ english: String) -> Bool {
    Language.allCases.filter { $0 != .english }.allSatisfy {
      text.translate(english, $0) != english
    }
  }

  @Test("each phrase says the same in three languages")
  func phrasesAreWhole() {
    #expect(IssueTextTests.corpus.issuePhrases.count > 150)
    for phrase in IssueTextTests.corpus.issuePhrases {
      let cells = [phrase.simplified, phrase.traditional, phrase.english]
      #expect(!cells.contains(""), "\(phrase.english)")
      #expect(Set(cells.map(Texts.placeholders)).count == 1, "\(phrase.english)")
    }
    let patterns = IssueTextTests.corpus.issuePhrases.map(\.english)
    #expect(Set(patterns).count == patterns.count)
    let issues = IssueTextTests.corpus.issues + CorpusLint.check(IssueTextTests.corpus)
    #expect(issues.filter { $0.file.hasPrefix("texts") }.isEmpty)
  }

  @Test("each text of an issue in the source has a phrase; write it as one literal")
  func sourceIsTranslated() throws {
    let literals = try IssueLiteral.all().filter(\.hasWords)
    #expect(literals.count > 200)
    for literal in literals {
      #expect(IssueTextTests.translates(literal.text), "add to texts/issues.tsv: \(literal)")
    }
  }

  @Test("literals are found in calls, over lines, in choices and beside interpolations")
  func literalsAreFound() {
    let source = #"""
      log.warn(
        field, got: "'\(text)'", expected: names.isEmpty ? "a place" : "one of \(names.joined(separator: ", "))",
        hint:
          "say \"no\" to \(a(b))")
      if x { problem = problem ?? "a bad cell" }
      forgot: "never"
      """#
    let found = IssueLiteral.literals(in: Array(source)).map(\.text)
    #expect(
      found == ["'x1'", "a place", "one of x1", #"say "no" to x1"#, "a bad cell"])
  }

  @Test("the kinds of JSON values have a phrase")
  func kindsAreTranslated() {
    let values: [JSONValue] = [
      .bool(true), .number(1), .string(""), .array([]), .object(JSONObject()),
    ]
    for value in values { #expect(IssueTextTests.translates(value.kind), "\(value.kind)") }
    #expect(IssueTextTests.text.translate("null", .simplified) == "null（空值）")
  }

  @Test(
    "each issue of a malformed file is translated",
    arguments: CorpusFiles.names(in: "malformed", suffix: ""))
  func malformedIsTranslated(file: String) throws {
    guard RecordFormat(fileName: file) != nil, file != "expected.json" else { return }
    let bytes = try #require(CorpusFiles.bytes("malformed/\(file)"))
    var reader = RecordReader(
      corpus: IssueTextTests.corpus, options: RecordReader.Options(), tools: IssueTextTests.tools)
    try reader.readDemands(Chunks.source(bytes, sizes: [.max]), file: file)
    try reader.readPlatforms(Chunks.source(bytes, sizes: [.max]), file: file)
    for issue in reader.demandIssues {
      #expect(IssueTextTests.translates(issue.expected), "\(issue.expected)")
      let translated = IssueTextTests.text.translate(issue, .simplified)
      #expect(translated.got != issue.got && translated.hint != issue.hint, "\(issue)")
    }
    for issue in reader.issues {
      #expect(isValue(issue.got) || IssueTextTests.translates(issue.got), "\(issue.got)")
      #expect(IssueTextTests.translates(issue.expected), "\(issue.expected)")
      if let hint = issue.hint { #expect(IssueTextTests.translates(hint), "\(hint)") }
    }
  }

  /// JSON other than text, or a number with its unit: nothing to translate.
  private func isValue(_ got: String) -> Bool {
    if let first = got.first, "[{-0123456789".contains(first) { return true }
    return ["true", "false"].contains(got)
  }

  @Test("values stay, the phrase around them changes")
  func valuesStay() {
    let text = IssueTextTests.text
    #expect(
      text.translate("'furlong', an unknown unit", .simplified) == "「furlong」，无法识别的单位")
    #expect(
      text.translate("'D-1' a second time", .traditional) == "「D-1」重複出現")
    #expect(
      text.translate("25…450 mm, the usual range", .simplified) == "25…450 mm（常见范围）")
    #expect(text.translate("'D-1' a second time", .english) == "'D-1' a second time")
  }

  @Test("the phrase with the longest literal text is taken, whatever the order")
  func specificity() {
    let phrases = [
      LocalizedName(simplified: "甲{a}", traditional: "甲{a}", english: "a {a}"),
      LocalizedName(
        simplified: "乙{u}给{k}", traditional: "乙{u}給{k}", english: "a unit of {u} for {k}"),
      LocalizedName(simplified: "丙", traditional: "丙", english: "a unit of length for x"),
      LocalizedName(simplified: "丁{u}", traditional: "丁{u}", english: "a unit of {u}"),
    ]
    for phrases in [phrases, phrases.reversed()] {
      let text = IssueText(phrases: phrases)
      #expect(text.translate("a unit of length for x", .simplified) == "丙")
      #expect(text.translate("a unit of mass for y", .simplified) == "乙mass给y")
      #expect(text.translate("a unit of mass", .simplified) == "丁mass")
      #expect(text.translate("a mass", .simplified) == "甲mass")
    }
  }

  @Test("a phrase fits the whole text only, with something at each placeholder")
  func wholeTextOnly() {
    let phrase = LocalizedName(
      simplified: "从{a}到{b}", traditional: "由{a}至{b}", english: "from {a}, {b} in all")
    let text = IssueText(phrases: [phrase])
    #expect(text.translate("from x, y in all", .traditional) == "由x至y")
    #expect(text.translate("from a, b, c in all", .simplified) == "从a到b, c")
    for other in [
      "from x, y", "says from x, y in all", "from x, y in all.", "from , y in all",
      "from x,  in all", "from x", "", "in all",
    ] {
      #expect(text.translate(other, .simplified) == other)
    }
  }

  @Test("an unknown text and quoted input that looks like a phrase stay")
  func fallsBack() {
    let text = IssueTextTests.text
    for language in Language.allCases {
      #expect(text.translate("a purple cow", language) == "a purple cow")
      #expect(text.translate("", language) == "")
    }
    #expect(text.translate("'a number for me'", .simplified) == "「a number for me」")
    #expect(text.translate("'e\u{301}'", .simplified) == "「e\u{301}」")
    #expect(text.translate("'{x}'", .simplified) == "「{x}」")
  }

  @Test("an issue keeps its place and is translated in all that is said")
  func wholeIssue() {
    let issue = RecordIssue(
      .warning, file: "f.csv", row: 3, record: "D-1", field: "text", got: "nothing",
      expected: "a number", hint: "check the number and its unit")
    var wanted = issue
    wanted.got = "空白"
    wanted.expected = "數字"
    wanted.hint = "請核對數值和單位"
    #expect(IssueTextTests.text.translate(issue, .traditional) == wanted)
    #expect(IssueTextTests.text.translate(issue, .english) == issue)
  }

  @Test("the linter names what a phrase lacks")
  func linter() {
    let table = """
      en\tzh-Hans\tzh-Hant
      good {a}\t好{a}\t好{a}
      no third\t没有\t
      other {a}\t别的{b}\t別的{a}
      twice {a} {a}\t两次{a}\t兩次{a}
      good {a}\t又{a}\t又{a}
      """
    let corpus = Corpus(
      Corpus.Files(names: ["texts/issues.tsv"]) {
        $0 == "texts/issues.tsv" ? Array(table.utf8) : nil
      })
    let found = CorpusLint.check(corpus).filter { $0.file == "texts/issues.tsv" }
    #expect(found.map(\.record) == ["no third", "other {a}", "twice {a} {a}"])
    #expect(found.allSatisfy { $0.severity == .refused })
    #expect(corpus.issues.contains { $0.file == "texts/issues.tsv" && $0.row == 6 })
    #expect(corpus.texts.ids.isEmpty)
  }
}
