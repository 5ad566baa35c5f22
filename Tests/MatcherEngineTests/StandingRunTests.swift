import Matcher
import MatcherIndex
import MatcherTestSupport
import Testing

@testable import MatcherEngine

/// Kept up to date is the same as made anew, over random histories.
@Suite struct StandingRunTests {
  @Test(
    "Random histories: lines, demands and days change, with and without compaction",
    arguments: 0..<3, [0, 1, 3])
  func histories(seed: Int, compaction: Int) {
    var history = History(seed: UInt64(500 + seed))
    let corpus = TestCorpus.shared
    let run = StandingRun(
      demands: history.demands, platforms: Array(history.platforms.values), corpus: corpus,
      asOf: history.asOf, top: 3, reserve: 2, compaction: compaction)
    var (spared, most) = (0, 0)
    for step in 0..<9 {
      let (changed, withdrawn, demands) = history.step()
      let work = run.advance(
        changed: changed, withdrawn: withdrawn, demands: (history.demands, demands),
        asOf: history.asOf)
      spared += run.results.count - work.scanned
      most = max(most, run.lines.segments.count)
      let anew = StandingRun(
        demands: history.demands, platforms: Array(history.platforms.values), corpus: corpus,
        asOf: history.asOf, top: 3, reserve: 2)
      let (own, wanted) = (run.described, anew.described)
      if own != wanted {
        let first = zip(own, wanted).first { $0 != $1 }
        Issue.record("step \(step): \(first?.0 ?? "") for \(first?.1 ?? "")")
        return
      }
    }
    #expect(spared > 0)
    #expect(compaction > 0 || most > 4)
  }
}
