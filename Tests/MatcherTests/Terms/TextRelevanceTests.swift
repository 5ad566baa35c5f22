// Proves of the relevance of texts:
//  1. a small example comes out as computed by hand;
//  2. the share of the most that can be reached lies in 0…1, is 0 without a common term, rises with
//     a matching word said again and with a further one, at the same length;
//  3. width, case and script of either side change nothing;
//  4. inflections of a word meet, other words do not;
//  5. a table survives being written and read, and a row that cannot be used is reported;
//  6. a score depends on the frozen tables alone, never on the other lines;
//  7. the letters in fours of a word share what the word weighs, so that of two words as rare the
//     longer finds no more than the shorter;
//  8. saying a word of letters again adds as much each time, in any order of the words, and what
//     `stats show` prints adds up to the most that a line can reach.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct TextRelevanceTests {
  private static let reader = TestCorpus.shared.termReader
  private static let statistics = TestCorpus.shared.statistics
  private static let line: [(share: Double, degree: Double)] = [(0, 0), (1, 1)]

  private static func share(
    _ demand: String, _ text: String, statistics: TextStatistics = statistics
  ) -> UInt32? {
    TextQuery(weighed(demand, statistics), curve: line)?.share(
      of: LineText(TextTerms(text, reader: reader), statistics: statistics))
  }

  private static func weighed(_ text: String, _ statistics: TextStatistics = statistics)
    -> WeighedTerms
  {
    WeighedTerms(text, reader: reader, statistics: statistics)
  }

  @Test("two words of equal rarity, one of them found once in a text of average length")
  func smallExample() throws {
    var statistics = TextStatistics()
    statistics.general.texts = 1000
    statistics.general.averageLength = 2
    // `ab` and `cd` have one four each, their bounded selves.
    for (kind, term) in [(Term.Kind.word, "ab"), (.word, "cd"), (.gram, "_ab_"), (.gram, "_cd_")] {
      let spelled = try #require(Term.spelled(term, kind))
      statistics.general.set([TermTable.Row(term: spelled, texts: 10)])
    }
    // Both words and both fours weigh the same, so half of the best weight matches;
    // at the average length one occurrence reaches 1 ÷ (1 + k₁) of its largest value.
    let share = try #require(
      TextRelevanceTests.share("ab cd", "ab ef", statistics: statistics))
    let expected = 0.5 / (1 + TextStatistics.k1)
    #expect(abs(Double(share) / 4_294_967_296 - expected) < 1e-6)
  }

  @Test(
    "shares lie in 0…1, are 0 without a common term, and rise with what matches",
    arguments: [
      ("SiC wafer thinning", ["copper foil"], "wafer", "thinning"),
      ("8寸碳化硅晶圆减薄，要快", ["电池"], "晶圆", "减薄"),
      ("高压反应釜 2000L hydrogenation", ["drone"], "hydrogenation", "反应釜"),
    ])
  func sharesRise(_ demand: String, _ others: [String], _ first: String, _ second: String) throws {
    for other in others { #expect(TextRelevanceTests.share(demand, other) == 0) }
    let filler = "zzzz yyyy"
    let one = try #require(TextRelevanceTests.share(demand, "\(first) \(filler) \(filler)"))
    let two = try #require(TextRelevanceTests.share(demand, "\(first) \(second) \(filler)"))
    let whole = try #require(TextRelevanceTests.share(demand, demand))
    #expect(one > 0)
    #expect(two > one)
    #expect(whole > two)
  }

  @Test("more of a matching word at the same length never lowers the share")
  func countsAreMonotone() throws {
    let shares = try (0...6).map { count in
      let words =
        Array(repeating: "milling", count: count) + Array(repeating: "qqqq", count: 6 - count)
      return try #require(
        TextRelevanceTests.share("micro milling", words.joined(separator: " ")))
    }
    #expect(shares == shares.sorted())
    #expect(Set(shares).count == shares.count)
  }

  @Test(
    "width, case and script change nothing",
    arguments: [
      ("ＳｉＣ　ｗａｆｅｒ", "sic WAFER"), ("測試工具箱", "测试工具箱"), ("晶圓減薄", "晶圆减薄"),
      ("ＧＭＰ車間", "gmp车间"),
    ])
  func foldingIsTheSame(_ left: String, _ right: String) {
    let reader = TextRelevanceTests.reader
    #expect(TextTerms(left, reader: reader) == TextTerms(right, reader: reader))
  }

  @Test("工具 finds 测试工具箱")
  func partOfWord() {
    #expect((TextRelevanceTests.share("工具", "测试工具箱") ?? 0) > 0)
  }

  @Test("words of a demand that no text can tell apart give no query")
  func onlyStopWords() {
    #expect(TextRelevanceTests.share("what is of the", "anything") == nil)
    #expect(TextRelevanceTests.share("，。!?", "anything") == nil)
  }

  @Test(
    "inflections of one word have one stem",
    arguments: [
      ["coat", "coats", "coated", "coating"], ["measure", "measures", "measured", "measuring"],
      ["dry", "dries", "dried"], ["etch", "etches", "etching", "etched"],
      ["oxidize", "oxidized", "oxidizing"], ["mill", "mills", "milled", "milling"],
      ["stability", "stabilities"], ["reaction", "reactions"], ["hop", "hopped", "hopping"],
      ["conduct", "conducts", "conducted", "conducting"], ["relational", "relate", "related"],
    ])
  func stems(_ forms: [String]) {
    let stems = Set(forms.map { EnglishStemmer.stem(Array($0.utf8)) })
    #expect(stems.count == 1, "\(forms)")
  }

  @Test(
    "different words keep different stems",
    arguments: [
      ("sing", "single"), ("news", "new"), ("test", "tester"), ("organ", "organization"),
      ("university", "universe"), ("add", "ad"), ("bias", "bia"), ("as", "ass"), ("gas", "ga"),
    ])
  func stemsDiffer(_ left: String, _ right: String) {
    let (one, other) = (
      EnglishStemmer.stem(Array(left.utf8)), EnglishStemmer.stem(Array(right.utf8))
    )
    #expect(one != other, "\(left) \(right)")
  }

  @Test("a stem is never empty nor longer than its word by more than a letter")
  func stemsAreShort() {
    let letters = Array("abdeilnorstuy".utf8)
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      let count = Int.random(in: 1...14, using: &generator)
      let word = (0..<count).map { _ in letters.randomElement(using: &generator) ?? letters[0] }
      let stem = EnglishStemmer.stem(word)
      #expect(!stem.isEmpty && stem.count <= word.count + 1)
    }
  }

  @Test("a table is read as it was written")
  func tableRoundTrip() {
    var builder = TermTableBuilder(reader: TextRelevanceTests.reader)
    for text in ["晶圆减薄 SiC wafers", "晶圆键合 SiC wafer", "", "of the"] { builder.add(text) }
    let (table, issues) = TermTable.read(Array(builder.rows(version: "t-1").utf8), file: "t.tsv")
    #expect(issues.isEmpty)
    #expect(table.texts == 2)
    #expect(table.averageLength == 4)
    #expect(table.version.hasPrefix("t-1@"))
    let wafer = Term.spelled("wafer", .word)
    #expect(wafer.map { table.texts(with: $0) } == 2)
    #expect(Term.spelled("晶圆", .pair).map { table.texts(with: $0) } == 2)
    #expect(Term.spelled("减薄", .pair).map { table.texts(with: $0) } == 0)
  }

  @Test(
    "a row that cannot be used is reported with its line and the rest counts",
    arguments: [
      "word\tx", "thing\tx\t3", "word\tx\t0", "word\tx\tmany", "pair\tabc\t3", "gram\tab\t3",
      "table\twidth\t3", "word\tx\t3\t4", "word\t\t3", "table\ttexts\tnan", "\u{FFFD}",
    ])
  func badRows(_ row: String) {
    let text = "# note\nkind\tterm\ttexts\n\(row)\nword\tgood\t3\r\n"
    let (table, issues) = TermTable.read(Array(text.utf8), file: "t.tsv")
    #expect(issues.map(\.row) == [3])
    #expect(table.count == 1)
  }

  @Test("a rarer term weighs more, and an unknown one most")
  func rarerIsHeavier() throws {
    let statistics = TextRelevanceTests.statistics
    let weights = try ["system", "membran", "zzqqzz"].map {
      statistics.weight(try #require(Term.spelled($0, .word)))
    }
    #expect(weights == weights.sorted())
    let known = statistics.weight(try #require(Term.spelled("的", .character)))
    let unknown = statistics.weight(try #require(Term.spelled("龘", .character)))
    #expect(known < unknown)
    #expect(known >= 0)
  }

  @Test(
    "the fours of a word weigh twice the word together, each by how telling it is",
    arguments: ["administration", "zinc", "sic", "ab", "2000l", "hydrogenation"])
  func foursShareTheirWord(word: String) throws {
    let weighed = TextRelevanceTests.weighed(word)
    var (own, fours): (Double, [(weight: Double, each: Double)]) = (0, [])
    for (term, weight) in zip(weighed.terms, weighed.weights) {
      switch Term.kind(term) {
      case .word: own = weight
      case .gram: fours.append((weight, TextRelevanceTests.statistics.weight(term)))
      case .character, .pair: Issue.record("a word of letters has no characters")
      }
    }
    #expect(own > 0)
    #expect(abs(fours.reduce(0) { $0 + $1.weight } - 2 * own) < 1e-9)
    for (one, other) in zip(fours, fours.dropFirst()) where one.each > 0 && other.each > 0 {
      #expect(abs(one.weight / one.each - other.weight / other.each) < 1e-9)
    }
  }

  @Test("a word without a four counts by itself alone", arguments: ["x", "8", "5"])
  func shortWords(word: String) {
    let weighed = TextRelevanceTests.weighed(word)
    #expect(weighed.terms.map(Term.kind) == [.word])
    #expect(weighed.weights == weighed.terms.map(TextRelevanceTests.statistics.weight))
  }

  @Test(
    "of two words as rare, the longer one finds no more than the shorter",
    arguments: [("zinc", "administration"), ("ph", "characterization"), ("etch", "metallurgical")])
  func longWordsCountNoMore(_ short: String, _ long: String) throws {
    var statistics = TextRelevanceTests.statistics
    let stems = TextTerms("\(short) \(long)", reader: TextRelevanceTests.reader).terms
    statistics.general.set(
      stems.filter { Term.kind($0) == .word }.map { TermTable.Row(term: $0, texts: 500) })
    statistics.catalogue = TermTable()
    let demand = "\(short) \(long)"
    let (one, other) = (
      try #require(TextRelevanceTests.share(demand, "\(short) qqqq", statistics: statistics)),
      try #require(TextRelevanceTests.share(demand, "\(long) qqqq", statistics: statistics))
    )
    #expect(abs(Double(one) - Double(other)) <= 1e-6 * 4_294_967_296)
  }

  @Test("a word of letters said again adds as much each time, in any order", arguments: 0..<50)
  func wordsAddUp(seed: UInt64) {
    let words = ["micro", "milling", "SiC", "wafer", "wafers", "thinning", "2000L", "8", "zqx"]
    var generator = SeededGenerator(seed: seed)
    var said = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
      words.randomElement(using: &generator) ?? "wafer"
    }
    let first = TextRelevanceTests.weighed(said.joined(separator: " "))
    said.shuffle(using: &generator)
    let again = TextRelevanceTests.weighed((said + said).joined(separator: " "))
    #expect(again.terms == first.terms)
    for (one, two) in zip(first.weights, again.weights) {
      #expect(one >= 0 && abs(two - 2 * one) <= 1e-9 * (1 + two))
    }
  }

  @Test("what a text's terms weigh adds up to the most that a line can reach")
  func shownWeightsAddUp() throws {
    let text = "8寸碳化硅晶圆减薄，SiC wafer thinning of wafers 减薄"
    let shown = CatalogueStatistics(corpus: TestCorpus.shared).termWeights(text)
    let query = try #require(
      TextQuery(TextRelevanceTests.weighed(text), curve: TextRelevanceTests.line))
    #expect(abs(shown.reduce(0) { $0 + $1.weight } - query.best) < 1e-9)
    #expect(shown.map(\.weight) == shown.map(\.weight).sorted(by: >))
    #expect(shown.first { $0.term == "wafer" }?.count == 2)
  }

  @Test("other platforms never change a score")
  func otherLinesChangeNothing() throws {
    let corpus = TestCorpus.shared
    func scores(_ others: Int) throws -> [String: Int64] {
      var reader = RecordReader(corpus: corpus)
      let texts =
        [("a", "碳化硅晶圆减薄与抛光 SiC wafer thinning"), ("b", "电池包振动试验")]
        + (0..<others).map { ("other-\($0)", "碳化硅 SiC wafer thinning \($0)") }
      var lines: [UInt8]? = texts.flatMap { id, text in
        let record = JSONObject([("id", .string(id)), ("text", .string(text))])
        return Array((JSONWriter.line(.object(record)) + "\n").utf8)
      }
      try reader.readPlatforms(
        {
          defer { lines = nil }
          return lines
        }, file: "platforms.jsonl")
      reader.add(
        demand: JSONObject([("id", .string("d")), ("text", .string("SiC晶圆减薄 wafer thinning"))]),
        file: "t")
      let engine = MatchEngine(corpus: corpus, platforms: reader.platforms)
      let demand = try #require(reader.demands.first)
      let options = MatchOptions(asOf: CivilDate(dayNumber: 20_779))
      return try ["a", "b"].reduce(into: [:]) { found, id in
        found[id] = try #require(engine.evaluate(demand, line: id, options: options)).score.expected
      }
    }
    let alone = try scores(0)
    #expect(try scores(25) == alone)
    #expect((alone["a"] ?? 0) > (alone["b"] ?? 0))
  }
}
