import CMatcherKernels
import MatcherIndex

/// Memory that one worker uses again for every demand. Not for two threads at once.
///
/// One of the few places of unsafe memory: the cells that codes stand for, one run for each criterion
/// of a plan, and the sums of a block's texts.
final class Scratch {
  /// By criterion, then for the gates: cells by code.
  private(set) var cells: [UnsafeMutablePointer<Cell>] = []
  private var room: [Int] = []
  /// How many of them stand for the present plan.
  var cellCounts: [Int] = []
  /// By criterion: the grades of the present plan's.
  var grades: [Unmanaged<GradeTable>] = []
  private var sumsMemory: UnsafeMutablePointer<Double>
  private var sumRoom: Int
  /// The columns in which a block's rows differ.
  var active: [ck_column] = []
  /// How many of them, the first ones, are gates and hard criteria.
  var hardActive = 0
  /// Of rows that are read one by one.
  var rowGrades: [Grade] = []
  let texts = PostingSums()
  /// Criteria that were compared or added up, where they are to be counted; nil where not.
  var criteria: Int?
  /// The rows of a run that are wanted, and their sums.
  private(set) var rows: UnsafeMutablePointer<Int32>
  /// The first day of change of each row of a run.
  private(set) var days: UnsafeMutablePointer<Int32>
  private var cellMemory: UnsafeMutablePointer<Cell>
  private var cellRoom = 512
  private var placeMemory: UnsafeMutablePointer<UInt32>
  private var placeRoom = 4096
  /// Of the indices that were scanned last, the latest at the end.
  private var known: [GradeTables] = []

  /// Indices whose tables are kept: a base and what changed since.
  private static let most = 4

  init() {
    sumRoom = 1024
    sumsMemory = .allocate(capacity: sumRoom)
    rows = .allocate(capacity: cellRoom)
    days = .allocate(capacity: cellRoom)
    cellMemory = .allocate(capacity: cellRoom)
    placeMemory = .allocate(capacity: placeRoom)
  }

  deinit {
    placeMemory.deallocate()
    rows.deallocate()
    days.deallocate()
    cellMemory.deallocate()
    for cells in cells { cells.deallocate() }
    sumsMemory.deallocate()
  }

  /// Makes ready for a plan's criteria and two more runs of cells for gates.
  func begin(_ plan: StagePlan, _ matching: Matching) {
    let count = plan.criteria.count + 2
    while cells.count < count {
      cells.append(.allocate(capacity: 64))
      room.append(64)
    }
    cellCounts.removeAll(keepingCapacity: true)
    cellCounts.append(contentsOf: repeatElement(0, count: count))
    let tables = tables(matching)
    tables.begin()
    grades.removeAll(keepingCapacity: true)
    for criterion in plan.criteria {
      let facets = matching.index.table(criterion.family).count
      grades.append(tables.table(criterion.content, facets: facets))
    }
  }

  private func tables(_ matching: Matching) -> GradeTables {
    if let last = known.last, last.matching === matching { return last }
    if let place = known.firstIndex(where: { $0.matching === matching }) {
      let found = known.remove(at: place)
      known.append(found)
      return found
    }
    if known.count == Scratch.most { known.removeFirst() }
    let made = GradeTables(matching)
    known.append(made)
    return made
  }

  /// Room for cells by code; those made before stay.
  func cells(_ place: Int, count: Int) -> UnsafeMutablePointer<Cell> {
    if room[place] < count {
      let larger = UnsafeMutablePointer<Cell>.allocate(capacity: 2 * count)
      larger.update(from: cells[place], count: cellCounts[place])
      cells[place].deallocate()
      cells[place] = larger
      room[place] = 2 * count
    }
    return cells[place]
  }

  /// Room for `count` cells and as many rows; what they held is lost when they grow.
  func sums(ofRows count: Int) -> UnsafeMutablePointer<Cell> {
    if cellRoom < count {
      rows.deallocate()
      days.deallocate()
      cellMemory.deallocate()
      cellRoom = 2 * count
      rows = .allocate(capacity: cellRoom)
      days = .allocate(capacity: cellRoom)
      cellMemory = .allocate(capacity: cellRoom)
    }
    return cellMemory
  }

  /// Room for `count` places of cells, whatever they hold.
  func places(_ count: Int) -> UnsafeMutablePointer<UInt32> {
    if placeRoom < count {
      placeMemory.deallocate()
      placeRoom = 2 * count
      placeMemory = .allocate(capacity: placeRoom)
    }
    return placeMemory
  }

  /// Room for `count` sums of texts, whatever they hold.
  func texts(_ count: Int) -> UnsafeMutablePointer<Double> {
    if sumRoom < count {
      sumsMemory.deallocate()
      sumRoom = max(count, 2 * sumRoom)
      sumsMemory = .allocate(capacity: sumRoom)
    }
    return sumsMemory
  }
}
