import Matcher
import MatcherIndex

/// Single pairs: no tables, each criterion compared where it is needed.
extension Scanner {
  /// Some lines of the index, decided one by one with all that can be said of them.
  func scores(of lines: [UInt32]) -> [PairScore] {
    lines.map { line in
      let (number, first) = index.place(of: line)
      return single(first, index.slotOfLine[Int(line)], number, isWhole: true) { _ in true }
    }
  }

  /// The line at a slot.
  ///
  /// - Parameters:
  ///   - first: the line's first row in its block.
  ///   - number: the block.
  ///   - isWhole: compares everything; else a line is left as soon as it is a conflict.
  ///   - isWanted: whether a pair that is no conflict is wanted with its text, by what it is without.
  func single(
    _ first: Int, _ slot: UInt32, _ number: Int, isWhole: Bool, _ isWanted: (PairScore) -> Bool
  ) -> PairScore {
    let block = index.blocks.base[number]
    var base = plan.base
    base.add(service(number))
    let slots = index.slotOf.base + Int(block.firstRow)
    var last = first
    while last + 1 < Int(block.rows), slots[last + 1] == slot { last += 1 }
    if isWhole || isSlow(block) {
      let text = textDegree(slot)
      return together(first...last) { slowly($0, slot, block, base, text) }
    }
    // Rows of one line lend each other their bounds: none is left before its end.
    guard first == last else {
      let text = textDegree(slot)
      return together(first...last) { row in
        decided(sum(row, block, base, leaves: false), slot, text, block)
      }
    }
    let cell = sum(first, block, base, leaves: true)
    let score = decided(cell, slot, -1, block)
    guard !score.isConflict, isWanted(score) else { return score }
    return decided(cell, slot, textDegree(slot), block)
  }

  /// The rows of a line as one.
  private func together(_ rows: ClosedRange<Int>, _ decide: (Int) -> PairScore) -> PairScore {
    var best = decide(rows.lowerBound)
    for row in rows.dropFirst() { best = combine(best, decide(row)) }
    return best
  }

  private func decided(
    _ cell: Cell, _ slot: UInt32, _ text: Int64, _ block: LineIndex.Block
  ) -> PairScore {
    decider.decide(cell, slot, text, stated: cell.causes, isProse: isProse(block), 0)
  }

  /// What the gates and all criteria add to a row, hard ones first.
  private func sum(_ row: Int, _ block: LineIndex.Block, _ base: Cell, leaves: Bool) -> Cell {
    var cell = base
    let gates = index.facet(row, block, Family.gate.rawValue)
    cell.add(gateCell(gates, index.table(Family.gate.rawValue), withRead: true))
    if !plan.gates.processes.isEmpty {
      let permitted = index.facet(row, block, Family.permitted.rawValue)
      cell.add(permittedCell(permitted, index.table(Family.permitted.rawValue)))
    }
    for place in plan.byHardness {
      if leaves, Scanner.isConflict(cell.causes) { return cell }
      let criterion = plan.criteria[place]
      let facet = index.facet(row, block, criterion.family)
      cell.add(
        criterion.cell(criterion.grade(facet, index.table(criterion.family), nil, matching)))
    }
    return cell
  }

  /// The text degree of one slot in millionths; −1 when one side has no words.
  private func textDegree(_ slot: UInt32) -> Int64 {
    guard let query = textQuery, decider.hasText[Int(slot)] != 0 else { return -1 }
    var sum = 0.0
    index.text.accumulate(query, over: Int(slot)..<Int(slot) + 1, into: &sum)
    return textDegree(slot, sum: sum)
  }
}
