import CMatcherKernels

/// Points that documents of a set get on top of their text score.
public struct Boost: Sendable {
  public let documents: Bitmap
  /// Finite; may be negative.
  public let weight: Double

  public init(_ documents: Bitmap, weight: Double) {
    self.documents = documents
    self.weight = weight
  }
}

/// A boost for inner loops: valid while the search that made it has the `Boost`.
struct RawBoost: BitwiseCopyable {
  var words: UnsafePointer<UInt64>
  var count: Int
  var weight: Double
}

extension PostingIndex {
  /// The `k` best documents of a set, by the text score and the boosts of the sets they are in.
  ///
  /// A score is the text score plus each boost in order. Few documents are scored one by one; for
  /// many, bounds of all are summed first and only those that can win are scored.
  ///
  /// - Parameters:
  ///   - k: Documents wanted, 0...
  ///   - set: The documents that take part, whether or not they hold a term; those behind the index's
  ///     last do not.
  ///   - boosts: Bitmaps with one bit a document of the index.
  ///   - scratch: This thread's.
  /// - Returns: At most `k` documents by descending score, then ascending number.
  /// - Complexity: O(documents of the set · their entries), at most that of `top` without a set and
  ///   O(documents of the set · boosts). Allocates the result only.
  public func top(
    _ k: Int, _ query: PostingQuery, among set: BitmapBuffer, adding boosts: [Boost],
    scratch: PostingScratch
  ) -> [Hit] {
    top(k, query, among: set, adding: boosts, scratch: scratch, kernel: .best)
  }

  /// The same with chosen instructions.
  package func top(
    _ k: Int, _ query: PostingQuery, among set: BitmapBuffer, adding boosts: [Boost],
    scratch: PostingScratch, kernel: ColumnKernel
  ) -> [Hit] {
    let members = min(set.count, documentCount)
    guard k > 0, members > 0 else { return [] }
    var best = BestList(capacity: min(k, members))
    guard query.terms.count <= Self.planLimit else {
      offerByScoringAll(&best, query, set, boosts)
      return best.sorted()
    }
    begin(query, scratch)
    scratch.set(boosts)
    defer { end(query, scratch) }
    let isPlanned = members > Self.fewMembers && plan(query, scratch)
    if isPlanned, passCost(scratch) < members * entriesPerDocument {
      offerByBounds(&best, set, scratch, kernel)
    } else {
      offerEach(&best, set, scratch)
    }
    return withExtendedLifetime(boosts) { best.sorted() }
  }

  /// So few documents are always scored one by one.
  private static let fewMembers = 32

  private var entriesPerDocument: Int {
    entries.count / max(1, documentCount)
  }

  /// What summing all bounds costs, in entries looked at.
  private func passCost(_ scratch: PostingScratch) -> Int {
    let columns = documentCount / Self.blockDocuments * scratch.plan.frequent
    return scratch.plan.rarePostings + columns + documentCount / 16
  }

  /// Every document by its entries.
  private func offerEach(
    _ best: inout BestList, _ set: BitmapBuffer, _ scratch: PostingScratch
  ) {
    let due = scratch.due.bound(to: UInt32.self)
    var waiting = 0
    for word in 0..<min(set.wordCount, (documentCount + 63) / 64) {
      var rest = members(of: set, word)
      while rest != 0 {
        due[waiting] = UInt32((word << 6) + rest.trailingZeroBitCount)
        ck_prefetch(documentStarts.base + Int(due[waiting]))
        rest &= rest - 1
        waiting += 1
        if waiting == PostingScratch.dueLimit {
          score(due, waiting, into: &best, scratch)
          waiting = 0
        }
      }
    }
    score(due, waiting, into: &best, scratch)
  }

  /// The members of a word that the index has.
  @inline(__always)
  private func members(of set: BitmapBuffer, _ word: Int) -> UInt64 {
    let left = documentCount - (word << 6)
    return set.words[word] & (left >= 64 ? .max : (1 << UInt64(left)) - 1)
  }

  /// Bounds of all documents, tile by tile; those of the highest bounds are scored first.
  private func offerByBounds(
    _ best: inout BestList, _ set: BitmapBuffer, _ scratch: PostingScratch, _ kernel: ColumnKernel
  ) {
    for first in stride(from: 0, to: documentCount, by: scratch.tile) {
      let count = min(scratch.tile, documentCount - first)
      sumRare(first, count, scratch)
      sumColumns(first, 0..<blocks(count), scratch, kernel)
      let found = collect(best.threshold, set, first, count, scratch)
      offer(&best, found, scratch)
      scratch.sums.bound(to: UInt16.self).update(repeating: 0, count: blocks(count) * 128)
    }
  }

  /// The members of a tile whose bounds reach a threshold, with their bounds.
  private func collect(
    _ threshold: Double, _ set: BitmapBuffer, _ first: Int, _ count: Int, _ scratch: PostingScratch
  ) -> UnsafeMutableBufferPointer<Hit> {
    let found = scratch.foundHits(count)
    let sums = UnsafePointer(scratch.sums.bound(to: UInt16.self))
    let most = UnsafePointer(scratch.most.bound(to: UInt16.self))
    let step = scratch.plan.step
    let boosts = UnsafePointer(scratch.boosts.bound(to: RawBoost.self))
    let (boostCount, mostBoost) = (scratch.boostCount, scratch.mostBoost)
    var number = 0
    for run in 0..<(count + 63) / 64 {
      let word = (first >> 6) + run
      guard word < set.wordCount, Double(most[run]) * step + mostBoost >= threshold else {
        continue
      }
      var rest = members(of: set, word)
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        rest &= rest - 1
        var bound = Double(sums[(run << 6) + bit]) * step
        for boost in 0..<boostCount {
          bound += Self.points(boosts[boost], word, bit)
        }
        guard bound >= threshold else { continue }
        found[number] = Hit(document: UInt32((word << 6) + bit), score: bound)
        number += 1
      }
    }
    return UnsafeMutableBufferPointer(rebasing: found[..<number])
  }

  @inline(__always)
  private static func points(_ boost: RawBoost, _ word: Int, _ bit: Int) -> Double {
    word < boost.count && boost.words[word] >> UInt64(bit) & 1 == 1 ? boost.weight : 0
  }

  /// The boosts that a document gets, added to its text score in order.
  @inline(__always)
  func boosted(_ text: Double, _ document: Int, _ scratch: PostingScratch) -> Double {
    let boosts = UnsafePointer(scratch.boosts.bound(to: RawBoost.self))
    var score = text
    for boost in 0..<scratch.boostCount {
      score += Self.points(boosts[boost], document >> 6, document & 63)
    }
    return score
  }

  /// Scores and offers documents with bounds, the highest bounds first where the list has room.
  private func offer(
    _ best: inout BestList, _ found: UnsafeMutableBufferPointer<Hit>, _ scratch: PostingScratch
  ) {
    let due = scratch.due.bound(to: UInt32.self)
    var waiting = 0
    let seeds = best.capacity + best.capacity / 2 + 1
    if !best.isFull, seeds <= PostingScratch.dueLimit, found.count > seeds {
      scratch.seeds.reset(capacity: seeds)
      for place in 0..<found.count {
        scratch.seeds.offer(Hit(document: UInt32(place), score: found[place].score))
      }
      for seed in scratch.seeds.unordered {
        let place = Int(seed.document)
        due[waiting] = found[place].document
        found[place] = Hit(document: found[place].document, score: -.infinity)
        waiting += 1
      }
      score(due, waiting, into: &best, scratch)
      waiting = 0
    }
    var threshold = best.threshold
    for hit in found where hit.score >= threshold && hit.score > -.infinity {
      due[waiting] = hit.document
      ck_prefetch(documentStarts.base + Int(hit.document))
      waiting += 1
      guard waiting == PostingScratch.dueLimit else { continue }
      score(due, waiting, into: &best, scratch)
      waiting = 0
      threshold = best.threshold
    }
    score(due, waiting, into: &best, scratch)
  }

  /// The plain way, for queries of more terms than a plan has.
  private func offerByScoringAll(
    _ best: inout BestList, _ query: PostingQuery, _ set: BitmapBuffer, _ boosts: [Boost]
  ) {
    var scores = [Double](repeating: 0, count: documentCount)
    scores.withUnsafeMutableBufferPointer {
      if let base = $0.baseAddress { accumulate(query, over: 0..<documentCount, into: base) }
    }
    for document in 0..<documentCount where set.contains(document) {
      let score = boosts.reduce(scores[document]) {
        $1.documents.contains(document) ? $0 + $1.weight : $0
      }
      best.offer(Hit(document: UInt32(document), score: score))
    }
  }
}
