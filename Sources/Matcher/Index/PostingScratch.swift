/// The working memory of one thread that searches `PostingIndex`es: kept from query to query, so that
/// a search allocates nothing but its result. Not safe for several threads at once.
public final class PostingScratch {
  /// A rare term's postings not yet passed, and where its levels' values stand.
  struct Cursor {
    var place: Int
    var end: Int
  }

  /// Documents of which the sums are formed at a time: they stay in the second cache. A multiple of
  /// 128.
  let tile: Int
  /// Documents whose exact scores are due, so many at a time.
  static let dueLimit = 64

  let due = Memory(bytes: PostingScratch.dueLimit * 4)
  let sums: Memory
  /// The largest sum of every 64 documents of the tile.
  let most: Memory
  /// Each term's place in the query + 1; 0 for terms that it does not ask.
  private(set) var places = Memory(bytes: 64)
  /// The query's weights, from place 1; place 0 is 0.
  private(set) var weights = Memory(bytes: 64)
  /// Sixteen 16-bit values a rare term, in the order of `cursors`.
  private(set) var rareTables = Memory(bytes: 64)
  /// Sixteen 8-bit values a frequent term.
  private(set) var columnTables = Memory(bytes: 64)
  /// The frequent terms' columns, at the tile.
  private(set) var columns = Memory(bytes: 64)
  /// One past the last column of each group.
  private(set) var groupEnds = Memory(bytes: 64)
  private(set) var cursors = Memory(bytes: 64)
  var plan = PostingPlan()
  /// The boosts of the search, and the most that they can add.
  private(set) var boosts = Memory(bytes: 64)
  private(set) var boostCount = 0
  private(set) var mostBoost = 0.0
  private var found = Memory(bytes: 64)
  var seeds = BestList(capacity: 0)

  public convenience init() {
    self.init(blocksATime: 2_048)
  }

  /// A scratch that works on so many blocks of 128 documents at a time; results are the same for any.
  package init(blocksATime blocks: Int) {
    tile = max(1, blocks) * PostingIndex.blockDocuments
    sums = Memory(bytes: tile * 2)
    most = Memory(bytes: tile / 64 * 2)
  }

  /// Makes room for an index's terms and a query's. Allocates only when larger than any before.
  func reserve(terms: Int, query: Int) {
    Self.grow(&places, terms * 2)
    Self.grow(&weights, (query + 1) * 8)
    Self.grow(&rareTables, query * 32)
    Self.grow(&columnTables, query * 16)
    Self.grow(&columns, query * MemoryLayout<UnsafePointer<UInt8>>.stride)
    Self.grow(&groupEnds, query * 4)
    Self.grow(&cursors, query * MemoryLayout<Cursor>.stride)
  }

  /// Sets the boosts of a search, which keeps them alive.
  func set(_ list: [Boost]) {
    Self.grow(&boosts, list.count * MemoryLayout<RawBoost>.stride)
    let raw = boosts.bound(to: RawBoost.self)
    (boostCount, mostBoost) = (0, 0)
    for boost in list where boost.weight != 0 && boost.weight.isFinite {
      let words = boost.documents.words
      raw[boostCount] = RawBoost(words: words.base, count: words.count, weight: boost.weight)
      boostCount += 1
      mostBoost += max(0, boost.weight)
    }
  }

  /// Room for the documents of a tile that can still win.
  func foundHits(_ count: Int) -> UnsafeMutableBufferPointer<Hit> {
    if found.count < count * MemoryLayout<Hit>.stride {
      found = Memory(uninitializedBytes: tile * MemoryLayout<Hit>.stride)
    }
    return UnsafeMutableBufferPointer(start: found.bound(to: Hit.self), count: count)
  }

  /// Grown memory is zero, as what it replaces is between two queries.
  private static func grow(_ memory: inout Memory, _ bytes: Int) {
    if memory.count < bytes { memory = Memory(bytes: max(bytes, memory.count * 2)) }
  }
}

/// How a query's bounds are formed: integers that count a step, so that sum · step is never below the
/// exact score.
struct PostingPlan {
  /// What one unit of a sum stands for.
  var step = 0.0
  /// Terms scored through postings and through columns, and groups of the latter.
  var rare = 0
  var frequent = 0
  /// The postings of the rare terms.
  var rarePostings = 0
  var groups = 0
  /// The most that the columns of the group being filled can add.
  var groupSum = 0

  /// The smallest sum whose bound reaches a threshold, 1...; above 65,535 none does.
  @inline(__always)
  func smallestSum(reaching threshold: Double) -> Int {
    guard threshold > 0 else { return 1 }
    let steps = threshold / step
    guard steps < 65_536 else { return 65_536 }
    var sum = max(1, Int(steps))
    while Double(sum) * step < threshold { sum += 1 }
    return sum
  }
}
