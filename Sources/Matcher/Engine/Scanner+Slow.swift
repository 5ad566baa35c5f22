import Matcher
import MatcherIndex

/// Blocks that are read row by row: lines that deny things, stages with groups of alternatives,
/// prose against what was read from words.
extension Scanner {
  func scanSlowly(
    _ block: LineIndex.Block, _ common: Cell, _ texts: UnsafePointer<Double>?,
    into collector: inout Collector
  ) {
    let slots = index.slotOf.base + Int(block.firstRow)
    var pending: Envelopes?
    for row in 0..<Int(block.rows) {
      let slot = slots[row]
      let score = slowly(row, slot, block, common, textDegree(slot, block, texts))
      if pending == nil {
        pending = Envelopes(score, asOf: setting.asOf)
      } else {
        pending?.add(score)
      }
      guard row + 1 == Int(block.rows) || slots[row + 1] != slot, let line = pending else {
        continue
      }
      codes?[Int(slot - block.firstSlot)] = line.code
      collector.add(line.score)
      pending = nil
    }
  }

  /// One row, every criterion compared anew.
  func slowly(
    _ row: Int, _ slot: UInt32, _ block: LineIndex.Block, _ common: Cell, _ text: Int64
  ) -> PairScore {
    var cell = common
    let gates = index.facet(row, block, Family.gate.rawValue)
    cell.add(gateCell(gates, index.table(Family.gate.rawValue), withRead: true))
    if !plan.gates.processes.isEmpty {
      let permitted = index.facet(row, block, Family.permitted.rawValue)
      cell.add(permittedCell(permitted, index.table(Family.permitted.rawValue)))
    }
    var stated = statedGates(row, block, cell.causes)
    var extra: Int64 = 0
    let denials = denials(row, block)
    scratch.rowGrades.removeAll(keepingCapacity: true)
    for criterion in plan.criteria {
      let table = index.table(criterion.family)
      let facet = index.facet(row, block, criterion.family)
      scratch.rowGrades.append(
        criterion.grade(facet, table, criterion.isSpec ? denials : nil, context))
    }
    for (place, criterion) in plan.criteria.enumerated() where !plan.isGrouped[place] {
      let grade = scratch.rowGrades[place]
      cell.add(criterion.cell(grade))
      if !criterion.isRead { stated |= criterion.causes(grade.marks) }
    }
    for group in plan.groups {
      var best = group[0]
      var grade = scratch.rowGrades[best]
      for member in group.dropFirst() {
        if scratch.rowGrades[member].isBetter(than: grade) { best = member }
        grade = scratch.rowGrades[member].better(grade)
      }
      let criterion = plan.criteria[best]
      cell.add(criterion.cell(grade))
      extra += criterion.weighing.weight
      if !criterion.isRead { stated |= criterion.causes(grade.marks) }
    }
    return decider.decide(cell, slot, text, stated: stated, isProse: isProse(block), extra)
  }

  /// The causes of gates and service that the demand states itself.
  private func statedGates(_ row: Int, _ block: LineIndex.Block, _ common: UInt64) -> UInt64 {
    guard plan.hasRead, isProse(block) else { return common }
    var cell = plan.base
    let table = index.table(Family.gate.rawValue)
    cell.add(gateCell(index.facet(row, block, Family.gate.rawValue), table, withRead: false))
    if !plan.gates.processes.isEmpty {
      let table = index.table(Family.permitted.rawValue)
      cell.add(permittedCell(index.facet(row, block, Family.permitted.rawValue), table))
    }
    let service = plan.causes.service | Cell.final
    return cell.causes | (plan.isServiceRead ? 0 : common & service)
  }

  private func denials(_ row: Int, _ block: LineIndex.Block) -> FacetReader? {
    let facet = index.facet(row, block, Family.denial.rawValue)
    return facet == 0 ? nil : index.table(Family.denial.rawValue).reader(facet)
  }
}
