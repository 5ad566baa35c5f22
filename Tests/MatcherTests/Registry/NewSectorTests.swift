// Proves that a sector is data:
//  1. rows of a sector, a service and a key that the corpus lacks make demands of it match, fail
// and
//     ask as those of any other, without new code;
//  2. the linter has nothing against such rows, and names what is wrong in a bad one.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct NewSectorTests {
  private static let keyHeader =
    "key\tsectors\tkind\tquantity\tunit\tscale\tdirection\ttolerance\tspan\tweight\tmin\tmax\t"
    + "zh-Hans\tzh-Hant\ten\taliases\tsource\tnote\n"

  private static func corpus(keyRow: String) -> Corpus {
    func added(_ path: String, _ row: String) -> [UInt8] {
      (CorpusFiles.bytes(path) ?? []) + Array((row + "\n").utf8)
    }
    return Corpus(
      .folder(CorpusFiles.root.path).replacing([
        "registry/sectors.tsv": added(
          "registry/sectors.tsv",
          "zz\t太空酿造\t太空釀造\tSpace brewing\t99\tconvention: a test\tspace_brewing\t\t"),
        "taxonomy/services.tsv": added(
          "taxonomy/services.tsv",
          "zz\tsector\t\t太空酿造\t太空釀造\tSpace brewing\t\t\t\n"
            + "zz.f.all\tfield\tzz\t酿造\t釀造\tBrewing\t\t\t\n"
            + "zz.brew\tservice\tzz.f.all\t失重酿造\t失重釀造\tZero-g brewing\t太空啤酒\tprocess\t"),
        "registry/keys/zz.tsv": Array((keyHeader + keyRow + "\n").utf8),
      ]))
  }

  private static let goodRow =
    "foam_height\tzz\tnumber\tlength\tmm\tratio\tat_most\t1\t\t5\t0\t500\t泡沫高度\t泡沫高度\tfoam height\t"
    + "泡高\tconvention: brewers\t"

  private func verdict(_ foam: String) -> Verdict? {
    let corpus = NewSectorTests.corpus(keyRow: NewSectorTests.goodRow)
    var reader = RecordReader(corpus: corpus)
    let platform =
      #"{"id":"P","lines":[{"id":"P/1","services":["太空啤酒"]\#(foam)}]}"#
    try? reader.readPlatforms(Chunks.source(Array(platform.utf8)), file: "p.jsonl")
    let demand =
      #"{"id":"D","services":["zz.brew"],"requirements":[{"key":"泡高","value":"2 cm"}]}"#
    try? reader.readDemands(Chunks.source(Array(demand.utf8)), file: "d.jsonl")
    #expect(reader.issues.isEmpty, "\(reader.issues)")
    let engine = MatchEngine(corpus: corpus, platforms: reader.platforms)
    let day = CivilDate(dayNumber: 20_779)
    return reader.demands.first.flatMap {
      engine.evaluate($0, line: "P/1", options: MatchOptions(asOf: day))?.verdict
    }
  }

  @Test("a new sector matches, misses and asks by its rows alone")
  func rowsAreEnough() {
    #expect(verdict(#","specs":[{"key":"foam_height","min":15,"unit":"mm"}]"#) == .full)
    #expect(verdict(#","specs":[{"key":"foam_height","min":3,"unit":"cm"}]"#) == .nearMiss)
    #expect(verdict("") == .potential)
  }

  @Test("the linter accepts the rows and refuses a key without a source")
  func linter() {
    let good = NewSectorTests.corpus(keyRow: NewSectorTests.goodRow)
    #expect((good.issues + CorpusLint.check(good)).isEmpty)
    let unsourced = NewSectorTests.goodRow.replacing("convention: brewers", with: "")
    let bad = NewSectorTests.corpus(keyRow: unsourced)
    let issues = bad.issues + CorpusLint.check(bad)
    #expect(issues.map(\.field) == ["source"] && issues.first?.record == "foam_height")
    let unitless = NewSectorTests.goodRow.replacing("\tmm\t", with: "\tfurlong\t")
    #expect(NewSectorTests.corpus(keyRow: unitless).issues.map(\.field) == ["unit"])
  }
}
