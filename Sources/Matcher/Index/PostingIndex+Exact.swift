extension PostingIndex {
  /// The exact scores of a run of documents: Σ weight · impact in `Double`, terms ascending, from 0.
  ///
  /// - Parameters:
  ///   - documents: Clamped to the index's documents.
  ///   - scores: One value a document of the range is written, from the range's first one on.
  /// - Complexity: O(postings inside the range + terms · log postings). No allocation.
  /// - Precondition: `scores` has room for the range.
  public func accumulate(
    _ query: PostingQuery, over documents: Range<Int>, into scores: UnsafeMutablePointer<Double>
  ) {
    let range = documents.clamped(to: 0..<documentCount)
    scores.update(repeating: 0, count: documents.count)
    let first = scores + (range.lowerBound - documents.lowerBound)
    let known = query.terms.prefix { Int($0) < dictionary.count }.count
    withUnsafeTemporaryAllocation(of: Int.self, capacity: known) { places in
      for place in 0..<known {
        let term = Int(query.terms[place])
        let word = UInt32(range.lowerBound) << 4
        places[place] = Self.place(
          of: word, in: postings.base, from: Int(starts.base[term]), to: Int(starts.base[term + 1]))
      }
      // Runs of documents whose scores stay in the first cache while all terms pass over them.
      for low in stride(from: range.lowerBound, to: range.upperBound, by: 4_096) {
        let high = min(range.upperBound, low + 4_096)
        accumulate(query, to: high, from: places, first + (low - range.lowerBound), of: low)
      }
    }
  }

  private func accumulate(
    _ query: PostingQuery, to high: Int, from places: UnsafeMutableBufferPointer<Int>,
    _ scores: UnsafeMutablePointer<Double>, of low: Int
  ) {
    let (starts, postings, impacts) = (starts.base, postings.base, impacts.base)
    let limit = UInt32(high) << 4
    for place in 0..<places.count {
      let weight = query.weights[place]
      let end = Int(starts[Int(query.terms[place]) + 1])
      var at = places[place]
      while at < end, postings[at] < limit {
        scores[Int(postings[at] >> 4) &- low] += weight * Double(impacts[at])
        at &+= 1
      }
      places[place] = at
    }
  }

  /// The best documents by scoring every one: the plain counterpart of `top`.
  ///
  /// - Returns: At most `k` documents that hold a term of the query, by descending score, then
  ///   ascending number.
  /// - Complexity: O(documents + the query's postings), and 8 bytes a document.
  public func topByScoringAll(_ k: Int, _ query: PostingQuery) -> [Hit] {
    let memory = Memory(uninitializedBytes: documentCount * 8)
    let scores = memory.bound(to: Double.self)
    accumulate(query, over: 0..<documentCount, into: scores)
    var best = BestList(capacity: k)
    for document in 0..<documentCount where scores[document] > 0 {
      best.offer(Hit(document: UInt32(document), score: scores[document]))
    }
    return withExtendedLifetime(memory) { best.sorted() }
  }
}
