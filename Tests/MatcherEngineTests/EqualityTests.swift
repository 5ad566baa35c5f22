import Matcher
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// The columnar scorer decides every pair as the reference evaluator does.
@Suite struct EqualityTests {
  @Test("Random worlds: every pair, verdict, interval, order and counts", arguments: 0..<8)
  func randomWorlds(part: Int) {
    for number in 0..<16 {
      let seed = UInt64(part * 1000 + number)
      let world = World.random(seed: seed, platforms: number % 8 == 0 ? 40 : 5)
      let records = world.read()
      let difference = Comparison.difference(
        demands: records.demands, platforms: records.platforms, asOf: world.asOf,
        preferred: world.preferred)
      #expect(difference == nil, "seed \(seed)")
    }
  }

  @Test("Criteria that give more different grades than there are codes are read row by row")
  func fewCodes() {
    for limit in 0..<4 {
      let world = World.random(seed: UInt64(900 + limit), platforms: 30)
      let records = world.read()
      let difference = Comparison.difference(
        demands: records.demands, platforms: records.platforms, asOf: world.asOf,
        preferred: world.preferred, gradeLimit: limit)
      #expect(difference == nil, "at most \(limit) grades")
    }
  }

  @Test("The catalogue against the sample demands, on several days")
  func catalogue() throws {
    var reader = RecordReader(
      corpus: TestCorpus.shared, options: RecordReader.Options(), tools: TestCorpus.tools)
    for name in ["catalogue/real.jsonl", "catalogue/synthetic.jsonl"] {
      let bytes = try #require(CorpusFiles.bytes(name))
      try reader.readPlatforms(Chunks.source(bytes), file: name)
    }
    for name in ["lists/sample_demands.jsonl", "cases/texts/demands.jsonl"] {
      let bytes = try #require(CorpusFiles.bytes(name))
      try reader.readDemands(Chunks.source(bytes), file: name)
    }
    #expect(!reader.demands.isEmpty && reader.platforms.count > 100)
    for day in ["2026-11-21", "2027-03-01"] {
      let asOf = try #require(CivilDate(iso: day))
      let difference = Comparison.difference(
        demands: Array(reader.demands.suffix(12) + reader.demands.prefix(6)),
        platforms: reader.platforms, asOf: asOf)
      #expect(difference == nil)
    }
  }
}
