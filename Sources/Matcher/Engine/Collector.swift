import Matcher
import MatcherIndex

/// Keeps the best pairs of a stage and counts all.
struct Collector {
  private let top: Int
  private let isByPlatform: Bool
  private let includesConflict: Bool
  private let includesOverseas: Bool
  /// Counts what each criterion removes; only where conflicts are scanned in full.
  let countsRemoved: Bool
  /// By rank: conflict, near miss, potential, full.
  private(set) var verdicts = SIMD4<Int>(repeating: 0)
  private(set) var removed: [Int]
  private(set) var best: PairScore?
  private(set) var overseas = 0
  private(set) var evaluated = 0
  /// The first day on which any pair can change.
  private(set) var changes = Day.never
  private let platformOf: Column<UInt32>
  private var kept: [PairScore] = []
  private let room: Int
  /// Few enough are wanted to keep them in order all the time.
  private let isShort: Bool
  /// Pairs that do not stand before it cannot be among the best.
  private var threshold: PairScore?

  init(_ index: LineIndex, options: MatchOptions, countsRemoved: Bool) {
    top = min(options.top, 1 << 30)
    isByPlatform = options.rows == .platform
    includesConflict = options.includesConflict
    includesOverseas = options.includesOverseas
    self.countsRemoved = countsRemoved
    removed = countsRemoved ? [Int](repeating: 0, count: 58) : []
    platformOf = index.platformOf
    room = max(64, 4 * top)
    isShort = top <= 64
    kept.reserveCapacity(min(room, 256))
  }

  /// Lines that were left out as conflicts without a score.
  mutating func skip(_ count: Int) {
    verdicts[0] += count
  }

  /// A block that is a conflict as a whole, and the first day on which it can be another.
  mutating func conflicts(skipped count: Int, changes: Int32) {
    verdicts[0] += count
    self.changes = min(self.changes, changes)
  }

  /// Lines that turned out conflicts before all was added up, and the first day on which one of
  /// them can be another.
  mutating func conflicts(_ count: Int, changes: Int32) {
    verdicts[0] += count
    evaluated += count
    self.changes = min(self.changes, changes)
  }

  mutating func add(_ score: PairScore) {
    evaluated += 1
    verdicts[Int(score.rank)] += 1
    changes = min(changes, score.changes)
    if countsRemoved, score.failing != 0 {
      var bits = score.failing
      while bits != 0 {
        removed[bits.trailingZeroBitCount] += 1
        bits &= bits - 1
      }
    }
    guard !score.isConflict || includesConflict else { return }
    if !score.isConflict { noteBest(score) }
    if score.isOutside, !includesOverseas {
      overseas += 1
      return
    }
    if isShort { return insert(score) }
    if let threshold, !score.precedes(threshold) { return }
    kept.append(score)
    guard kept.count >= room else { return }
    cut()
  }

  /// Puts a pair where it belongs in a short list that is always in order, one a platform if so.
  private mutating func insert(_ score: PairScore) {
    if kept.count == top, let last = kept.last, !score.precedes(last) { return }
    if isByPlatform {
      let platform = platformOf.base[Int(score.line)]
      if let other = kept.firstIndex(where: { platformOf.base[Int($0.line)] == platform }) {
        guard score.precedes(kept[other]) else { return }
        kept.remove(at: other)
      }
    }
    var place = kept.count
    while place > 0, score.precedes(kept[place - 1]) { place -= 1 }
    kept.insert(score, at: place)
    if kept.count > top { kept.removeLast() }
  }

  private mutating func noteBest(_ score: PairScore) {
    guard let best else {
      best = score
      return
    }
    switch PairScore.order(score.expected, score.weight, best.expected, best.weight) {
    case true?: self.best = score
    case nil where score.line < best.line: self.best = score
    default: break
    }
  }

  private mutating func cut() {
    kept = ranked()
    if kept.count >= top { threshold = kept.last }
  }

  /// The best pairs in ranking order: one a platform, or one a line.
  func ranked() -> [PairScore] {
    if isShort { return kept }
    let sorted = kept.sorted { $0.precedes($1) }
    guard isByPlatform else { return Array(sorted.prefix(top)) }
    var seen: Set<UInt32> = []
    var best: [PairScore] = []
    for score in sorted where best.count < top {
      if seen.insert(platformOf.base[Int(score.line)]).inserted { best.append(score) }
    }
    return best
  }
}
