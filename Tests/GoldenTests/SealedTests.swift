import Matcher
import MatcherTestSupport
import Testing

// Proves DESIGN §4.8 for results: a sealed field shows its outcome, never ask, margin or gap.
@Suite("Sealed fields stay sealed")
struct SealedTests {
  static let demand = """
    {"type":"demand","id":"D","services":["ic.sic"],
     "requirements":[{"key":"voltage","value":1234.5,"unit":"V","limit":1111.5,"strictness":"STRICT","visibility":"named"}],
     "certificates":[{"scheme":"CNAS","scope":["振动"],"strictness":"STRICT","visibility":"brokers"}],
     "budget":{"max":654321,"currency":"CNY","basis":"total","strictness":"STRICT","visibility":"named"}}
    """
  static let platforms = [
    #"{"specs":[{"key":"voltage","max":987.6,"unit":"V"}],"denied":["CNAS"],"price":{"min":777777,"per":"total"}}"#,
    #"{"specs":[{"key":"voltage","max":1122.3,"unit":"V"}],"price":{"min":777777,"per":"total"}}"#,
    #"{"specs":[{"key":"voltage","max":1700,"unit":"V"}],"price":{"min":500000,"per":"total"}}"#,
    #"{"id":"P/L1"}"#,
  ]

  @Test(
    "ask, margin and gap are nowhere in the record", arguments: ["hard", "strong", "soft"], 0..<4)
  func sealed(strictness: String, index: Int) throws {
    let corpus = CorpusFiles.plain
    var reader = RecordReader(corpus: corpus)
    let demand = SealedTests.demand.split(separator: "STRICT").joined(separator: strictness)
    let platform = #"{"id":"P","lines":[\#(SealedTests.platforms[index])]}"#
    try reader.readDemands(Chunks.source(Array(demand.utf8)), file: "d", format: .json)
    try reader.readPlatforms(Chunks.source(Array(platform.utf8)), file: "p", format: .json)
    #expect(reader.issues.allSatisfy { $0.severity == .warning })
    let day = try #require(CivilDate(iso: "2026-11-22"))
    let engine = MatchEngine(corpus: corpus, platforms: reader.platforms)
    let ask = try #require(reader.demands.first)
    let pair = try #require(
      engine.evaluate(
        ask, line: "P/L1", options: MatchOptions(asOf: day)))
    for language in [Language.simplified, .traditional, .english] {
      let record = MatchRecord(corpus: corpus, language: language)
      let object = try #require(record.fullJSON(pair, rank: 1).object)
      let text = JSONWriter.line(.object(object))
      for secret in ["1234.5", "1,234.5", "1111.5", "654321", "654,321", "65.43", "振动"] {
        #expect(!text.contains(secret), "\(secret) in \(text)")
      }
      for criterion in (object["criteria"]?.array ?? []).compactMap(\.object)
      where criterion["sealed"] != nil {
        for name in ["asked", "margin", "gap", "degree", "text"] {
          #expect(criterion[name] == nil, "\(name)")
        }
      }
      let sealed = (object["criteria"]?.array ?? []).filter { $0.object?["sealed"] == .bool(true) }
      #expect(sealed.count == 3)
    }
  }
}
