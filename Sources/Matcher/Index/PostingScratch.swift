/// The working memory of one thread that searches `PostingIndex`es: kept from query to query, so that
/// a search allocates nothing but its result. Not safe for several threads at once.
public final class PostingScratch {
  /// A rare term's postings not yet passed, and where its levels' values stand.
  struct Cursor {
    var place: Int
    var end: Int
  }

  /// Documents of which the sums are formed at a time: they stay in the cache.
  static let tile = 1 << 15

  let sums = Memory(bytes: PostingScratch.tile * 2)
  /// The largest sum of every 64 documents of the tile.
  let most = Memory(bytes: PostingScratch.tile / 64 * 2)
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

  public init() {}

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
