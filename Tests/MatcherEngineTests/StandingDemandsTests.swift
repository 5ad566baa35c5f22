import Matcher
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// A line against all standing demands is decided as each demand against that line.
@Suite struct StandingDemandsTests {
  @Test("New lines against standing demands, some saying what no line said", arguments: 0..<6)
  func reverse(seed: Int) throws {
    let corpus = TestCorpus.shared
    let base = World.random(seed: UInt64(9000 + seed), platforms: 10)
    var demands: [Demand] = []
    for number in 0..<12 {
      var demand = World.random(seed: UInt64(9100 + seed * 50 + number)).read().demands[0]
      demand.id = "D\(number)"
      demands.append(demand)
    }
    let home = Matching(
      LineIndex(
        MatchEngine(corpus: corpus, platforms: base.read().platforms).lines, corpus: corpus),
      corpus: corpus, asOf: base.asOf)
    let standing = StandingDemands(demands, home: home)
    var options = MatchOptions(asOf: base.asOf)
    options.top = 1000
    options.rows = .line
    var hits = 0
    for number in 0..<8 {
      let platforms = World.random(seed: UInt64(9500 + seed * 50 + number), platforms: 1)
        .read().platforms
      let reference = MatchEngine(corpus: corpus, platforms: platforms)
      let wanted = demands.enumerated().flatMap { place, demand in
        reference.match(demand, options: options).flatMap { result in
          result.matches.map { match in
            "\(demand.id)/\(result.stage.id ?? "-") \(match.line.line.id) \(match.judgment.group) "
              + "\(match.score.low) \(match.score.expected) \(match.score.high)"
          }
        }
      }
      let found = standing.hits(platforms[0]).map { hit in
        let (demand, stage) = standing[hit.stage]
        return "\(demand.id)/\(stage.id ?? "-") \(hit.line) \(hit.score.group) "
          + "\(hit.score.low) \(hit.score.expected) \(hit.score.high)"
      }
      hits += found.count
      #expect(found.sorted() == wanted.sorted())
    }
    #expect(hits > 0)
  }
}
