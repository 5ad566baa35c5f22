import Dispatch
import Testing

@testable import MatcherIndex

/// Proves:
/// 1. exact scores equal the sum formed by hand, bit for bit, over any range;
/// 2. the best documents equal the best of all, ties included, for every k, share of columns, kernel;
/// 3. bounds are never below exact scores;
/// 4. any split into parts and any number of workers give the same columns;
/// 5. what is stored and opened again answers the same, and a missing or short column is refused;
/// 6. bad input (repeated terms, impacts and weights that are no numbers) is left out, not trapped on.
@Suite("posting index")
struct PostingIndexTests {
  private static let workers = Workers(count: 4) { parts, body in
    DispatchQueue.concurrentPerform(iterations: parts, execute: body)
  }

  @Test("exact scores of ranges equal the sum by hand", arguments: UInt64(0)..<60)
  func exactScores(seed: UInt64) throws {
    var world = RandomPostings(seed: seed)
    let index = try world.index()
    for _ in 0..<5 {
      let asked = world.query()
      let expected = world.scores(asked)
      let query = PostingQuery(terms: asked, in: index.dictionary)
      let low = world.random.below(expected.count + 1)
      let high = low + world.random.below(expected.count + 1 - low)
      var scores = [Double](repeating: -1, count: high - low)
      scores.withUnsafeMutableBufferPointer {
        if let base = $0.baseAddress { index.accumulate(query, over: low..<high, into: base) }
      }
      #expect(scores == Array(expected[low..<high]))
    }
  }

  @Test("the best documents equal the best of all", arguments: UInt64(0)..<200)
  func best(seed: UInt64) throws {
    var world = RandomPostings(seed: seed)
    let index = try world.index(share: world.random.pick([1, 4, 64, 1_000_000]))
    let scratch = PostingScratch()
    for _ in 0..<4 {
      let asked = world.query()
      let scores = world.scores(asked)
      let query = PostingQuery(terms: asked, in: index.dictionary)
      for k in [0, 1, 2, 10, 45, 5_000] {
        let expected = RandomPostings.top(k, scores) { scores[$0] > 0 }
        for kernel in ColumnKernel.allCases where kernel.rawValue <= ColumnKernel.best.rawValue {
          #expect(index.top(k, query, scratch: scratch, kernel: kernel) == expected, "k \(k)")
        }
        #expect(index.topByScoringAll(k, query) == expected)
      }
    }
  }

  @Test("bounds are never below exact scores", arguments: UInt64(0)..<60)
  func bounds(seed: UInt64) throws {
    var world = RandomPostings(seed: seed)
    let index = try world.index(share: world.random.pick([1, 8, 64]))
    let scratch = PostingScratch()
    for _ in 0..<4 {
      let asked = world.query()
      let query = PostingQuery(terms: asked, in: index.dictionary)
      guard !query.isEmpty else { continue }
      index.begin(query, scratch)
      index.plan(query, scratch)
      index.sumRare(0, index.documentCount, scratch)
      index.sumColumns(0, 0..<index.blocks(index.documentCount), scratch, .best)
      let sums = scratch.sums.bound(to: UInt16.self)
      for (document, score) in world.scores(asked).enumerated() {
        #expect(Double(sums[document]) * scratch.plan.step >= score)
        sums[document] = 0
      }
      index.end(query, scratch)
    }
  }

  @Test("parts and workers do not change the index", arguments: UInt64(0)..<40)
  func parts(seed: UInt64) throws {
    let world = RandomPostings(seed: seed)
    let one = try sections(of: world.index(share: 8))
    for parts in [2, 3, 7] {
      let many = try sections(of: world.index(parts: parts, workers: Self.workers, share: 8))
      #expect(one.all.count == many.all.count)
      for (left, right) in zip(one.all, many.all) {
        #expect(left.name == right.name && Array(left.bytes) == Array(right.bytes))
      }
    }
  }

  @Test("an opened index answers as the stored one", arguments: UInt64(0)..<20)
  func opened(seed: UInt64) throws {
    var world = RandomPostings(seed: seed)
    let index = try world.index()
    let opened = try PostingIndex(opening: sections(of: index), prefix: "text")
    let (asked, scratch) = (world.query(), PostingScratch())
    let query = PostingQuery(terms: asked, in: opened.dictionary)
    #expect(query == PostingQuery(terms: asked, in: index.dictionary))
    #expect(
      opened.top(10, query, scratch: scratch) == index.top(10, query, scratch: scratch))
  }

  @Test("a missing or short column is refused")
  func refused() throws {
    let index = try RandomPostings(seed: 3).index()
    let whole = sections(of: index)
    for left in whole.all.indices {
      var missing = Sections()
      var short = Sections()
      for (place, section) in whole.all.enumerated() {
        guard let start = section.bytes.baseAddress else { continue }
        let less = place == left ? section.count - 1 : section.count
        if less >= 0 {
          short.add(
            section.name, width: section.width, count: less, at: start, owner: Keeper(index))
        }
        guard place != left else { continue }
        missing.add(
          section.name, width: section.width, count: section.count, at: start, owner: Keeper(index))
      }
      #expect(throws: SectionError.self) { try PostingIndex(opening: missing, prefix: "text") }
      #expect(throws: SectionError.self, "\(whole.all[left].name)") {
        try PostingIndex(opening: short, prefix: "text")
      }
    }
  }

  @Test("what is no number and what comes again is left out")
  func badInput() throws {
    let part = PostingPart()
    part.add([7, 7, 8, 9, 10, 11], impacts: [1, 2, .nan, .infinity, -1, 0])
    part.add([7, 8], impacts: [0.5])
    part.add([], impacts: [])
    let index = try PostingIndex([part])
    let query = PostingQuery(
      terms: Self.query([(7, 2), (8, .nan), (9, -1), (7, 1), (99, 1)]), in: index.dictionary)
    #expect(query.weights == [3])
    let hits = index.top(5, query, scratch: PostingScratch())
    #expect(hits == [Hit(document: 0, score: 3), Hit(document: 1, score: 1.5)])
    #expect(index.documentCount == 3)
    let unknown = PostingQuery([(term: 1_000, weight: 1)])
    #expect(index.top(5, unknown, scratch: PostingScratch()).isEmpty)
  }

  @Test("occurrences are counted")
  func occurrences() throws {
    let part = PostingPart()
    [UInt64]([5, 3, 5, 9, 5, 3]).withUnsafeBufferPointer {
      part.add(occurrences: $0) { $0 == 1 ? 0 : Float($0) }
    }
    let index = try PostingIndex([part])
    let query = PostingQuery(terms: Self.query([(3, 1), (5, 10), (9, 100)]), in: index.dictionary)
    #expect(index.top(5, query, scratch: PostingScratch()) == [Hit(document: 0, score: 32)])
  }

  private static func query(_ terms: [(UInt64, Double)]) -> [(term: UInt64, weight: Double)] {
    terms.map { (term: $0.0, weight: $0.1) }
  }

  private func sections(of index: PostingIndex) -> Sections {
    var sections = Sections()
    index.store(into: &sections, prefix: "text")
    return sections
  }

  private final class Keeper: Sendable {
    let index: PostingIndex

    init(_ index: PostingIndex) {
      self.index = index
    }
  }
}
