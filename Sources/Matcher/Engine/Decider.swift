import Matcher
import MatcherIndex

/// Turns the sum of a row's cells into what was decided: verdict, group, bounds, order.
///
/// Plain numbers and pointers into the index, taken out of their owners once for each stage, so that
/// a row costs no reference counting. Valid while plan and index are alive.
struct Decider {
  private let lines: UnsafePointer<UInt32>
  private let outside: UnsafePointer<UInt8>
  let hasText: UnsafePointer<UInt8>
  private let weight: Int64
  private let textWeight: Int64
  private let fewPending: Int
  private let questionLimit: Int
  /// Lines that must not be shown the demand, ascending.
  private let excluded: [UInt32]
  /// By slot, not 0 where a line is no longer there.
  private let gone: Column<UInt8>?
  private let hasExcluded: Bool
  /// Whether any line is excluded or gone.
  private let hasLeft: Bool

  init(
    _ plan: StagePlan, _ matching: Matching, excluded: [UInt32], gone: Column<UInt8>?
  ) {
    let (index, setting) = (matching.index, matching.setting)
    lines = index.lineOf.base
    outside = index.outside.base
    hasText = index.hasText.base
    weight = plan.weight
    textWeight = plan.textWeight
    fewPending = setting.fewPending
    questionLimit = setting.questionLimit
    self.excluded = excluded
    self.gone = gone
    hasExcluded = !excluded.isEmpty
    hasLeft = hasExcluded || gone != nil
  }

  /// Verdict, group, bounds and the rest of a row.
  ///
  /// - Parameters:
  ///   - text: the text's degree; −1 for none.
  ///   - stated: causes without what was only read out of the demand's words.
  ///   - extra: Σ w of the groups of alternatives.
  @inline(__always)
  func decide(
    _ cell: Cell, _ slot: UInt32, _ text: Int64, stated: UInt64, isProse: Bool, _ extra: Int64
  ) -> PairScore {
    let line = lines[Int(slot)]
    let causes = causes(cell, slot)
    let bits = isExcluded(slot) ? cell.bits | StagePlan.Bit.exclusion.mask : cell.bits
    var sums = cell.sums
    var weight = weight &+ extra
    if text >= 0, textWeight > 0 {
      sums &+= SIMD4(repeating: textWeight &* text)
      sums[3] = cell.sums[3] &+ textWeight
      weight &+= textWeight
    }
    let (rank, group) = judge(causes, stated: stated, isProse: isProse)
    let pending = (causes & Cell.pendings).nonzeroBitCount
    let questions = rank == 0 ? 0 : min(questionLimit, pending &+ Int(cell.bits >> 58))
    return PairScore(
      low: min(sums[0], weight &* Int64(cell.least[0])),
      expected: min(sums[1], weight &* Int64(cell.least[1])),
      high: weight == 0 ? 0 : min(sums[2], weight &* Int64(cell.least[2])), known: sums[3],
      weight: weight, failing: bits & Cell.criteria, line: line, changes: cell.least[3],
      text: Int32(truncatingIfNeeded: text), group: group,
      rank: rank, questions: UInt8(truncatingIfNeeded: questions),
      isOutside: outside[Int(line)] != 0, declines: causes & Cell.declines != 0)
  }

  /// The causes of a row's sum, with those of lines that the demand must not be shown to.
  @inline(__always)
  func causes(_ cell: Cell, _ slot: UInt32) -> UInt64 {
    guard hasLeft else { return cell.causes }
    let isGone = gone.map { $0.base[Int(slot)] != 0 } ?? false
    return isGone || isExcluded(slot) ? cell.causes | Cell.final : cell.causes
  }

  @inline(__always)
  private func isExcluded(_ slot: UInt32) -> Bool {
    hasExcluded && excluded.contains(lines[Int(slot)])
  }

  @inline(__always)
  func isOutside(_ slot: UInt32) -> Bool {
    outside[Int(lines[Int(slot)])] != 0
  }

  /// Verdict and group of causes; against prose, those that the demand states itself decide the
  /// group.
  @inline(__always)
  func judge(_ causes: UInt64, stated: UInt64, isProse: Bool) -> (rank: UInt8, group: UInt8) {
    var judged = judge(causes)
    if isProse, judged.rank == 1 || judged.rank == 2 {
      judged.group = max(2, judge(causes & Cell.final | stated).group)
    }
    return judged
  }

  /// Σ w of a row, but for groups of alternatives.
  @inline(__always)
  func weight(hasText: Bool) -> Int64 {
    hasText ? weight &+ textWeight : weight
  }

  /// The expected sum that a row has with the best text.
  @inline(__always)
  func mostExpected(_ cell: Cell, hasText: Bool) -> Int64 {
    let sum = hasText ? cell.sums[1] &+ textWeight &* 1_000_000 : cell.sums[1]
    return min(sum, weight(hasText: hasText) &* Int64(cell.least[1]))
  }

  /// Verdict (0 conflict … 3 full) and group of some causes. As `Judgment`.
  @inline(__always)
  private func judge(_ causes: UInt64) -> (rank: UInt8, group: UInt8) {
    let failures = causes & Cell.failures
    // Without the lowest bit, and without the lowest two: quicker than counting them.
    let others = failures & (failures &- 1)
    if causes & Cell.final != 0 || others & (others &- 1) != 0 { return (0, 6) }
    if failures != 0 {
      let beyond = others == 0 ? Cell.beyondOne : Cell.beyondTwo
      return (1, causes & beyond == 0 ? 3 : 5)
    }
    var pending = causes & Cell.pendings
    if pending == 0 { return (3, 1) }
    for _ in 0..<fewPending { pending &= pending &- 1 }
    return (2, pending == 0 ? 2 : 4)
  }
}
