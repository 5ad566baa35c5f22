import MatcherIndex

/// Memory that one worker uses again for every demand. Not for two threads at once.
///
/// One of the few places of unsafe memory: tables of cells, one for each criterion of a plan, and
/// the sums of a block's texts.
final class Scratch {
  private(set) var tables: [UnsafeMutablePointer<Cell>] = []
  private var room: [Int] = []
  private var sumsMemory: UnsafeMutablePointer<Double>
  private var sumRoom: Int
  /// By criterion: whether its table stands for the present plan.
  var isReady: [Bool] = []
  var active: [Active] = []
  /// How many of them, the first ones, are gates and hard criteria.
  var hardActive = 0
  var direct: [Direct] = []
  var grades: [Grade] = []
  let texts = PostingSums()
  /// The rows of a run that are not decided yet, and their sums.
  private(set) var rows: UnsafeMutablePointer<Int32>
  private var cellMemory: UnsafeMutablePointer<Cell>
  private var cellRoom = 512

  /// A column of facets with the cells they stand for.
  struct Active {
    let facets: UnsafePointer<UInt32>
    let cells: UnsafePointer<Cell>
  }

  /// A column that is compared row by row.
  struct Direct {
    let criterion: Int
    let facets: UnsafePointer<UInt32>
  }

  init() {
    sumRoom = 1024
    sumsMemory = .allocate(capacity: sumRoom)
    rows = .allocate(capacity: cellRoom)
    cellMemory = .allocate(capacity: cellRoom)
  }

  deinit {
    rows.deallocate()
    cellMemory.deallocate()
    for table in tables { table.deallocate() }
    sumsMemory.deallocate()
  }

  func begin(criteria: Int) {
    while tables.count < criteria {
      tables.append(.allocate(capacity: 256))
      room.append(256)
    }
    isReady.removeAll(keepingCapacity: true)
    isReady.append(contentsOf: repeatElement(false, count: criteria))
  }

  /// A table of at least `count` cells, whatever they hold.
  func table(_ criterion: Int, count: Int) -> UnsafeMutablePointer<Cell> {
    if room[criterion] < count {
      tables[criterion].deallocate()
      room[criterion] = max(count, 2 * room[criterion])
      tables[criterion] = .allocate(capacity: room[criterion])
    }
    return tables[criterion]
  }

  /// Marks the first cells of a table as not made.
  func clear(_ criterion: Int, count: Int) {
    let cells = table(criterion, count: count)
    for place in 0..<count { cells[place].bits = Cell.empty }
  }

  /// Room for `count` cells and as many rows; what they held is lost when they grow.
  func cells(_ count: Int) -> UnsafeMutablePointer<Cell> {
    if cellRoom < count {
      rows.deallocate()
      cellMemory.deallocate()
      cellRoom = 2 * count
      rows = .allocate(capacity: cellRoom)
      cellMemory = .allocate(capacity: cellRoom)
    }
    return cellMemory
  }

  /// Room for `count` sums, whatever they hold.
  func sums(_ count: Int) -> UnsafeMutablePointer<Double> {
    if sumRoom < count {
      sumsMemory.deallocate()
      sumRoom = max(count, 2 * sumRoom)
      sumsMemory = .allocate(capacity: sumRoom)
    }
    return sumsMemory
  }
}
