import Matcher
import MatcherIndex

/// Keeps the best pairs of a stage and counts all.
struct Collector {
  let options: MatchOptions
  /// Counts what each criterion removes; only where conflicts are scanned in full.
  let countsRemoved: Bool
  private(set) var verdicts = [0, 0, 0, 0]
  private(set) var removed = [Int](repeating: 0, count: 58)
  private(set) var best: PairScore?
  private(set) var overseas = 0
  private(set) var evaluated = 0
  /// The first day on which any pair can change.
  private(set) var holds = Day.never
  private let platformOf: Column<UInt32>
  private var kept: [PairScore] = []
  private let room: Int
  /// Pairs that do not stand before it cannot be among the best.
  private var threshold: PairScore?

  init(_ index: LineIndex, options: MatchOptions, countsRemoved: Bool) {
    self.options = options
    self.countsRemoved = countsRemoved
    platformOf = index.platformOf
    let top = min(options.top, 1 << 30)
    room = max(256, 4 * top)
    kept.reserveCapacity(min(room, 4096))
  }

  var lines: Int { verdicts.reduce(0, +) }

  /// Lines that were left out as conflicts without a score.
  mutating func skip(_ count: Int) {
    verdicts[0] += count
  }

  mutating func conflict(_ line: UInt32, holds: Int32) {
    verdicts[0] += 1
    self.holds = min(self.holds, holds)
    evaluated += 1
  }

  mutating func add(_ score: PairScore) {
    evaluated += 1
    verdicts[Int(score.rank)] += 1
    holds = min(holds, score.holds)
    if countsRemoved, score.failing != 0 {
      var bits = score.failing
      while bits != 0 {
        removed[bits.trailingZeroBitCount] += 1
        bits &= bits - 1
      }
    }
    guard !score.isConflict || options.includesConflict else { return }
    if !score.isConflict { noteBest(score) }
    if score.isOutside, !options.includesOverseas {
      overseas += 1
      return
    }
    if let threshold, !score.precedes(threshold) { return }
    kept.append(score)
    if kept.count >= room { cut() }
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
    if kept.count >= options.top { threshold = kept.last }
  }

  /// The best pairs in ranking order: one a platform, or one a line.
  func ranked() -> [PairScore] {
    let sorted = kept.sorted { $0.precedes($1) }
    guard options.rows == .platform else { return Array(sorted.prefix(options.top)) }
    var seen: Set<UInt32> = []
    var best: [PairScore] = []
    for score in sorted where best.count < options.top {
      if seen.insert(platformOf.base[Int(score.line)]).inserted { best.append(score) }
    }
    return best
  }
}
