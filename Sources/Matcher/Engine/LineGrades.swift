import Matcher
import MatcherIndex

/// What the rows of a few lines are to criteria that many plans share, each worked out when it is
/// first asked for, and the words of those lines. One thread's.
///
/// One of the few places of unsafe memory: 25 bytes for each row and criterion, touched where they are
/// made.
final class LineGrades {
  private let shared: SharedCriteria
  private let matching: Matching
  private let context: GradeContext
  private let count: Int
  /// The block and the place in it of each row.
  private let rows: [(block: Int, row: Int)]
  /// By row, then criterion: 0 before it is made, then 1 with the marks below.
  private let marks: UnsafeMutablePointer<UInt8>
  /// In the same order; of those that are made.
  private let grades: UnsafeMutablePointer<Grade>
  /// By slot, then word of the lines; empty until it is needed.
  private var impacts: [Double] = []
  private static let final: UInt8 = 2
  private static let finite: UInt8 = 4

  /// - Parameter matching: a few lines, numbered as the plans' home has their words.
  init(_ shared: SharedCriteria, _ matching: Matching) {
    self.shared = shared
    self.matching = matching
    context = matching.context
    count = shared.distinct.count
    var rows: [(Int, Int)] = []
    for (number, block) in matching.index.blocks.buffer.enumerated() {
      for row in 0..<Int(block.rows) { rows.append((number, row)) }
    }
    self.rows = rows
    marks = .allocate(capacity: max(1, count * rows.count))
    marks.initialize(repeating: 0, count: count * rows.count)
    grades = .allocate(capacity: max(1, count * rows.count))
  }

  deinit {
    marks.deallocate()
    grades.deallocate()
  }

  /// Adds what a row is to all criteria of a plan, hard ones first.
  ///
  /// - Parameters:
  ///   - row: by its place among all rows of the index.
  ///   - leaves: stops where the row is a conflict.
  /// - Returns: false for a plan whose criteria are to be asked themselves.
  @inline(__always)
  func add(_ plan: Int, row: Int, leaves: Bool, to cell: inout Cell) -> Bool {
    let isDone = shared.withParts(plan) { parts in
      for part in parts.indices {
        if leaves, Scanner.isConflict(cell.causes) { break }
        let number = Int(parts[part].number)
        let place = row * count + number
        if marks[place] == 0 { make(number, row, place) }
        cell.add(shared.cell(part, grades[place]))
      }
      return true
    }
    return isDone ?? false
  }

  /// The sum of a plan's words in the line at a slot, as `PostingIndex.accumulate` gives it.
  func textSum(_ plan: Int, slot: UInt32) -> Double {
    let text = matching.index.text
    if impacts.isEmpty { impacts = LineGrades.impacts(text) }
    let words = text.dictionary.count
    return shared.words.sum(
      plan, text.dictionary, impacts[Int(slot) * words..<Int(slot + 1) * words])
  }

  /// By slot, then word.
  private static func impacts(_ text: PostingIndex) -> [Double] {
    let (lines, words) = (text.documentCount, text.dictionary.count)
    var impacts = [Double](repeating: 0, count: max(1, lines * words))
    var column = [Double](repeating: 0, count: lines)
    for word in 0..<words {
      column.withUnsafeMutableBufferPointer { column in
        guard let base = column.baseAddress else { return }
        text.accumulate(
          PostingQuery([(UInt32(truncatingIfNeeded: word), 1)]), over: 0..<lines, into: base)
      }
      for line in 0..<lines { impacts[line * words + word] = column[line] }
    }
    return impacts
  }

  /// Whether some row of a line may be more than a conflict, by a plan's criteria alone.
  ///
  /// Alternatives, denials, gates and services are left to the scanner: they can only rule out more.
  ///
  /// - Parameters:
  ///   - rows: of the line, by their places among all rows of the index.
  func mayFit(_ plan: Int, rows: Range<Int>) -> Bool {
    shared.withParts(plan) { parts in rows.contains { mayFit(parts, row: $0) } } ?? true
  }

  private func mayFit(_ parts: Slice<UnsafeBufferPointer<SharedCriteria.Part>>, row: Int) -> Bool {
    var failures: UInt32 = 0
    for part in parts where part.failure != 0 {
      let place = row * count + Int(part.number)
      if marks[place] == 0 { make(Int(part.number), row, place) }
      let marks = marks[place]
      if marks & LineGrades.final != 0 { return false }
      if marks & LineGrades.finite != 0 { failures |= part.failure }
      let others = failures & (failures &- 1)
      if others & (others &- 1) != 0 { return false }
    }
    return true
  }

  private func make(_ number: Int, _ row: Int, _ place: Int) {
    let (block, inside) = rows[row]
    let index = matching.index
    let grade = shared.distinct[number]._withUnsafeGuaranteedRef { criterion in
      criterion.grade(
        index.facet(inside, ofBlock: block, criterion.family), index.table(criterion.family), nil,
        context)
    }
    var made: UInt8 = 1
    if grade.marks.contains(.final) { made |= LineGrades.final }
    if grade.marks.contains(.finite) { made |= LineGrades.finite }
    marks[place] = made
    grades[place] = grade
  }
}
