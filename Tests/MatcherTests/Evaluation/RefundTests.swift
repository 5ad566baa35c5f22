// Proves of refunds (a voucher is a refund, not a discount):
//  1. a price that fits only thanks to a refund in force is potential, never full, with a question
// to
//     the enterprise, for hard and for strong budgets; the list price still makes the degree;
//  2. an instrument that is announced only, has no share, is over, or is of another place computes
//     nothing, and the pair is a near miss; so is one whose cap is too small;
//  3. none of the corpus's own instruments computes today: no rate has been published.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct RefundTests {
  private static let header =
    "instrument\tzh-Hans\tzh-Hant\ten\tdocument\tissuer\tplace\tfrom\tuntil\teligible\tshare\tcap_cny\t"
    + "base\texclusions\tstate\trefund\tsource\tnote\n"

  private func row(
    place: String = "cn.gd.guangzhou", from: String = "2026-01-01", until: String = "2027-12-31",
    share: String = "0.3", cap: String = "", state: String = "in force"
  ) -> String {
    [
      "test_voucher", "示例券", "示例券", "sample voucher", "", "", place, from, until, "small firms",
      share,
      cap, "contract", "", state, "yes", "synthetic", "",
    ].joined(separator: "\t") + "\n"
  }

  private func evaluation(_ instrument: String, strictness: String = "hard") throws -> Evaluation {
    let table = Array((RefundTests.header + instrument).utf8)
    let corpus = Corpus(
      .folder(CorpusFiles.root.path).replacing(["policy/instruments.tsv": table]))
    var reader = RecordReader(corpus: corpus)
    let platform =
      #"{"id":"P","lines":[{"id":"P/1","services":["ic.sic"],"price":{"min":1250,"per":"片"}}]}"#
    try reader.readPlatforms(Chunks.source(Array(platform.utf8)), file: "p.jsonl")
    let demand = """
      {"id":"D","services":["ic.sic"],"enterprise":{"name":"某公司","place":"广东/广州/黄埔区"},\
      "budget":{"max":10000,"quantity":10,"unit":"片","strictness":"\(strictness)"}}
      """
    try reader.readDemands(Chunks.source(Array(demand.utf8)), file: "d.jsonl")
    #expect(reader.issues.isEmpty, "\(reader.issues)")
    let engine = MatchEngine(corpus: corpus, platforms: reader.platforms)
    let options = MatchOptions(asOf: CivilDate(dayNumber: 20_779))
    return try #require(engine.evaluate(reader.demands[0], line: "P/1", options: options))
  }

  @Test(
    "a price that fits only after the refund is at best potential", arguments: ["hard", "strong"])
  func potential(strictness: String) throws {
    let evaluation = try evaluation(row(), strictness: strictness)
    #expect(evaluation.verdict == .potential)
    let price = try #require(evaluation.outcomes.first { $0.criterion == .price })
    #expect(price.message == "price.refund" && price.degree == Degree(750_000))
    #expect(evaluation.questions.map { Addressee.of($0) } == [.enterprise])
  }

  @Test("what is not in force, has no share, is over or elsewhere computes nothing")
  func nothing() throws {
    for instrument in [
      "", row(share: ""), row(state: "announced only"), row(until: "2026-06-30"),
      row(from: "2027-06-30"), row(place: "cn.gd.shenzhen"), row(cap: "1000"), row(share: "0.1"),
    ] {
      let evaluation = try evaluation(instrument)
      #expect(evaluation.verdict == .nearMiss, "\(instrument)")
    }
  }

  @Test("a refund that lapses makes the evaluation hold no longer")
  func lapses() throws {
    let evaluation = try evaluation(row(until: "2026-12-31"))
    #expect(evaluation.holdsUntil == CivilDate(iso: "2027-01-01"))
  }

  @Test("no instrument of the corpus computes: no rate has been published")
  func corpus() {
    let computing = TestCorpus.shared.policy.instruments.filter { $0.inForce && $0.share != nil }
    #expect(computing.map(\.id).isEmpty)
  }
}
