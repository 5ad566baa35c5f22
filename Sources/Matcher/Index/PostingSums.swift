/// The exact scores of several runs of documents, one run after the other: what a scorer needs that
/// visits blocks of documents and passes over those that are ruled out.
///
/// Each term's place moves forward only, so that a run costs its own postings and a few steps a term,
/// not a search through whole lists. Many short runs that cover more than about a fifth of the documents
/// are dearer than one `PostingIndex.accumulate` over all of them. One thread's; kept from query to query, it allocates only when a
/// query has more terms than any before.
public final class PostingSums {
  private var memory = Memory(bytes: 64)
  private var query = PostingQuery([])
  private var known = 0
  private var next = 0
  /// Postings that were read, where they are to be counted; nil where not.
  public var counted: Int?

  public init() {}

  /// Begins a query at the first document.
  public func begin(_ query: PostingQuery, in index: PostingIndex) {
    self.query = query
    (known, next) = (index.knownTerms(query), 0)
    if memory.count < known * 8 { memory = Memory(uninitializedBytes: known * 16) }
    let places = memory.bound(to: Int.self)
    for place in 0..<known {
      places[place] = Int(index.records.base[Int(query.terms[place])].start)
    }
  }

  /// Writes the exact scores of a run: Σ weight · impact in `Double`, terms ascending, from 0.
  ///
  /// - Parameters:
  ///   - documents: A run behind the one before; clamped to the index's documents.
  ///   - scores: One value a document of the run is written.
  ///   - index: The one that the query was begun with.
  /// - Complexity: O(postings inside the run + terms · log of the postings passed over).
  /// - Precondition: `scores` has room for the run, and runs ascend without overlap.
  public func score(
    _ documents: Range<Int>, in index: PostingIndex, into scores: UnsafeMutablePointer<Double>
  ) {
    precondition(documents.lowerBound >= next, "runs of documents ascend")
    next = documents.upperBound
    scores.update(repeating: 0, count: documents.count)
    let range = documents.clamped(to: 0..<index.documentCount)
    guard !range.isEmpty else { return }
    let places = memory.bound(to: Int.self)
    let (word, postings) = (UInt32(range.lowerBound) << 4, index.postings.base)
    for place in 0..<known {
      let end = index.records.base[Int(query.terms[place])].end
      places[place] = Self.gallop(to: word, in: postings, from: places[place], to: end)
    }
    let before = counted == nil ? 0 : sum(places)
    defer { if let counted { self.counted = counted + sum(places) - before } }
    index.accumulate(
      query, to: range.upperBound, from: UnsafeMutableBufferPointer(start: places, count: known),
      scores, of: range.lowerBound)
  }

  private func sum(_ places: UnsafePointer<Int>) -> Int {
    (0..<known).reduce(0) { $0 + places[$1] }
  }

  /// The first place whose posting is at least `word`, in steps that double.
  @inline(__always)
  private static func gallop(
    to word: UInt32, in postings: UnsafePointer<UInt32>, from: Int, to end: Int
  ) -> Int {
    guard from < end, postings[from] < word else { return from }
    var (low, step) = (from, 1)
    while low + step < end, postings[low + step] < word {
      low += step
      step *= 2
    }
    return PostingIndex.place(of: word, in: postings, from: low, to: min(end, low + step + 1))
  }
}
