import Matcher
import MatcherTestSupport
import Testing

@testable import Night

/// A pair written as text is the pair's JSON, byte for byte.
@Suite struct LineTextTests {
  @Test("numbers and strings are written as the JSON writer writes them")
  func values() {
    var random = SeededGenerator(seed: 3)
    let numbers = [0, 1, 9, 10, 99, 100, 101, 999_999, 1_000_000, 1_000_001, 1_500_000, 2_000_000]
    for number in numbers + (0..<2000).map({ _ in random.int(0...1_200_000) }) {
      var text = LineText()
      text.millionths(number)
      let expected = JSONWriter.line(.number(Double(number) / 1_000_000))
      #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
    }
    for string in ["", "碳化硅", "a\"b\\c", "tab\t", "\u{7F}\u{1F}", "é🙂"] {
      var text = LineText()
      text.string(string)
      #expect(String(decoding: text.bytes, as: UTF8.self) == JSONWriter.line(.string(string)))
    }
  }

  @Test("a pair's text is its JSON", arguments: UInt64(0)..<200)
  func pairs(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let match = random.match()
    let day = CivilDate(dayNumber: 20_779)
    var text = LineText()
    match.append(asOf: day, to: &text)
    #expect(
      String(decoding: text.bytes, as: UTF8.self)
        == JSONWriter.line(.object(match.json(asOf: day))))
  }
}

extension SeededGenerator {
  fileprivate mutating func name() -> String {
    pick(["spec:wafer_diameter", "certificate:\"CNAS\"", "window", "价格", "a\\b"])
  }

  fileprivate mutating func findings(
    _ kinds: [NightMatch.Finding.Kind]
  ) -> [NightMatch.Finding] {
    (0..<int(0...2)).map { _ in
      NightMatch.Finding(
        criterion: name(), kind: pick(kinds), gap: chance(50) ? int(0...1_000_000) : nil,
        cause: name())
    }
  }

  fileprivate mutating func match() -> NightMatch {
    NightMatch(
      demand: name(), stage: chance(50) ? name() : nil, rank: int(1...1000), platform: name(),
      line: name(), verdict: pick(Verdict.allCases), group: int(1...6), low: int(0...1_000_000),
      expected: int(0...1_000_000), high: int(0...1_000_000), coverage: int(0...1000),
      shortfalls: int(0...3), failures: findings([.finite, .final, .sealed]),
      pending: findings([.pending, .sealed]), relaxed: findings([.relaxed, .sealed]),
      questions: (0..<int(0...2)).map { _ in
        NightMatch.Question(criterion: name(), to: pick(Addressee.allCases))
      },
      relaxation: chance(50)
        ? NightMatch.Relaxation(
          criteria: (0..<int(0...2)).map { _ in name() }, group: int(1...6),
          price: int(0...3_000_000)) : nil,
      warnings: chance(50) ? ["warning.stale"] : [],
      holdsUntil: chance(50) ? CivilDate(dayNumber: 20_779 + int(0...400)) : nil)
  }
}
