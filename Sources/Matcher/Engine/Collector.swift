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
  private let platformOf: Column<UInt32>
  /// By slot, not 0 where a line is no longer there; nil while all are. Kept by `gone`.
  private let isGone: UnsafePointer<UInt8>?
  private let gone: Column<UInt8>?
  private let slotOf: Column<UInt32>
  private var kept: [PairScore] = []
  private let room: Int
  /// Few enough are wanted to keep them in order all the time.
  private let isShort: Bool
  /// Pairs that do not stand before it cannot be among the best.
  private var threshold: PairScore?
  /// Whether the best by its expected score is wanted, whatever its group.
  private let notesBest: Bool

  /// - Parameters:
  ///   - notesBest: whether `best` is wanted.
  ///   - gone: by slot, not 0 where a line is no longer there; nil while all are.
  init(
    _ index: LineIndex, options: MatchOptions, countsRemoved: Bool, notesBest: Bool = true,
    gone: Column<UInt8>? = nil
  ) {
    self.gone = gone
    isGone = gone?.base
    slotOf = index.slotOfLine
    self.notesBest = notesBest
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

  /// Lines by verdict that were told apart by their sums, and those of them that are no conflict and
  /// outside.
  mutating func count(_ ranks: SIMD4<Int>, outside: Int) {
    verdicts &+= ranks
    evaluated += ranks.wrappedSum()
    if !includesOverseas { overseas += outside }
  }

  mutating func add(_ score: PairScore) {
    if let isGone, isGone[Int(slotOf.base[Int(score.line)])] != 0 { return }
    evaluated += 1
    verdicts[Int(score.rank)] += 1
    if countsRemoved, score.failing != 0 {
      var bits = score.failing
      while bits != 0 {
        removed[bits.trailingZeroBitCount] += 1
        bits &= bits - 1
      }
    }
    guard !score.isConflict || includesConflict else { return }
    if !score.isConflict, notesBest { noteBest(score) }
    if score.isOutside, !includesOverseas {
      overseas += 1
      return
    }
    keep(score)
  }

  /// A pair that is no conflict and was counted already.
  mutating func consider(_ score: PairScore) {
    if notesBest { noteBest(score) }
    if !score.isOutside || includesOverseas { keep(score) }
  }

  /// What a pair of some weight must reach to be wanted.
  func bar(weight: Int64) -> Bar {
    var bar = Bar()
    if let best { bar.best = Bar.least(weight, as: best) }
    if !notesBest { bar.best = .max }
    let last = isShort ? (kept.count == top ? kept.last : nil) : threshold
    if let last {
      bar.group = last.group
      bar.listed = Bar.least(weight, as: last)
    }
    return bar
  }

  /// Pairs of one weight that stand behind it are neither among the best nor the best by their
  /// expected score.
  struct Bar {
    /// The least expected sum that is not below the best one.
    fileprivate(set) var best = Int64.min
    /// The group of the last that is kept, and the least sum that is not below it; while more are
    /// kept, everything passes.
    fileprivate(set) var group = UInt8.max
    fileprivate(set) var listed = Int64.min

    @inline(__always)
    func admits(group own: UInt8, expected: Int64) -> Bool {
      own < group || (own == group && expected >= listed) || expected >= best
    }

    /// ⌈expected ÷ weight · own weight⌉, as `PairScore.order` compares.
    fileprivate static func least(_ weight: Int64, as score: PairScore) -> Int64 {
      guard weight != score.weight else { return score.expected }
      let product = score.expected.multipliedFullWidth(by: max(weight, 1))
      let divisor = max(score.weight, 1)
      guard product.high >= 0, product.high < divisor else { return .min }
      let (quotient, remainder) = divisor.dividingFullWidth(product)
      return remainder == 0 ? quotient : quotient + 1
    }
  }

  private mutating func keep(_ score: PairScore) {
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
    if best.map({ score.isBetter(than: $0) }) ?? true { best = score }
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
