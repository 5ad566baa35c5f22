import Matcher
import MatcherIndex

/// Decides one stage against every line of an index.
///
/// Blocks first: a block whose service, or whose common value of any criterion, is a final failure
/// is a conflict as a whole. In the others each different value of a column is compared once, its
/// cell is kept in a table, and a row adds the cells of its values. Rows are left as soon as they
/// are a conflict, unless everything is asked for.
struct Scanner {
  let plan: StagePlan
  let index: LineIndex
  let setting: Setting
  let money: Money
  let days: WorkDays
  /// Conflicts too, with all that fails in them.
  let isComplete: Bool
  let scratch: Scratch

  /// The places of the gates' tables after those of the criteria.
  var gateTable: Int { plan.criteria.count }
  var permittedTable: Int { plan.criteria.count + 1 }

  func scan(into collector: inout Collector) {
    scratch.begin(criteria: plan.criteria.count + 2)
    let passing = index.blocks.buffer.reduce(0) {
      $0 + (isComplete || service($1).causes & Cell.final == 0 ? Int($1.rows) : 0)
    }
    for block in index.blocks.buffer {
      var base = plan.base
      base.add(service(block))
      guard isComplete || base.causes & Cell.final == 0 else {
        collector.skip(Int(block.slots))
        continue
      }
      scan(block, base, passing: passing, into: &collector)
    }
  }

  /// What the block's services give. As `ServiceCriterion`.
  private func service(_ block: LineIndex.Block) -> Cell {
    var cell = Cell.nothing
    guard !plan.services.isEmpty else {
      cell.causes = plan.causes.service
      return cell
    }
    let isProse = block.flags & UInt32(LineIndex.prose) != 0
    var relation = 0
    var isBroad = false
    var isStated = false
    if block.service != 0 {
      var reader = index.services.table.reader(block.service)
      let head = reader.word()
      let (own, broad) = (Int(head & 0xFFFF_FFFF), Int(head >> 32))
      isStated = own + broad > 0
      relation = closest(reader.next, own)
      if relation < 2 {
        let wider = closest(reader.next + own, broad)
        if wider > relation { (relation, isBroad) = (wider, true) }
      }
    }
    let degree: Int64
    if !isStated {
      degree = setting.servicePriors[0]
    } else if isProse {
      degree = setting.readServicePriors[relation]
    } else if relation == 0 {
      cell.causes = Cell.final
      cell.bits = StagePlan.Bit.service.mask
      cell.sums[3] = plan.serviceWeight
      return cell
    } else if isBroad {
      degree = setting.servicePriors[relation == 2 ? 2 : 1]
    } else if relation <= 2 {
      degree = setting.servicePriors[relation]
    } else {
      cell.sums = SIMD4(repeating: plan.serviceWeight &* 1_000_000)
      cell.sums[3] = plan.serviceWeight
      return cell
    }
    cell.sums = SIMD4(0, plan.serviceWeight &* degree, plan.serviceWeight &* 1_000_000, 0)
    cell.causes = plan.causes.service
    return cell
  }

  /// The closest relation of some offered services to any asked one.
  private func closest(_ offered: UnsafePointer<UInt64>, _ count: Int) -> Int {
    var best: UInt8 = 0
    for asked in plan.services {
      let row = asked * index.serviceCount
      for place in 0..<count {
        best = max(best, index.relation.base[row + Int(offered[place])])
      }
    }
    return Int(best)
  }

  // MARK: A block

  private func scan(
    _ block: LineIndex.Block, _ base: Cell, passing: Int, into collector: inout Collector
  ) {
    let isSlow =
      block.flags & UInt32(LineIndex.denies) != 0 || !plan.groups.isEmpty
      || (block.flags & UInt32(LineIndex.prose) != 0 && plan.hasRead)
    var common = base
    scratch.active.removeAll(keepingCapacity: true)
    scratch.direct.removeAll(keepingCapacity: true)
    addGates(block, passing, &common)
    if !isSlow {
      for hard in [true, false] {
        for (place, criterion) in plan.criteria.enumerated()
        where (criterion.strictness == .hard) == hard {
          add(criterion, place, block, passing, &common)
        }
      }
    }
    guard isComplete || common.causes & Cell.final == 0 else {
      collector.skip(Int(block.slots))
      return
    }
    let texts = textSums(block)
    if isSlow {
      scanSlowly(block, common, texts, into: &collector)
    } else {
      scanRows(block, common, texts, into: &collector)
    }
  }

  /// Sums of the block's slots; nil when the stage has no words.
  private func textSums(_ block: LineIndex.Block) -> UnsafePointer<Double>? {
    guard let text = plan.text else { return nil }
    let sums = scratch.sums(Int(block.slots))
    let from = Int(block.firstSlot)
    index.text.accumulate(text.query, over: from..<from + Int(block.slots), into: sums)
    return UnsafePointer(sums)
  }

  /// Openness, status, border and permitted processes of a block.
  private func addGates(_ block: LineIndex.Block, _ passing: Int, _ common: inout Cell) {
    if let segment = index.segment(block, Family.gate.rawValue) {
      let table = index.table(Family.gate.rawValue)
      if segment.uniform != LineIndex.Segment.differs {
        common.add(gateCell(segment.uniform, table, withRead: true))
      } else {
        activate(gateTable, segment, table) { gateCell($0, table, withRead: true) }
      }
    }
    guard !plan.gates.processes.isEmpty,
      let segment = index.segment(block, Family.permitted.rawValue)
    else { return }
    let table = index.table(Family.permitted.rawValue)
    if segment.uniform != LineIndex.Segment.differs {
      common.add(permittedCell(segment.uniform, table))
    } else {
      activate(permittedTable, segment, table) { permittedCell($0, table) }
    }
  }

  private func activate(
    _ place: Int, _ segment: LineIndex.Segment, _ table: FacetTable, _ cell: (UInt32) -> Cell
  ) {
    if !scratch.isReady[place] {
      let cells = scratch.table(place, count: table.count)
      for facet in 0..<table.count { cells[facet] = cell(UInt32(facet)) }
      scratch.isReady[place] = true
    }
    scratch.active.append(
      Scratch.Active(
        facets: index.facetOf.base + Int(segment.offset),
        cells: UnsafePointer(scratch.tables[place])))
  }

  private func add(
    _ criterion: Criterion, _ place: Int, _ block: LineIndex.Block, _ passing: Int,
    _ common: inout Cell
  ) {
    let table = index.table(criterion.family)
    guard let segment = index.segment(block, criterion.family) else {
      common.add(criterion.cell(grade(criterion, 0, table, nil)))
      return
    }
    guard segment.uniform == LineIndex.Segment.differs else {
      common.add(criterion.cell(grade(criterion, segment.uniform, table, nil)))
      return
    }
    if scratch.isReady[place] || table.count <= max(64, passing) {
      activate(place, segment, table) { criterion.cell(grade(criterion, $0, table, nil)) }
    } else {
      scratch.direct.append(
        Scratch.Direct(criterion: place, facets: index.facetOf.base + Int(segment.offset)))
    }
  }

  func grade(
    _ criterion: Criterion, _ facet: UInt32, _ table: FacetTable, _ denials: FacetReader?
  ) -> Grade {
    switch criterion.grader {
    case .spec(let grader): grader.grade(facet, table, denials: denials, setting)
    case .certificate(let grader): grader.grade(facet, table, setting)
    case .window(let grader): grader.grade(facet, table, days, setting)
    case .price(let grader): grader.grade(facet, table, money, setting)
    case .place(let grader): grader.grade(facet, table, setting)
    case .lot(let grader): grader.grade(facet, table, setting)
    }
  }

  func gateCell(_ facet: UInt32, _ table: FacetTable, withRead: Bool) -> Cell {
    let gates = plan.gates.grade(facet, table, setting)
    var cell = Cell.nothing
    add(gates.openness, 0, plan.causes.openness, StagePlan.Bit.openness, &cell)
    add(gates.status, plan.causes.date, plan.causes.status, StagePlan.Bit.status, &cell)
    if withRead || !plan.isBorderRead {
      add(gates.border, 0, plan.causes.border, StagePlan.Bit.border, &cell)
    }
    return cell
  }

  func permittedCell(_ facet: UInt32, _ table: FacetTable) -> Cell {
    var cell = Cell.nothing
    add(
      plan.gates.permitted(facet, table), 0, plan.causes.process, StagePlan.Bit.process, &cell)
    return cell
  }

  private func add(
    _ grade: Grade, _ failure: UInt64, _ pending: UInt64, _ bit: StagePlan.Bit, _ cell: inout Cell
  ) {
    if grade.marks.contains(.final) { cell.causes |= Cell.final }
    if grade.marks.contains(.finite) { cell.causes |= failure }
    if grade.marks.contains(.beyondOne) { cell.causes |= Cell.beyondOne }
    if grade.marks.contains(.beyondTwo) { cell.causes |= Cell.beyondTwo }
    if grade.marks.contains(.pending) { cell.causes |= pending }
    if grade.isFailure { cell.bits |= bit.mask }
    cell.least[3] = min(cell.least[3], grade.holds)
  }

  // MARK: Rows

  /// The rows of a block whose columns are all tables or direct.
  private func scanRows(
    _ block: LineIndex.Block, _ common: Cell, _ texts: UnsafePointer<Double>?,
    into collector: inout Collector
  ) {
    let rows = Int(block.rows)
    let slots = index.slotOf.base + Int(block.firstRow)
    scratch.active.withUnsafeBufferPointer { active in
      scratch.direct.withUnsafeBufferPointer { direct in
        var row = 0
        while row < rows {
          let slot = slots[row]
          var last = row + 1
          while last < rows, slots[last] == slot { last += 1 }
          let isAlone = last == row + 1
          var cell = common
          var isOut = false
          for column in active {
            cell.add(column.cells[Int(column.facets[row])])
          }
          if isAlone, !isComplete, Scanner.isConflict(cell.causes) {
            isOut = true
          } else {
            isOut = addDirect(direct, row, canStop: isAlone && !isComplete, &cell)
          }
          if isOut {
            collector.conflict(index.lineOf.base[Int(slot)], holds: cell.least[3])
            row = last
            continue
          }
          let text = textDegree(slot, block, texts)
          var best = finish(cell, slot, text, stated: cell.causes, isProse: isProse(block), 0)
          for other in row + 1..<max(row + 1, last) {
            var cell = common
            for column in active { cell.add(column.cells[Int(column.facets[other])]) }
            _ = addDirect(direct, other, canStop: false, &cell)
            let next = finish(cell, slot, text, stated: cell.causes, isProse: isProse(block), 0)
            best = Scanner.combine(best, next)
          }
          collector.add(best)
          row = last
        }
      }
    }
  }

  /// Adds the columns that have no table; true when the row turned out a conflict and was left.
  @inline(__always)
  private func addDirect(
    _ direct: UnsafeBufferPointer<Scratch.Direct>, _ row: Int, canStop: Bool, _ cell: inout Cell
  ) -> Bool {
    for column in direct {
      let criterion = plan.criteria[column.criterion]
      let table = index.table(criterion.family)
      cell.add(criterion.cell(grade(criterion, column.facets[row], table, nil)))
      if canStop, Scanner.isConflict(cell.causes) { return true }
    }
    return false
  }

  @inline(__always)
  static func isConflict(_ causes: UInt64) -> Bool {
    causes & Cell.final != 0 || (causes & Cell.failures).nonzeroBitCount > 2
  }

  func isProse(_ block: LineIndex.Block) -> Bool {
    block.flags & UInt32(LineIndex.prose) != 0
  }

  /// Bounds and holds are the best and the first of both envelopes, the rest is the leader's.
  static func combine(_ best: PairScore, _ next: PairScore) -> PairScore {
    var lead = next.leads(best) ? next : best
    lead.low = max(best.low, next.low)
    lead.expected = max(best.expected, next.expected)
    lead.high = max(best.high, next.high)
    lead.holds = min(best.holds, next.holds)
    return lead
  }

  /// The text degree of a slot in millionths; −1 when one side has no words.
  @inline(__always)
  func textDegree(
    _ slot: UInt32, _ block: LineIndex.Block, _ texts: UnsafePointer<Double>?
  ) -> Int64 {
    guard let texts, index.hasText.base[Int(slot)] != 0 else { return -1 }
    return plan.textDegree(sum: texts[Int(slot - block.firstSlot)])
  }

  /// Verdict, group, bounds and the rest of a row.
  ///
  /// - Parameters:
  ///   - text: the text's degree; −1 for none.
  ///   - stated: causes without what was only read out of the demand's words.
  ///   - extra: Σ w of the groups of alternatives.
  @inline(__always)
  func finish(
    _ cell: Cell, _ slot: UInt32, _ text: Int64, stated: UInt64, isProse: Bool, _ extra: Int64
  ) -> PairScore {
    let line = index.lineOf.base[Int(slot)]
    var causes = cell.causes
    var bits = cell.bits
    if !plan.excluded.isEmpty, plan.isExcluded(line) {
      causes |= Cell.final
      bits |= StagePlan.Bit.exclusion.mask
    }
    var sums = cell.sums
    var weight = plan.weight &+ extra
    if text >= 0, plan.textWeight > 0 {
      sums &+= SIMD4(repeating: plan.textWeight &* text)
      sums[3] = cell.sums[3] &+ plan.textWeight
      weight &+= plan.textWeight
    }
    var (rank, group) = judge(causes)
    if isProse, rank == 1 || rank == 2 {
      group = max(2, judge(causes & Cell.final | stated).group)
    }
    let pending = (causes & Cell.pendings).nonzeroBitCount
    let questions =
      rank == 0 ? 0 : min(setting.questionLimit, pending + Int(cell.bits >> 58))
    var holds = min(cell.least[3], plan.demandHolds)
    let verified = index.verified.base[Int(line)]
    if verified != Day.none {
      let stale = verified &+ setting.staleDays &+ 1
      if stale > setting.asOf { holds = min(holds, stale) }
    }
    return PairScore(
      low: min(sums[0], weight &* Int64(cell.least[0])),
      expected: min(sums[1], weight &* Int64(cell.least[1])),
      high: weight == 0 ? 0 : min(sums[2], weight &* Int64(cell.least[2])), known: sums[3],
      weight: weight, failing: bits & Cell.criteria, line: line, holds: holds,
      group: group, rank: rank, questions: UInt8(truncatingIfNeeded: questions),
      isOutside: index.outside.base[Int(line)] != 0)
  }

  /// Verdict (0 conflict … 3 full) and group of some causes. As `Judgment`.
  @inline(__always)
  private func judge(_ causes: UInt64) -> (rank: UInt8, group: UInt8) {
    let failures = (causes & Cell.failures).nonzeroBitCount
    if causes & Cell.final != 0 || failures > 2 { return (0, 6) }
    if failures > 0 {
      let beyond = failures == 1 ? Cell.beyondOne : Cell.beyondTwo
      return (1, causes & beyond == 0 ? 3 : 5)
    }
    let pending = (causes & Cell.pendings).nonzeroBitCount
    if pending > 0 { return (2, pending <= setting.fewPending ? 2 : 4) }
    return (3, 1)
  }
}
