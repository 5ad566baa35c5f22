import MatcherTestSupport
import Testing

@testable import Matcher

@Suite("A text folded for finding names keeps the way back")
struct LooseTextTests {
  private let folding = TestCorpus.shared.folding

  @Test(
    "every scalar's range lies inside the text and ranges follow one another",
    arguments: [
      "8寸SiC流片，要快", "積體電路 200 mm SOI晶圓約兩打", "Whole-UAV EMC, 10m法", "３ＭＷ儲能－變流器", "", "  - ",
      "𠮷野 A\u{301}b", "以太網路與乙太網路",
    ])
  func ranges(text: String) {
    let loose = LooseText(text, folding: folding)
    #expect(loose.offsets.count == loose.scalars.count + 1)
    #expect(loose.offsets == loose.offsets.sorted())
    #expect(loose.offsets.last == text.utf8.count)
    for index in loose.scalars.indices {
      let range = loose.range(index..<(index + 1))
      #expect(range.lowerBound >= 0 && range.upperBound <= text.utf8.count)
    }
  }

  @Test("scripts, widths, case and free marks do not matter")
  func folds() {
    let forms = ["GB/T 12642", "ＧＢ／Ｔ１２６４２", "gb-t 12642", "GBT12642"]
    let folded = Set(forms.map { LooseText($0, folding: folding).scalars })
    #expect(folded.count == 1)
    #expect(
      LooseText("機械人場景驗證", folding: folding).scalars
        == LooseText("机器人场景验证", folding: folding).scalars)
  }
}

@Suite("Names are found where they stand")
struct MentionIndexTests {
  private let folding = TestCorpus.shared.folding

  private func found(_ names: [String], in text: String) -> [String] {
    var index = MentionIndex(folding: folding)
    for name in names { index.add(name, .scheme(TermID(id: name))) }
    let bytes = Array(text.utf8)
    return index.mentions(in: LooseText(text, folding: folding)).map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  @Test("a word of letters begins and ends where a word does")
  func borders() {
    #expect(found(["EMC"], in: "整機EMC，10 m") == ["EMC"])
    #expect(found(["EMC"], in: "MEMCO and emcee") == [])
    #expect(found(["SiC wafer"], in: "two SiC wafers") == ["SiC wafer"])
    #expect(found(["ISO 9"], in: "ISO 9001") == [])
    #expect(found(["mm"], in: "25mm") == ["mm"])
    #expect(found(["5G"], in: "15G") == [])
  }

  @Test("a name of a few capitals is one word, unless it is also written as several")
  func closed() {
    #expect(found(["GMPC", "GMP"], in: "須GMP C級以上") == ["GMP"])
    #expect(found(["GMPC"], in: "gmpc認證") == ["gmpc"])
    #expect(found(["GMPC", "GMP C"], in: "須GMP C級") == ["GMP C"])
    #expect(found(["ISO9"], in: "ISO 9") == ["ISO 9"])
  }

  @Test("all names at a place are found, the shorter first")
  func nested() {
    #expect(found(["涂布", "流延涂布", "延涂"], in: "流延涂布線") == ["流延涂布", "延涂", "涂布"])
  }

  @Test("blanks and hyphens inside a name are free, marks that divide are not")
  func marks() {
    #expect(found(["AEC-Q100"], in: "按AEC Q100做") == ["AEC Q100"])
    #expect(found(["真空氩气"], in: "真空、氩气") == [])
  }

  @Test("a name of digits alone, or of one character, names nothing")
  func poor() {
    #expect(found(["304", "V", "纯", "纯水"], in: "304 V 纯水") == ["纯水"])
  }
}
