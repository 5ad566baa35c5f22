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

  @Test("exact scores of runs one after the other equal the sum by hand", arguments: UInt64(0)..<60)
  func exactRuns(seed: UInt64) throws {
    var world = RandomPostings(seed: seed)
    let index = try world.index()
    let sums = PostingSums()
    for _ in 0..<3 {
      let asked = world.query()
      let expected = world.scores(asked)
      sums.begin(PostingQuery(terms: asked, in: index.dictionary), in: index)
      var low = 0
      while low < expected.count {
        low = min(expected.count, low + world.random.below(expected.count))
        let high = min(expected.count, low + 1 + world.random.below(200))
        var scores = [Double](repeating: -1, count: high - low)
        scores.withUnsafeMutableBufferPointer {
          if let base = $0.baseAddress { sums.score(low..<high, in: index, into: base) }
        }
        #expect(scores == Array(expected[low..<high]))
        low = high
      }
    }
  }

  @Test("the best documents equal the best of all", arguments: UInt64(0)..<120)
  func best(seed: UInt64) throws {
    var world = RandomPostings(seed: seed)
    let index = try world.index(share: world.random.pick([1, 4, 64, 1_000_000]))
    let scratch = PostingScratch(blocksATime: world.random.pick([1, 3, 1_024]))
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

  @Test(
    "the best among a set, with boosts, equal the best of all in it", arguments: UInt64(0)..<100)
  func bestAmong(seed: UInt64) throws {
    var world = RandomPostings(seed: seed)
    let index = try world.index(share: world.random.pick([1, 4, 64]))
    let scratch = PostingScratch(blocksATime: world.random.pick([1, 3, 1_024]))
    let count = index.documentCount
    for _ in 0..<4 {
      let asked = world.query()
      let text = world.scores(asked)
      let query = PostingQuery(terms: asked, in: index.dictionary)
      let set = world.set(count + world.random.below(70))
      let boosts = (0..<world.random.below(4)).map { _ in
        Boost(world.set(count).bitmap, weight: world.random.pick([1, 2, 0.3, -1]))
      }
      let scores = text.indices.map { document in
        boosts.reduce(text[document]) { $1.documents.contains(document) ? $0 + $1.weight : $0 }
      }
      for k in [0, 1, 10, 45, 5_000] {
        let expected = RandomPostings.top(k, scores) { set.contains($0) }
        for kernel in ColumnKernel.allCases where kernel.rawValue <= ColumnKernel.best.rawValue {
          let hits = index.top(
            k, query, among: set, adding: boosts, scratch: scratch, kernel: kernel)
          #expect(hits == expected, "k \(k)")
        }
      }
    }
  }

  @Test("queries of more terms than a plan has are answered")
  func manyTerms() throws {
    var world = RandomPostings(seed: 2)
    world.documents = (0..<50).map { document in
      let terms = (0..<200).map { UInt64(document * 100 + $0) }
      return (terms, terms.map { _ in 0.5 })
    }
    let index = try world.index()
    let asked = (0..<5_200).map { (term: UInt64($0), weight: 1 + Double($0 % 7)) }
    let query = PostingQuery(terms: asked, in: index.dictionary)
    #expect(query.terms.count > PostingIndex.planLimit)
    let (scores, scratch) = (world.scores(asked), PostingScratch())
    #expect(index.top(7, query, scratch: scratch) == RandomPostings.top(7, scores) { _ in true })
    let set = BitmapBuffer(limit: 50)
    set.insert(10..<13)
    let boost = Boost(set.bitmap, weight: 1)
    let hits = index.top(7, query, among: set, adding: [boost], scratch: scratch)
    #expect(hits == RandomPostings.top(7, scores.map { $0 + 1 }) { (10..<13).contains($0) })
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
      guard index.plan(query, scratch) else { continue }
      index.sumRare(0, index.documentCount, scratch)
      index.sumColumns(0, 0..<index.blocks(index.documentCount), scratch, .best)
      let sums = scratch.sums.bound(to: UInt16.self)
      let scores = world.scores(asked)
      #expect(scores.indices.allSatisfy { Double(sums[$0]) * scratch.plan.step >= scores[$0] })
      sums.update(repeating: 0, count: scores.count)
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

  @Test("no part, or parts without a document, make an index without documents")
  func noDocuments() throws {
    for parts in [0, 1, 5] {
      let index = try PostingIndex(
        (0..<parts).map { _ in PostingPart() }, workers: Self.workers)
      #expect(index.documentCount == 0 && index.postingCount == 0, "\(parts) parts")
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

  @Test("weights of any size give the same order")
  func extremeWeights() throws {
    let world = RandomPostings(seed: 9)
    let index = try world.index()
    for weight in [1e-307, 1e-300, 1e300, Double.greatestFiniteMagnitude] {
      let asked = (0..<40).map { (term: UInt64($0 + 1) &* (UInt64.max / 500), weight: weight) }
      let query = PostingQuery(terms: asked, in: index.dictionary)
      let hits = index.top(5, query, scratch: PostingScratch())
      #expect(hits == RandomPostings.top(5, world.scores(asked)) { world.scores(asked)[$0] > 0 })
    }
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
    let empty = PostingQuery(terms: Self.query([(9, 100)]), in: index.dictionary)
    #expect(index.top(5, empty, scratch: PostingScratch()).isEmpty)
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
