import Matcher
import MatcherIndex

/// Blocks whose columns have codes: each row adds the cells of its values.
extension Scanner {
  /// Rows that are added up before those that are wanted are finished.
  private static let tile = 128

  func scanRows(
    _ block: LineIndex.Block, _ common: Cell, into collector: inout Collector
  ) {
    let rows = Int(block.rows)
    let slots = index.slotOf.base + Int(block.firstRow)
    var texts: UnsafePointer<Double>?
    var row = 0
    while row < rows {
      var end = min(rows, row + Scanner.tile)
      while end < rows, slots[end] == slots[end - 1] { end += 1 }
      let wanted = addRows(row..<end, slots, block, common, into: &collector)
      if wanted > 0 { finish(wanted, slots, block, &texts, into: &collector) }
      row = end
    }
  }

  /// Adds up a run of rows and counts the lines of one row by their verdicts.
  ///
  /// - Returns: how many rows are wanted; they stand in `scratch.rows` with their sums. Those are
  ///   lines of one row that can be among the best if their words are the best there are, every row
  ///   of other lines, and all rows when everything is asked for.
  private func addRows(
    _ run: Range<Int>, _ slots: UnsafePointer<UInt32>, _ block: LineIndex.Block, _ common: Cell,
    into collector: inout Collector
  ) -> Int {
    let sums = scratch.sums(ofRows: run.count)
    let places = scratch.rows
    let rows = RowSums.Rows(run, of: block, slots: slots, leaves: !isComplete)
    let kept = RowSums.add(common, scratch, rows)
    guard !isComplete else { return kept }
    let plain = collector.bar(weight: decider.weight(hasText: false))
    let worded = collector.bar(weight: decider.weight(hasText: true))
    let (decider, codes, first) = (decider, codes, block.firstSlot)
    let (isProse, hasWords) = (isProse(block), plan.text != nil)
    if let codes {
      let days = scratch.days
      for row in run {
        codes[Int(slots[row] - first)] = PairCode.of(rank: 0, changes: days[row - run.lowerBound])
      }
    }
    var (wanted, outside) = (0, 0)
    // How many of each verdict, in 16 bits each: a run has fewer lines than that.
    var ranks = UInt64(run.count - kept)
    for place in 0..<kept {
      let row = Int(places[place])
      let slot = slots[row]
      if rows.isAlone(row) {
        let causes = sums[place].causes
        let (rank, group) = decider.judge(
          decider.causes(sums[place], slot), stated: causes, isProse: isProse)
        ranks &+= 1 << (UInt64(rank) &* 16)
        codes?[Int(slot - first)] = PairCode.of(rank: rank, changes: sums[place].least[3])
        if rank == 0 { continue }
        if decider.isOutside(slot) { outside += 1 }
        let hasText = hasWords && decider.hasText[Int(slot)] != 0
        let most = decider.mostExpected(sums[place], hasText: hasText)
        guard (hasText ? worded : plain).admits(group: group, expected: most) else { continue }
      }
      if wanted < place {
        sums[wanted] = sums[place]
        places[wanted] = places[place]
      }
      wanted += 1
    }
    let counts = SIMD4<UInt64>(repeating: ranks) &>> SIMD4(0, 16, 32, 48) & SIMD4(repeating: 0xFFFF)
    collector.count(SIMD4(truncatingIfNeeded: counts), outside: outside)
    return wanted
  }

  /// Decides wanted rows; rows of one line stand together.
  ///
  /// - Parameter texts: the sums of the block's words, made when they are first needed.
  private func finish(
    _ count: Int, _ slots: UnsafePointer<UInt32>, _ block: LineIndex.Block,
    _ texts: inout UnsafePointer<Double>?, into collector: inout Collector
  ) {
    let (sums, places) = (scratch.sums(ofRows: count), scratch.rows)
    var place = 0
    while place < count {
      let slot = slots[Int(places[place])]
      var next = place + 1
      while next < count, slots[Int(places[next])] == slot { next += 1 }
      let rows = UnsafeBufferPointer(start: UnsafePointer(sums + place), count: next - place)
      place = next
      if rows.count > 1, !isComplete, isBehind(rows, slot, block, into: &collector) { continue }
      let line = line(rows, slot, block, textDegree(slot, block, &texts))
      if isComplete {
        collector.add(line.score)
      } else if rows.count == 1 {
        collector.consider(line.score)
      } else {
        codes?[Int(slot - block.firstSlot)] = line.code
        collector.add(line.score)
      }
    }
  }

  /// Whether a line of several rows is a conflict, or cannot be wanted whatever its words are; it is
  /// counted then.
  private func isBehind(
    _ rows: UnsafeBufferPointer<Cell>, _ slot: UInt32, _ block: LineIndex.Block,
    into collector: inout Collector
  ) -> Bool {
    let hasText = plan.text != nil && decider.hasText[Int(slot)] != 0
    let most = line(rows, slot, block, hasText ? 1_000_000 : -1)
    let score = most.score
    if !score.isConflict {
      let bar = collector.bar(weight: score.weight)
      if bar.admits(group: score.group, expected: score.expected) { return false }
      // Which day it is can hang on the words where a leader may bring something.
      if codes != nil, most.mayRise { return false }
    }
    codes?[Int(slot - block.firstSlot)] = most.code
    var ranks = SIMD4<Int>.zero
    ranks[Int(score.rank)] = 1
    collector.count(ranks, outside: score.isOutside && !score.isConflict ? 1 : 0)
    return true
  }

  private func line(
    _ rows: UnsafeBufferPointer<Cell>, _ slot: UInt32, _ block: LineIndex.Block, _ text: Int64
  ) -> Envelopes {
    let isProse = isProse(block)
    func score(_ cell: Cell) -> PairScore {
      decider.decide(cell, slot, text, stated: cell.causes, isProse: isProse, 0)
    }
    var line = Envelopes(score(rows[0]), asOf: setting.asOf)
    for row in rows.dropFirst() { line.add(score(row)) }
    return line
  }

  private func textDegree(
    _ slot: UInt32, _ block: LineIndex.Block, _ texts: inout UnsafePointer<Double>?
  ) -> Int64 {
    guard plan.text != nil, decider.hasText[Int(slot)] != 0 else { return -1 }
    if texts == nil { texts = textSums(block) }
    return textDegree(slot, block, texts)
  }
}
