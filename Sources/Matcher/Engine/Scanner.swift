import CMatcherKernels
import Matcher
import MatcherIndex

/// Decides one stage against every line of an index.
///
/// Blocks first: a block whose service, or whose common value of any criterion, is a final failure
/// is a conflict as a whole. In the others each different value of a column is compared once, its
/// cell is kept in a table, and a row adds the cells of its values. Rows are left as soon as they
/// are a conflict, unless everything is asked for, and their words are read only where the best words
/// could bring them among the best.
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
  /// Grades that many plans share, and this plan's place among them; nil where none are kept.
  let known: (grades: LineGrades, plan: Int)?
  /// Where the present block's codes go.
  private(set) var codes: UnsafeMutablePointer<UInt16>?

  /// The places of the gates' cells after those of the criteria.
  private var gateTable: Int { plan.criteria.count }
  private var permittedTable: Int { plan.criteria.count + 1 }

  /// - Parameters:
  ///   - gone: by slot, not 0 where a line is no longer there; nil when all are.
  ///   - known: grades of single lines that were made for other plans.
  init(
    plan: StagePlan, matching: Matching, isComplete: Bool, scratch: Scratch,
    gone: Column<UInt8>? = nil, known: (grades: LineGrades, plan: Int)? = nil
  ) {
    self.known = known
    self.plan = plan
    self.matching = matching
    index = matching.index
    setting = matching.setting
    context = matching.context
    self.isComplete = isComplete
    self.scratch = scratch
    isHome = plan.home === matching.index
    passage = matching.index.passage(plan.services)
    let excluded = isHome ? plan.excluded : StagePlan.excluded(plan.excludedNames, matching.index)
    decider = Decider(plan, matching, excluded: excluded, gone: gone)
  }

  /// Decides every line.
  ///
  /// - Parameter codes: also gets the `PairCode` of each line of the blocks that the services do not
  ///   rule out, in the order of their slots; room for `passage.slots`.
  func scan(into collector: inout Collector, codes: UnsafeMutablePointer<UInt16>? = nil) {
    scratch.begin(plan, matching)
    guard !isComplete else {
      beginTexts()
      for number in 0..<index.blocks.count { scan(number, into: &collector) }
      return
    }
    collector.skip(index.count - passage.slots)
    // Blocks that offer what is asked come first: they raise the bar for the others.
    passage.order.withUnsafeBufferPointer { scan($0, into: &collector, codes: codes) }
  }

  /// Decides the lines of some blocks.
  ///
  /// - Parameter isFirst: also counts what the services rule out.
  func scan(_ blocks: ArraySlice<Int32>, isFirst: Bool, into collector: inout Collector) {
    scratch.begin(plan, matching)
    if isFirst, !isComplete { collector.skip(index.count - passage.slots) }
    blocks.withUnsafeBufferPointer { scan($0, into: &collector, codes: nil) }
  }

  private func scan(
    _ blocks: UnsafeBufferPointer<Int32>, into collector: inout Collector,
    codes: UnsafeMutablePointer<UInt16>?
  ) {
    // Texts are read forward only.
    var last = Int32.max
    for number in blocks {
      if number < last { beginTexts() }
      last = number
      self.codes = codes.map { $0 + Int(passage.offsets[Int(number)]) }
      scan(Int(number), into: &collector)
    }
  }

  private func beginTexts() {
    if let query = textQuery { scratch.texts.begin(query, in: index.text) }
  }

  private func scan(_ number: Int, into collector: inout Collector) {
    var base = plan.base
    base.add(service(number))
    scan(number, index.blocks.base[number], base, into: &collector)
  }

  /// The stage's words as the index numbers them.
  private(set) lazy var textQuery: PostingQuery? = plan.text.map { text in
    isHome ? text.query : StagePlan.query(text.words, index)
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
    _ number: Int, _ block: LineIndex.Block, _ base: Cell, into collector: inout Collector
  ) {
    var common = base
    let isSlow = isSlow(block) || !addColumns(number, block, &common)
    if isSlow { common = base }
    if let criteria = scratch.criteria {
      let each = isSlow ? Int(block.rows) * plan.criteria.count : plan.criteria.count
      scratch.criteria = criteria + each - (isSlow ? 0 : scratch.active.count)
    }
    guard isComplete || common.causes & Cell.final == 0 else {
      collector.skip(Int(block.slots))
      codes?.update(
        repeating: PairCode.of(rank: 0, changes: common.least[3]), count: Int(block.slots))
      return
    }
    if isSlow {
      scanSlowly(block, common, textSums(block), into: &collector)
    } else {
      scanRows(block, common, into: &collector)
    }
  }

  /// Whether the block's rows are read one by one.
  func isSlow(_ block: LineIndex.Block) -> Bool {
    block.flags & UInt32(LineIndex.denies) != 0 || !plan.groups.isEmpty
      || (block.flags & UInt32(LineIndex.prose) != 0 && plan.hasRead)
  }

  /// Sums of the block's slots; nil when the stage has no words.
  func textSums(_ block: LineIndex.Block) -> UnsafePointer<Double>? {
    guard plan.text != nil else { return nil }
    let sums = scratch.texts(Int(block.slots))
    let from = Int(block.firstSlot)
    scratch.texts.score(from..<from + Int(block.slots), in: index.text, into: sums)
    return UnsafePointer(sums)
  }

  // MARK: Columns

  /// Adds what all rows of a block share, and notes the columns in which they differ: gates and hard
  /// criteria first.
  ///
  /// - Returns: false when a column has more different grades than there are codes.
  private func addColumns(
    _ number: Int, _ block: LineIndex.Block, _ common: inout Cell
  ) -> Bool {
    scratch.active.removeAll(keepingCapacity: true)
    guard addGates(number, &common) else { return false }
    scratch.hardActive = scratch.active.count
    for (order, reference) in plan.hardFirst.enumerated() {
      let place = plan.byHardness[order]
      let isWhole = reference._withUnsafeGuaranteedRef { criterion in
        let isWhole = scratch.grades[place]._withUnsafeGuaranteedRef { grades in
          add(criterion, place, grades, number, block, &common)
        }
        if criterion.isHard { scratch.hardActive = scratch.active.count }
        return isWhole
      }
      guard isWhole else { return false }
    }
    return true
  }

  /// Openness, status, border and permitted processes of a block.
  private func addGates(_ number: Int, _ common: inout Cell) -> Bool {
    if let segment = index.segment(ofBlock: number, Family.gate.rawValue) {
      let table = index.table(Family.gate.rawValue)
      if segment.uniform != LineIndex.Segment.differs {
        common.add(gateCell(segment.uniform, table, withRead: true))
      } else {
        guard table.count <= GradeTable.most else { return false }
        activate(gateTable, segment, table) { gateCell($0, table, withRead: true) }
      }
    }
    guard !plan.gates.processes.isEmpty,
      let segment = index.segment(ofBlock: number, Family.permitted.rawValue)
    else { return true }
    let table = index.table(Family.permitted.rawValue)
    if segment.uniform != LineIndex.Segment.differs {
      common.add(permittedCell(segment.uniform, table))
    } else {
      guard table.count <= GradeTable.most else { return false }
      activate(permittedTable, segment, table) { permittedCell($0, table) }
    }
    return true
  }

  /// A column whose facets are codes themselves.
  private func activate(
    _ place: Int, _ segment: LineIndex.Segment, _ table: FacetTable, _ cell: (UInt32) -> Cell
  ) {
    if scratch.cellCounts[place] == 0 {
      let cells = scratch.cells(place, count: table.count)
      for facet in 0..<table.count { cells[facet] = cell(UInt32(facet)) }
      scratch.cellCounts[place] = table.count
    }
    activate(place, segment, GradeTable.identity.base)
  }

  private func activate(
    _ place: Int, _ segment: LineIndex.Segment, _ codes: UnsafePointer<UInt16>
  ) {
    scratch.active.append(
      ck_column(
        facets: index.facetOf.base + Int(segment.offset), codes: codes,
        cells: UnsafeRawPointer(scratch.cells[place]).assumingMemoryBound(to: ck_cell.self)))
  }

  private func add(
    _ criterion: Criterion, _ place: Int, _ grades: GradeTable, _ number: Int,
    _ block: LineIndex.Block, _ common: inout Cell
  ) -> Bool {
    let segment = index.segment(ofBlock: number, criterion.family)
    let table = index.table(criterion.family)
    guard let segment, segment.uniform == LineIndex.Segment.differs else {
      let facet = segment?.uniform ?? 0
      if grades.codes[Int(facet)] == GradeTable.unmade {
        guard grades.set(Int(facet), criterion.grade(facet, table, nil, context)) else {
          return false
        }
      }
      makeCells(criterion, place, grades)
      common.add(scratch.cells[place][Int(grades.codes[Int(facet)])])
      return true
    }
    if !grades.isMade(number) {
      let facets = index.facetOf.base + Int(segment.offset)
      guard criterion.fill(grades, facets, rows: Int(block.rows), table, context) else {
        return false
      }
      grades.markMade(number)
    }
    makeCells(criterion, place, grades)
    activate(place, segment, grades.codes)
    return true
  }

  /// The cells of grades that came since the last ones were made.
  @inline(__always)
  private func makeCells(_ criterion: Criterion, _ place: Int, _ grades: GradeTable) {
    let known = scratch.cellCounts[place]
    guard known < grades.count else { return }
    let cells = scratch.cells(place, count: grades.count)
    for code in known..<grades.count { cells[code] = criterion.cell(grades.grades[code]) }
    scratch.cellCounts[place] = grades.count
  }

  // MARK: Gates

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

  @inline(__always)
  static func isConflict(_ causes: UInt64) -> Bool {
    let failures = causes & Cell.failures
    let others = failures & (failures &- 1)
    return causes & Cell.final != 0 || others & (others &- 1) != 0
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
