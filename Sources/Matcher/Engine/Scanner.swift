import Matcher
import MatcherIndex

/// Decides one stage against every line of an index.
///
/// Blocks first: a block whose service, or whose common value of any criterion, is a final failure
/// is a conflict as a whole. In the others each different value of a column is compared once, its
/// cell is kept in a table, and a row adds the cells of its values. Rows are left as soon as they
/// are a conflict, unless everything is asked for.
final class Scanner {
  let plan: StagePlan
  let matching: Matching
  let index: LineIndex
  let setting: Setting
  let context: GradeContext
  /// Conflicts too, with all that fails in them.
  let isComplete: Bool
  let scratch: Scratch
  let decider: Decider
  /// Which blocks the asked services do not rule out.
  let passage: Passage
  /// Whether the plan was made for this index: its words and exclusions are numbered as here.
  private let isHome: Bool
  /// Where the present block's codes go.
  private(set) var codes: UnsafeMutablePointer<UInt16>?

  /// Rows that are added up before they are finished.
  private static let tile = 256

  /// The places of the gates' tables after those of the criteria.
  private var gateTable: Int { plan.criteria.count }
  private var permittedTable: Int { plan.criteria.count + 1 }

  /// - Parameter gone: by slot, not 0 where a line is no longer there; nil when all are.
  init(
    plan: StagePlan, matching: Matching, isComplete: Bool, scratch: Scratch,
    gone: Column<UInt8>? = nil
  ) {
    self.plan = plan
    self.matching = matching
    index = matching.index
    setting = matching.setting
    context = matching.context
    self.isComplete = isComplete
    self.scratch = scratch
    isHome = plan.home === matching.index
    passage = matching.index.passage(plan.services)
    let excluded = isHome ? plan.excluded : StagePlan.excluded(plan.stage, matching.index)
    decider = Decider(plan, matching, excluded: excluded, gone: gone)
  }

  /// Decides every line.
  ///
  /// - Parameter codes: also gets the `PairCode` of each line of the blocks that the services do not
  ///   rule out, in the order of their slots; room for `passage.slots`.
  func scan(into collector: inout Collector, codes: UnsafeMutablePointer<UInt16>? = nil) {
    scratch.begin(criteria: plan.criteria.count + 2)
    let passing = isComplete ? index.rows : passage.rows
    if let query = textQuery { scratch.texts.begin(query, in: index.text) }
    self.codes = codes
    if isComplete {
      for number in 0..<index.blocks.count { scan(number, passing: passing, into: &collector) }
    } else {
      collector.skip(index.count - passage.slots)
      for number in passage.blocks { scan(Int(number), passing: passing, into: &collector) }
    }
  }

  private func scan(_ number: Int, passing: Int, into collector: inout Collector) {
    let block = index.blocks.base[number]
    var base = plan.base
    base.add(service(number))
    scan(block, base, passing: passing, into: &collector)
    if let place = codes { codes = place + Int(block.slots) }
  }

  /// The stage's words as the index numbers them.
  private(set) lazy var textQuery: PostingQuery? = plan.text.map { text in
    guard !isHome, let words = plan.stage.text else { return text.query }
    return StagePlan.query(words, index)
  }

  /// What a block's services give. As `ServiceCriterion`.
  func service(_ number: Int) -> Cell {
    var cell = Cell.nothing
    guard !plan.services.isEmpty else {
      cell.causes = plan.causes.service
      return cell
    }
    let standing = passage.standings[number]
    let relation = Int(standing.relation)
    let degree: Int64
    switch standing.kind {
    case .unstated: degree = setting.servicePriors[0]
    case .read: degree = setting.readServicePriors[relation]
    case .none:
      cell.causes = Cell.final
      cell.bits = StagePlan.Bit.service.mask
      cell.sums[3] = plan.serviceWeight
      return cell
    case .broad: degree = setting.servicePriors[relation == 2 ? 2 : 1]
    case .related: degree = setting.servicePriors[relation]
    case .met:
      cell.sums = SIMD4(repeating: plan.serviceWeight &* 1_000_000)
      cell.sums[3] = plan.serviceWeight
      return cell
    }
    cell.sums = SIMD4(0, plan.serviceWeight &* degree, plan.serviceWeight &* 1_000_000, 0)
    cell.causes = plan.causes.service
    return cell
  }

  // MARK: A block

  private func scan(
    _ block: LineIndex.Block, _ base: Cell, passing: Int, into collector: inout Collector
  ) {
    let isSlow = isSlow(block)
    var common = base
    scratch.active.removeAll(keepingCapacity: true)
    scratch.direct.removeAll(keepingCapacity: true)
    if !isSlow {
      addGates(block, &common)
      scratch.hardActive = scratch.active.count
      for place in plan.byHardness {
        let criterion = plan.criteria[place]
        add(criterion, place, block, passing, &common)
        if criterion.isHard { scratch.hardActive = scratch.active.count }
      }
    }
    guard isComplete || common.causes & Cell.final == 0 else {
      collector.conflicts(skipped: Int(block.slots), changes: common.least[3])
      codes?.update(
        repeating: PairCode.of(rank: 0, changes: common.least[3]), count: Int(block.slots))
      return
    }
    let texts = textSums(block)
    if isSlow {
      scanSlowly(block, common, texts, into: &collector)
    } else {
      scanRows(block, common, texts, into: &collector)
    }
  }

  /// Whether the block's rows are read one by one.
  func isSlow(_ block: LineIndex.Block) -> Bool {
    block.flags & UInt32(LineIndex.denies) != 0 || !plan.groups.isEmpty
      || (block.flags & UInt32(LineIndex.prose) != 0 && plan.hasRead)
  }

  /// Sums of the block's slots; nil when the stage has no words.
  private func textSums(_ block: LineIndex.Block) -> UnsafePointer<Double>? {
    guard plan.text != nil else { return nil }
    let sums = scratch.sums(Int(block.slots))
    let from = Int(block.firstSlot)
    scratch.texts.score(from..<from + Int(block.slots), in: index.text, into: sums)
    return UnsafePointer(sums)
  }

  /// Openness, status, border and permitted processes of a block.
  private func addGates(_ block: LineIndex.Block, _ common: inout Cell) {
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
    activate(place, segment)
  }

  private func activate(_ place: Int, _ segment: LineIndex.Segment) {
    scratch.active.append(
      Scratch.Active(
        facets: index.facetOf.base + Int(segment.offset),
        cells: UnsafePointer(scratch.tables[place])))
  }

  private func add(
    _ criterion: Criterion, _ place: Int, _ block: LineIndex.Block, _ passing: Int,
    _ common: inout Cell
  ) {
    let segment = index.segment(block, criterion.family)
    guard let segment, segment.uniform == LineIndex.Segment.differs else {
      let table = index.table(criterion.family)
      common.add(criterion.cell(criterion.grade(segment?.uniform ?? 0, table, nil, context)))
      return
    }
    let table = index.table(criterion.family)
    let facets = index.facetOf.base + Int(segment.offset)
    guard table.count <= max(64, passing) else {
      scratch.direct.append(Scratch.Direct(criterion: place, facets: facets))
      return
    }
    if !scratch.isReady[place] {
      scratch.clear(place, count: table.count)
      scratch.isReady[place] = true
    }
    criterion.fill(
      scratch.tables[place], facets, rows: Int(block.rows), table, context)
    activate(place, segment)
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
    cell.least[3] = min(cell.least[3], grade.changes)
  }

  // MARK: Rows

  /// The rows of a block whose columns are all tables or direct: tables first, row by row, then
  /// the columns without a table for the rows that are left.
  private func scanRows(
    _ block: LineIndex.Block, _ common: Cell, _ texts: UnsafePointer<Double>?,
    into collector: inout Collector
  ) {
    let rows = Int(block.rows)
    let slots = index.slotOf.base + Int(block.firstRow)
    var row = 0
    while row < rows {
      var end = min(rows, row + Scanner.tile)
      while end < rows, slots[end] == slots[end - 1] { end += 1 }
      var left = addTables(row..<end, rows, slots, block, common, into: &collector)
      let sums = scratch.cells(left)
      for place in 0..<scratch.direct.count {
        let direct = scratch.direct[place]
        let criterion = plan.criteria[direct.criterion]
        let places = UnsafeBufferPointer(start: UnsafePointer(scratch.rows), count: left)
        criterion.add(
          direct.facets, places, to: sums, index.table(criterion.family), context)
        if criterion.isHard, !isComplete {
          left = dropConflicts(left, sums, slots, block, into: &collector)
        }
      }
      let places = UnsafeBufferPointer(start: UnsafePointer(scratch.rows), count: left)
      finish(places, sums, slots, block, texts, into: &collector)
      row = end
    }
  }

  /// Adds the tables' cells of a run of rows.
  ///
  /// - Returns: how many rows are left in `scratch.rows` with their sums: all but those that are a
  ///   conflict already, unless they have company of their line.
  private func addTables(
    _ run: Range<Int>, _ rows: Int, _ slots: UnsafePointer<UInt32>, _ block: LineIndex.Block,
    _ common: Cell, into collector: inout Collector
  ) -> Int {
    let sums = scratch.cells(run.count)
    let places = scratch.rows
    let isComplete = isComplete
    var left = 0
    var (conflicts, changes) = (0, Day.never)
    let hard = scratch.hardActive
    let codes = codes
    scratch.active.withUnsafeBufferPointer { active in
      for row in run {
        var cell = common
        for place in 0..<hard { cell.add(active[place].cells[Int(active[place].facets[row])]) }
        if !isComplete, Scanner.isConflict(cell.causes),
          row == 0 || slots[row - 1] != slots[row], row + 1 == rows || slots[row + 1] != slots[row]
        {
          conflicts += 1
          changes = min(changes, cell.least[3])
          codes?[Int(slots[row] - block.firstSlot)] = PairCode.of(
            rank: 0, changes: cell.least[3])
          continue
        }
        for place in hard..<active.count {
          cell.add(active[place].cells[Int(active[place].facets[row])])
        }
        sums[left] = cell
        places[left] = Int32(truncatingIfNeeded: row)
        left += 1
      }
    }
    if conflicts > 0 { collector.conflicts(conflicts, changes: changes) }
    return left
  }

  /// Leaves rows that are a conflict by now, unless they have company of their line.
  ///
  /// - Returns: how many are left, with their sums, in order.
  private func dropConflicts(
    _ count: Int, _ sums: UnsafeMutablePointer<Cell>, _ slots: UnsafePointer<UInt32>,
    _ block: LineIndex.Block, into collector: inout Collector
  ) -> Int {
    let places = scratch.rows
    var (left, changes) = (0, Day.never)
    for place in 0..<count {
      let row = Int(places[place])
      if Scanner.isConflict(sums[place].causes), isAlone(row, slots, block) {
        changes = min(changes, sums[place].least[3])
        codes?[Int(slots[row] - block.firstSlot)] = PairCode.of(
          rank: 0, changes: sums[place].least[3])
        continue
      }
      if left < place {
        places[left] = places[place]
        sums[left] = sums[place]
      }
      left += 1
    }
    if left < count { collector.conflicts(count - left, changes: changes) }
    return left
  }

  /// Whether a row is its line's only one.
  @inline(__always)
  private func isAlone(
    _ row: Int, _ slots: UnsafePointer<UInt32>, _ block: LineIndex.Block
  ) -> Bool {
    (row == 0 || slots[row - 1] != slots[row])
      && (row + 1 == Int(block.rows) || slots[row + 1] != slots[row])
  }

  /// Decides rows that were added up; rows of one line stand together.
  private func finish(
    _ places: UnsafeBufferPointer<Int32>, _ sums: UnsafeMutablePointer<Cell>,
    _ slots: UnsafePointer<UInt32>, _ block: LineIndex.Block, _ texts: UnsafePointer<Double>?,
    into collector: inout Collector
  ) {
    let isProse = isProse(block)
    let decider = decider
    let curve = plan.text?.curve
    let asOf = setting.asOf
    var place = 0
    while place < places.count {
      let slot = slots[Int(places[place])]
      var text: Int64 = -1
      if let texts, let curve, decider.hasText[Int(slot)] != 0 {
        text = curve.degree(sum: texts[Int(slot - block.firstSlot)])
      }
      var line = Envelopes(
        decider.decide(
          sums[place], slot, text, stated: sums[place].causes, isProse: isProse, 0), asOf: asOf)
      place += 1
      while place < places.count, slots[Int(places[place])] == slot {
        line.add(
          decider.decide(
            sums[place], slot, text, stated: sums[place].causes, isProse: isProse, 0))
        place += 1
      }
      codes?[Int(slot - block.firstSlot)] = line.code
      collector.add(line.score)
    }
  }

  @inline(__always)
  static func isConflict(_ causes: UInt64) -> Bool {
    causes & Cell.final != 0 || (causes & Cell.failures).nonzeroBitCount > 2
  }

  func isProse(_ block: LineIndex.Block) -> Bool {
    block.flags & UInt32(LineIndex.prose) != 0
  }

  /// The text degree of a slot in millionths; −1 when one side has no words.
  func textDegree(
    _ slot: UInt32, _ block: LineIndex.Block, _ texts: UnsafePointer<Double>?
  ) -> Int64 {
    guard let texts else { return -1 }
    return textDegree(slot, sum: texts[Int(slot - block.firstSlot)])
  }

  func textDegree(_ slot: UInt32, sum: Double) -> Int64 {
    guard let text = plan.text, decider.hasText[Int(slot)] != 0 else { return -1 }
    return text.degree(sum: sum)
  }
}
