import Synchronization

extension Workers {
  /// Does items in chunks so that neighbours mostly fall to the same worker: each begins with a part of
  /// its own and goes through it in order; one that is done takes chunks from the far end of the part
  /// that has most left. For items in an order in which neighbours share what a worker keeps.
  ///
  /// - Parameters:
  ///   - items: how many there are, below 2³¹.
  ///   - chunk: how many a worker takes at a time, 1...
  ///   - state: makes what one worker uses again for all its chunks.
  ///   - work: does the items of a chunk. Called on many threads, in no order, once for each item.
  public func inParts<State>(
    _ items: Int, chunk: Int, state: @Sendable () -> State,
    work: @Sendable (Range<Int>, State) -> Void
  ) {
    let chunk = max(1, chunk)
    let chunks = (items + chunk - 1) / chunk
    let number = max(1, min(count, chunks))
    let parts = (0..<number).map { part in
      ChunkPart(from: chunks * part / number, to: chunks * (part + 1) / number)
    }
    self(number) { worker in
      let own = state()
      func doChunk(_ place: Int) {
        work(place * chunk..<min(items, (place + 1) * chunk), own)
      }
      while let place = parts[worker].takeFirst() { doChunk(place) }
      while let part = parts.max(by: { $0.left < $1.left }), part.left > 0 {
        if let place = part.takeLast() { doChunk(place) }
      }
    }
  }
}

/// The chunks of a worker's part that nobody has begun. Any thread may take one.
private final class ChunkPart: Sendable {
  /// The next chunk in the lower half, the end in the upper: both change in one step.
  private let range: Atomic<UInt64>

  init(from: Int, to: Int) {
    range = Atomic(UInt64(UInt32(from)) | UInt64(UInt32(to)) << 32)
  }

  var left: Int {
    let (next, end) = ChunkPart.split(range.load(ordering: .relaxed))
    return end - next
  }

  func takeFirst() -> Int? {
    take { next, end in (next, next + 1, end) }
  }

  func takeLast() -> Int? {
    take { next, end in (end - 1, next, end - 1) }
  }

  private func take(_ step: (Int, Int) -> (taken: Int, next: Int, end: Int)) -> Int? {
    var known = range.load(ordering: .relaxed)
    while true {
      let (next, end) = ChunkPart.split(known)
      guard next < end else { return nil }
      let new = step(next, end)
      let word = UInt64(UInt32(new.next)) | UInt64(UInt32(new.end)) << 32
      let (done, found) = range.compareExchange(
        expected: known, desired: word, ordering: .relaxed)
      if done { return new.taken }
      known = found
    }
  }

  private static func split(_ word: UInt64) -> (next: Int, end: Int) {
    (Int(word & 0xFFFF_FFFF), Int(word >> 32))
  }
}
