extension PostingIndex {
  /// The `k` best documents of all.
  ///
  /// Bounds of all documents are summed in integers, tile by tile; a document is scored exactly only
  /// when its bound can still enter the list. The result equals `topByScoringAll`, ties included.
  ///
  /// - Parameters:
  ///   - k: Documents wanted, 0...
  ///   - scratch: This thread's.
  /// - Returns: At most `k` documents that hold a term of the query, by descending score, then
  ///   ascending number.
  /// - Complexity: O(postings of rare terms + documents · frequent terms ÷ 128 + documents ÷ 64), and
  ///   the entries of the documents scored exactly. Allocates the result only.
  public func top(_ k: Int, _ query: PostingQuery, scratch: PostingScratch) -> [Hit] {
    top(k, query, scratch: scratch, kernel: .best)
  }

  /// `top` with chosen instructions; all give the same.
  package func top(
    _ k: Int, _ query: PostingQuery, scratch: PostingScratch, kernel: ColumnKernel
  ) -> [Hit] {
    guard k > 0, !query.isEmpty, documentCount > 0 else { return [] }
    guard query.terms.count <= Self.planLimit else { return topByScoringAll(k, query) }
    begin(query, scratch)
    defer { end(query, scratch) }
    plan(query, scratch)
    guard scratch.plan.step.isNormal else { return topByScoringAll(k, query) }
    var best = BestList(capacity: min(k, documentCount))
    for first in stride(from: 0, to: documentCount, by: PostingScratch.tile) {
      let count = min(PostingScratch.tile, documentCount - first)
      sumRare(first, count, scratch)
      sumColumns(first, 0..<blocks(count), scratch, kernel)
      if !best.isFull {
        seed(&best, first, count, scratch)
      } else {
        offer(&best, first, count, sums: 1...65_535, scratch)
      }
      scratch.sums.bound(to: UInt16.self).update(repeating: 0, count: blocks(count) * 128)
    }
    return best.sorted()
  }

  @inline(__always)
  func blocks(_ documents: Int) -> Int {
    (documents + Self.blockDocuments - 1) / Self.blockDocuments
  }

  /// Adds the rare terms' values to the sums of a tile and moves their cursors behind it.
  func sumRare(_ first: Int, _ count: Int, _ scratch: PostingScratch) {
    let sums = scratch.sums.bound(to: UInt16.self)
    let cursors = scratch.cursors.bound(to: PostingScratch.Cursor.self)
    let tables = scratch.rareTables.bound(to: UInt16.self)
    let postings = postings.base
    let limit = UInt32(first + count) << 4
    for number in 0..<scratch.plan.rare {
      let cursor = cursors[number]
      guard cursor.place < cursor.end, postings[cursor.place] < limit else { continue }
      let table = tables + number * 16
      let end =
        postings[cursor.end - 1] < limit
        ? cursor.end : Self.place(of: limit, in: postings, from: cursor.place, to: cursor.end)
      for place in cursor.place..<end {
        let posting = postings[place]
        sums[Int(posting >> 4) &- first] &+= table[Int(posting & 15)]
      }
      cursors[number].place = end
    }
  }

  /// Adds the frequent terms' values to the sums of some blocks of a tile and finds the largest sum
  /// of every 64 documents.
  @inline(__always)
  func sumColumns(
    _ first: Int, _ blocks: Range<Int>, _ scratch: PostingScratch, _ kernel: ColumnKernel
  ) {
    let columns = scratch.columns.bound(to: UnsafePointer<UInt8>?.self)
    let offset = (first / Self.blockDocuments + blocks.lowerBound) * Self.blockBytes
    for number in 0..<scratch.plan.frequent {
      columns[number] = columns[number].map { $0 + offset }
    }
    kernel.add(
      columns, tables: scratch.columnTables.bound(to: UInt8.self),
      ends: scratch.groupEnds.bound(to: UInt32.self), groups: scratch.plan.groups,
      to: scratch.sums.bound(to: UInt16.self) + blocks.lowerBound * 128, blocks: blocks.count,
      most: scratch.most.bound(to: UInt16.self) + blocks.lowerBound * 2)
    for number in 0..<scratch.plan.frequent {
      columns[number] = columns[number].map { $0 - offset }
    }
  }

  /// Fills the list from a tile, beginning with the documents of the highest bounds, so that the
  /// threshold is high when all others are looked at.
  private func seed(_ best: inout BestList, _ first: Int, _ count: Int, _ scratch: PostingScratch) {
    let cut = seedingSum(best.capacity, (count + 63) / 64, scratch)
    offer(&best, first, count, sums: cut...65_535, scratch)
    if cut > 1 { offer(&best, first, count, sums: 1...cut - 1, scratch) }
  }

  /// A sum that at least as many documents of the tile reach as the list holds, if that can be seen
  /// from the largest sums of 64 documents; else 1.
  private func seedingSum(_ capacity: Int, _ runs: Int, _ scratch: PostingScratch) -> Int {
    let wanted = capacity + capacity / 2 + 1
    guard wanted <= 64, wanted <= runs else { return 1 }
    let most = scratch.most.bound(to: UInt16.self)
    return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: wanted) { highest in
      highest.update(repeating: 0)
      for run in 0..<runs where most[run] > highest[wanted - 1] {
        var place = wanted - 1
        while place > 0, highest[place - 1] < most[run] {
          highest[place] = highest[place - 1]
          place -= 1
        }
        highest[place] = most[run]
      }
      return max(1, Int(highest[wanted - 1]))
    }
  }

  /// Scores and offers the documents of a tile whose sums lie in a range and can still win.
  private func offer(
    _ best: inout BestList, _ first: Int, _ count: Int, sums range: ClosedRange<Int>,
    _ scratch: PostingScratch
  ) {
    let sums = UnsafePointer(scratch.sums.bound(to: UInt16.self))
    let most = UnsafePointer(scratch.most.bound(to: UInt16.self))
    let places = UnsafePointer(scratch.places.bound(to: UInt16.self))
    let weights = UnsafePointer(scratch.weights.bound(to: Double.self))
    let plan = scratch.plan
    var least = max(range.lowerBound, plan.smallestSum(reaching: best.threshold))
    for run in 0..<(count + 63) / 64 where Int(most[run]) >= least {
      for place in run * 64..<min(count, run * 64 + 64)
      where Int(sums[place]) >= least && Int(sums[place]) <= range.upperBound {
        let score = score(first + place, places: places, weights: weights)
        best.offer(Hit(document: UInt32(first + place), score: score))
        least = max(range.lowerBound, plan.smallestSum(reaching: best.threshold))
      }
    }
  }
}
