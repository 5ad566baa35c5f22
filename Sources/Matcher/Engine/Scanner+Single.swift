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
    let slots = index.slotOf.base + Int(block.firstRow)
    var line = Envelopes(slowly(spot.row, spot.slot, block, base, text), asOf: setting.asOf)
    var row = spot.row + 1
    while row < Int(block.rows), slots[row] == spot.slot {
      line.add(slowly(row, spot.slot, block, base, text))
      row += 1
    }
    return line
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
    if isSlow(block) {
      let line = whole(spot)
      return (line.score.isConflict ? nil : line.score, line.code)
    }
    guard isAlone(spot, block) else {
      return envelopes(spot, block, base, bound: bound, text: text)
    }
    let cell = sum(spot.row, spot.block, base, leaves: true)
    let most = decided(cell, spot.slot, text ?? mostText(spot.slot), block)
    let code = PairCode.of(most)
    if most.isConflict { return (nil, code) }
    // What stands behind the bound even with the best text stands behind it.
    if text == nil, let bound, bound.precedes(most) { return (nil, code) }
    guard text == nil, most.text >= 0 else { return (most, code) }
    return (decided(cell, spot.slot, textDegree(spot.slot), block), code)
  }

  /// A line of several rows; each is compared to its end, as they lend each other their bounds.
  private func envelopes(
    _ spot: Spot, _ block: LineIndex.Block, _ base: Cell, bound: PairScore?, text: Int64?
  ) -> (score: PairScore?, code: UInt16) {
    let cells = cells(spot, block, base)
    func line(_ text: Int64) -> Envelopes {
      var line = Envelopes(decided(cells[0], spot.slot, text, block), asOf: setting.asOf)
      for cell in cells.dropFirst() { line.add(decided(cell, spot.slot, text, block)) }
      return line
    }
    let most = line(text ?? mostText(spot.slot))
    if most.score.isConflict { return (nil, most.code) }
    guard text == nil else { return (most.score, most.code) }
    let isBehind = bound?.precedes(most.score) ?? false
    // Which day it is can hang on the text where a leader may bring something.
    guard !isBehind || most.mayRise else { return (nil, most.code) }
    let exact = line(textDegree(spot.slot))
    return (isBehind ? nil : exact.score, exact.code)
  }

  private func cells(_ spot: Spot, _ block: LineIndex.Block, _ base: Cell) -> [Cell] {
    let slots = index.slotOf.base + Int(block.firstRow)
    var cells: [Cell] = []
    var row = spot.row
    while row < Int(block.rows), slots[row] == spot.slot {
      cells.append(sum(row, spot.block, base, leaves: false))
      row += 1
    }
    return cells
  }

  /// The best text degree that a slot can have; −1 when one side has no words.
  private func mostText(_ slot: UInt32) -> Int64 {
    plan.text != nil && decider.hasText[Int(slot)] != 0 ? 1_000_000 : -1
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

  private func decided(
    _ cell: Cell, _ slot: UInt32, _ text: Int64, _ block: LineIndex.Block
  ) -> PairScore {
    decider.decide(cell, slot, text, stated: cell.causes, isProse: isProse(block), 0)
  }

  /// What the gates and all criteria add to a row, hard ones first.
  private func sum(_ row: Int, _ block: Int, _ base: Cell, leaves: Bool) -> Cell {
    var cell = base
    let gates = index.facet(row, ofBlock: block, Family.gate.rawValue)
    cell.add(gateCell(gates, index.table(Family.gate.rawValue), withRead: true))
    if !plan.gates.processes.isEmpty {
      let permitted = index.facet(row, ofBlock: block, Family.permitted.rawValue)
      cell.add(permittedCell(permitted, index.table(Family.permitted.rawValue)))
    }
    let first = Int(index.blocks.base[block].firstRow)
    if let known, known.grades.add(known.plan, row: first + row, leaves: leaves, to: &cell) {
      return cell
    }
    for reference in plan.hardFirst {
      if leaves, Scanner.isConflict(cell.causes) { return cell }
      reference._withUnsafeGuaranteedRef { criterion in
        let facet = index.facet(row, ofBlock: block, criterion.family)
        let table = index.table(criterion.family)
        cell.add(criterion.cell(criterion.grade(facet, table, nil, context)))
      }
    }
    return cell
  }

  /// The text degree of one slot in millionths; −1 when one side has no words.
  private func textDegree(_ slot: UInt32) -> Int64 {
    guard plan.text != nil, decider.hasText[Int(slot)] != 0 else { return -1 }
    if let known { return textDegree(slot, sum: known.grades.textSum(known.plan, slot: slot)) }
    guard let query = textQuery else { return -1 }
    var sum = 0.0
    index.text.accumulate(query, over: Int(slot)..<Int(slot) + 1, into: &sum)
    return textDegree(slot, sum: sum)
  }
}
