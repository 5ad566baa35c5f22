/// A document and its score.
public struct Hit: Sendable, Equatable {
  public let document: UInt32
  public let score: Double

  public init(document: UInt32, score: Double) {
    self.document = document
    self.score = score
  }

  /// Whether this one stands before another: the higher score, then the lower number.
  @inline(__always)
  public func precedes(_ other: Hit) -> Bool {
    score > other.score || (score == other.score && document < other.document)
  }
}

/// The best documents seen so far, at most `capacity`, in one total order: by descending score, then
/// ascending document. So the outcome depends neither on the order of offers nor on threads.
public struct BestList: Sendable {
  public let capacity: Int
  /// A heap whose root is the worst one kept.
  private var heap: [Hit] = []

  public init(capacity: Int) {
    self.capacity = max(0, capacity)
    heap.reserveCapacity(min(self.capacity, 1024))
  }

  public var count: Int {
    heap.count
  }

  public var isFull: Bool {
    heap.count == capacity
  }

  /// The score below which nothing enters any more: the worst one kept, −∞ while there is room. An
  /// equal score enters with a lower document number.
  public var threshold: Double {
    guard isFull else { return -.infinity }
    return heap.first?.score ?? .infinity
  }

  /// Keeps the hit if it is among the best so far. O(log *capacity*) when it is, else O(1).
  @inline(__always)
  public mutating func offer(_ hit: Hit) {
    if heap.count < capacity {
      heap.append(hit)
      rise()
    } else if capacity > 0, hit.precedes(heap[0]) {
      heap[0] = hit
      sink()
    }
  }

  /// The hits from best to worst.
  public consuming func sorted() -> [Hit] {
    heap.sort { $0.precedes($1) }
    return heap
  }

  private mutating func rise() {
    var place = heap.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard heap[parent].precedes(heap[place]) else { return }
      heap.swapAt(parent, place)
      place = parent
    }
  }

  private mutating func sink() {
    var place = 0
    while true {
      var worst = place
      for child in 2 * place + 1...2 * place + 2
      where child < heap.count && heap[worst].precedes(heap[child]) {
        worst = child
      }
      guard worst != place else { return }
      heap.swapAt(worst, place)
      place = worst
    }
  }
}
