import Matcher
import MatcherIndex

/// Single pairs: no tables, each criterion compared where it is needed.
extension Scanner {
  /// A line by its slot and its first row in its block.
  struct Spot {
    let slot: UInt32
    let block: Int
    let row: Int
  }

  /// Some lines of the index, decided one by one with all that can be said of them.
  func scores(of lines: [UInt32]) -> [PairScore] {
    lines.map { line in
      let (number, row) = index.place(of: line)
      return whole(Spot(slot: index.slotOfLine[Int(line)], block: number, row: row)).score
    }
  }

  /// A line with everything compared.
  private func whole(_ spot: Spot) -> Envelopes {
    let block = index.blocks.base[spot.block]
    let base = base(spot.block)
    let text = textDegree(spot.slot)
    return together(spot, block) { slowly($0, spot.slot, block, base, text) }
  }

  /// The line at a slot, left as soon as it is a conflict.
  ///
  /// - Parameters:
  ///   - bound: pairs that stand behind it are not wanted: they are told apart without their text.
  ///   - text: the text's degree where it is known.
  /// - Returns: nil for the score of a pair that is not wanted; verdict and day either way.
  func single(
    _ spot: Spot, bound: PairScore?, text: Int64?
  ) -> (score: PairScore?, code: UInt16) {
    let block = index.blocks.base[spot.block]
    let base = base(spot.block)
    // Rows of one line lend each other their bounds: none is left before its end.
    guard !isSlow(block), isAlone(spot, block) else {
      let line = isSlow(block) ? whole(spot) : envelopes(spot, block, base)
      return (line.score.isConflict ? nil : line.score, line.code)
    }
    let cell = sum(spot.row, block, base, leaves: true)
    if let text {
      let score = decided(cell, spot.slot, text, block)
      return (score.isConflict ? nil : score, PairCode.of(score))
    }
    let hasText = plan.text != nil && decider.hasText[Int(spot.slot)] != 0
    let most = decided(cell, spot.slot, hasText ? 1_000_000 : -1, block)
    let code = PairCode.of(most)
    if most.isConflict { return (nil, code) }
    // What stands behind the bound even with the best text stands behind it.
    if let bound, bound.precedes(most) { return (nil, code) }
    return (hasText ? decided(cell, spot.slot, textDegree(spot.slot), block) : most, code)
  }

  private func envelopes(_ spot: Spot, _ block: LineIndex.Block, _ base: Cell) -> Envelopes {
    let text = textDegree(spot.slot)
    return together(spot, block) { row in
      decided(sum(row, block, base, leaves: false), spot.slot, text, block)
    }
  }

  private func base(_ number: Int) -> Cell {
    var base = plan.base
    base.add(service(number))
    return base
  }

  /// Whether a line has one row.
  private func isAlone(_ spot: Spot, _ block: LineIndex.Block) -> Bool {
    let next = spot.row + 1
    return next >= Int(block.rows)
      || index.slotOf.base[Int(block.firstRow) + next] != spot.slot
  }

  /// The rows of a line as one.
  private func together(
    _ spot: Spot, _ block: LineIndex.Block, _ decide: (Int) -> PairScore
  ) -> Envelopes {
    let slots = index.slotOf.base + Int(block.firstRow)
    var line = Envelopes(decide(spot.row), asOf: setting.asOf)
    var row = spot.row + 1
    while row < Int(block.rows), slots[row] == spot.slot {
      line.add(decide(row))
      row += 1
    }
    return line
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
    for reference in plan.hardFirst {
      if leaves, Scanner.isConflict(cell.causes) { return cell }
      reference._withUnsafeGuaranteedRef { criterion in
        let facet = index.facet(row, block, criterion.family)
        let table = index.table(criterion.family)
        cell.add(criterion.cell(criterion.grade(facet, table, nil, context)))
      }
    }
    return cell
  }

  /// The text degree of one slot in millionths; −1 when one side has no words.
  private func textDegree(_ slot: UInt32) -> Int64 {
    guard plan.text != nil, decider.hasText[Int(slot)] != 0, let query = textQuery else {
      return -1
    }
    var sum = 0.0
    index.text.accumulate(query, over: Int(slot)..<Int(slot) + 1, into: &sum)
    return textDegree(slot, sum: sum)
  }
}
