// Proves of the ranking of many stages at once, on threads that really overlap:
// 1. Each stage is given out once, with what it gets alone, for 1, 2 and 8 threads.
// 2. `Workers.inParts` does each item once for any number of items, chunks and threads, also when one
//    worker is so slow that the others take what is its.

import Matcher
import MatcherIndex
import MatcherTestSupport
import Synchronization
import Testing

@testable import MatcherEngine

@Suite struct MatchManyTests {
  @Test("each stage once, with what it gets alone", arguments: [1, 2, 8])
  func same(threads: Int) {
    let world = World.random(seed: 77, platforms: 24)
    let platforms = world.read().platforms
    let demands = (0..<120).flatMap { World.random(seed: 500 + $0, platforms: 0).read().demands }
    let lines = MatchEngine(corpus: TestCorpus.shared, platforms: platforms).lines
    let matching = Matching(
      LineIndex(lines, corpus: TestCorpus.shared), corpus: TestCorpus.shared, asOf: world.asOf)
    let stages = demands.flatMap { demand in
      demand.stages.map { matching.resolve(demand, $0) }
    }
    var options = MatchOptions(asOf: world.asOf)
    options.rows = .line
    let worker = Worker()
    let wanted = stages.map {
      Self.text(matching.match($0, options: options, counts: true, worker: worker))
    }
    #expect(Set(wanted).count > 20)
    let found = Mutex([[String]](repeating: [], count: stages.count))
    let workers = threads == 1 ? Workers.one : OverlappingThreads.workers(threads)
    matching.match(stages, options: options, counts: true, workers: workers) { place, scores in
      found.withLock { $0[place].append(Self.text(scores)) }
    }
    #expect(found.withLock { $0 } == wanted.map { [$0] })
  }

  @Test("one stage decided by several threads is what one of them finds", arguments: [2, 8])
  func together(threads: Int) {
    let world = World.random(seed: 78, platforms: 40)
    let platforms = world.read().platforms
    let lines = MatchEngine(corpus: TestCorpus.shared, platforms: platforms).lines
    let matching = Matching(
      LineIndex(lines, corpus: TestCorpus.shared), corpus: TestCorpus.shared, asOf: world.asOf)
    let crew = Worker(helpers: OverlappingThreads.workers(threads), sharesFrom: 1)
    let alone = Worker()
    var several = 0
    for seed in UInt64(600)..<640 {
      guard let demand = World.random(seed: seed, platforms: 0).read().demands.first else {
        continue
      }
      for (place, stage) in demand.stages.enumerated() {
        let resolved = matching.resolve(demand, stage)
        var options = MatchOptions(asOf: world.asOf)
        options.top = [1, 3, 20, 1000][Int(seed) % 4]
        options.rows = Int(seed) / 4 % 2 == 0 ? .line : .platform
        options.includesConflict = seed % 3 == 0
        options.includesOverseas = seed % 5 != 0
        options.foldsLeads = seed % 7 < 3
        for counts in [true, false] {
          let wanted = matching.match(resolved, options: options, counts: counts, worker: alone)
          let found = matching.match(resolved, options: options, counts: counts, worker: crew)
          #expect(
            Self.text(found) == Self.text(wanted), "seed \(seed), stage \(place), counts \(counts)")
          #expect(found?.best == wanted?.best && found?.overseas == wanted?.overseas)
          several += (wanted?.matches.count ?? 0) > 1 ? 1 : 0
        }
      }
    }
    #expect(several > 20)
  }

  @Test("columns are the same bytes whoever builds them", arguments: [2, 8])
  func builtTogether(threads: Int) {
    let platforms = World.random(seed: 79, platforms: 60).read().platforms
    let lines = MatchEngine(corpus: TestCorpus.shared, platforms: platforms).lines
    func bytes(_ workers: Workers) -> [String: [UInt8]] {
      let index = LineIndex(lines, corpus: TestCorpus.shared, workers: workers)
      return Dictionary(uniqueKeysWithValues: index.sections.all.map { ($0.name, Array($0.bytes)) })
    }
    let alone = bytes(.one)
    #expect(alone.count > 20 && alone == bytes(OverlappingThreads.workers(threads)))
  }

  private static func text(_ scores: StageScores?) -> String {
    guard let scores else { return "beyond the columns" }
    let removed = scores.removed.map { "\($0)" }.sorted().joined(separator: " ")
    let verdicts = scores.verdicts.map { "\($0)" }.sorted().joined(separator: " ")
    return "\(verdicts) \(removed) " + scores.matches.map { "\($0)" }.joined(separator: "\n")
  }

  @Test("each item is done once", arguments: [0, 1, 7, 64, 1_000], [1, 3, 16])
  func once(items: Int, chunk: Int) {
    for threads in [1, 2, 3, 8] {
      let workers = threads == 1 ? Workers.one : OverlappingThreads.workers(threads)
      let done = Mutex([Int](repeating: 0, count: items))
      let states = Atomic(0)
      workers.inParts(
        items, chunk: chunk,
        state: { states.wrappingAdd(1, ordering: .relaxed).newValue },
        work: { range, number in
          // One worker holds up its part: others take the rest of it.
          var idle = number == 1 ? 20_000 : 0
          while idle > 0 { idle -= 1 }
          done.withLock { done in for item in range { done[item] += 1 } }
        })
      #expect(done.withLock { $0.allSatisfy { $0 == 1 } })
      #expect(states.load(ordering: .relaxed) <= threads)
    }
  }
}
