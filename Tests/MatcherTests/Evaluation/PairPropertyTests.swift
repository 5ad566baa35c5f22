// Proves that a pair is judged by itself (DESIGN §4.3, §4.6):
//  1. its record has the same bytes whatever other platforms and demands there are;
//  2. a ranking has the same bytes for any order of files and rows.

import MatcherTestSupport
import Testing

@testable import Matcher

@Suite struct PairPropertyTests {
  private let writer = MatchRecord(corpus: TestCorpus.shared, language: .english)

  @Test("other records do not change a pair", arguments: UInt64(0)..<200)
  func otherRecords(seed: UInt64) {
    let world = World.random(seed: seed)
    var together: [String: String] = [:]
    for match in world.results().flatMap(\.matches) { together[name(match)] = bytes(match) }
    for pair in world.pairs.prefix(3) {
      for alone in pair.evaluations() {
        #expect(together[name(alone)] == bytes(alone), "\(pair.text)")
      }
    }
  }

  @Test("the order of files and rows does not change a ranking", arguments: UInt64(0)..<200)
  func orderOfInput(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed ^ 0xCC)
    let world = World.random(seed: seed, platforms: 3)
    var other = World.random(seed: seed + 10_000, platforms: 0).demand
    other["id"] = "D-2"
    let demands = [world.demand, other]
    let expected = try lines([demands], [world.platforms], world)
    for _ in 0..<2 {
      let rows = world.platforms.shuffled(using: &random)
      let cut = random.int(0...rows.count)
      let files = [Array(rows[..<cut]), Array(rows[cut...])]
      let got = try lines([[other], [world.demand]], files, world)
      #expect(got.sorted() == expected.sorted())
    }
  }

  private func lines(
    _ demands: [[JSONValue]], _ platforms: [[JSONValue]], _ world: World
  ) throws -> [String] {
    var reader = RecordReader(
      corpus: TestCorpus.shared, options: RecordReader.Options(), tools: TestCorpus.tools)
    for rows in demands { try reader.readDemands(source(rows), file: "d.jsonl") }
    for rows in platforms { try reader.readPlatforms(source(rows), file: "p.jsonl") }
    let engine = MatchEngine(corpus: TestCorpus.shared, platforms: reader.platforms)
    var options = MatchOptions(asOf: world.asOf)
    options.preferred = world.preferred
    return reader.demands.flatMap { engine.match($0, options: options) }.flatMap { result in
      result.matches.enumerated().map {
        JSONWriter.line(writer.json($0.element, rank: $0.offset + 1))
      }
    }
  }

  private func source(_ rows: [JSONValue]) -> ByteSource {
    var left: [UInt8]? = Array(rows.map { JSONWriter.line($0) + "\n" }.joined().utf8)
    return {
      defer { left = nil }
      return left
    }
  }

  private func name(_ evaluation: Evaluation) -> String {
    "\(evaluation.stage.stage.id ?? "") \(evaluation.line.line.id)"
  }

  private func bytes(_ evaluation: Evaluation) -> String {
    JSONWriter.line(writer.fullJSON(evaluation, rank: nil))
  }
}
