import Matcher
import MatcherIndex

/// The grades of one criterion for the facets of one index on one day, each made when a block that
/// has the facet is first scanned: a facet has a code, and a code stands for a grade.
///
/// Demands that ask the same share it. One of the few places of unsafe memory. Not for two threads
/// at once.
final class GradeTable {
  /// By facet: the number of its grade, or `unmade`.
  let codes: UnsafeMutablePointer<UInt16>
  /// By code.
  private(set) var grades: UnsafeMutablePointer<Grade>
  /// Different grades.
  private(set) var count = 0
  private let facets: Int
  private let limit: Int
  private var room = 8
  /// By hash: code + 1, 0 where free; a power of two and twice `room`.
  private var slots: UnsafeMutablePointer<UInt16>
  /// By block: whether all its facets have codes.
  private let made: UnsafeMutablePointer<UInt64>
  /// All of the above, in one piece, as many tables are made; grades and slots leave it when they
  /// grow.
  private let memory: UnsafeMutableRawPointer
  private let size: Int
  private var isGrown = false
  /// Whether a demand asked for it since it was last looked through.
  var isUsed = true

  static let unmade = UInt16.max
  /// More different grades than that have no codes.
  static let most = 65_535
  /// Codes of facets that are their own, and one more.
  static let identity = Column((0...UInt16.max).map { $0 })

  /// - Parameters:
  ///   - facets: how many the family has.
  ///   - limit: of different grades, at most `most`.
  init(facets: Int, blocks: Int, limit: Int) {
    self.facets = facets
    self.limit = min(limit, GradeTable.most)
    let words = (blocks + 63) / 64
    let madeBytes = words * 8
    let gradeBytes = room * MemoryLayout<Grade>.stride
    let slotBytes = 2 * room * 2
    // One more: codes are read by fours of bytes.
    size = madeBytes + gradeBytes + slotBytes + (facets + 1) * 2
    memory = .allocate(byteCount: size, alignment: 8)
    made = memory.bindMemory(to: UInt64.self, capacity: words)
    made.initialize(repeating: 0, count: words)
    grades = (memory + madeBytes).bindMemory(to: Grade.self, capacity: room)
    slots = (memory + madeBytes + gradeBytes).bindMemory(to: UInt16.self, capacity: 2 * room)
    slots.initialize(repeating: 0, count: 2 * room)
    codes = (memory + madeBytes + gradeBytes + slotBytes)
      .bindMemory(to: UInt16.self, capacity: facets + 1)
    codes.initialize(repeating: GradeTable.unmade, count: facets + 1)
  }

  deinit {
    if isGrown {
      grades.deallocate()
      slots.deallocate()
    }
    memory.deallocate()
  }

  /// What it takes in memory.
  var bytes: Int {
    size + (isGrown ? room * (MemoryLayout<Grade>.stride + 4) : 0) + 128
  }

  func isMade(_ block: Int) -> Bool {
    made[block >> 6] >> UInt64(block & 63) & 1 == 1
  }

  func markMade(_ block: Int) {
    made[block >> 6] |= 1 << UInt64(block & 63)
  }

  /// Gives a facet its code.
  ///
  /// - Returns: false when there are more different grades than codes; the facet has none then.
  func set(_ facet: Int, _ grade: Grade) -> Bool {
    precondition(facet < facets, "a facet of the family")
    var slot = GradeTable.hash(grade) & (2 * room - 1)
    while slots[slot] != 0 {
      let code = slots[slot] - 1
      if grades[Int(code)] == grade {
        codes[facet] = code
        return true
      }
      slot = (slot + 1) & (2 * room - 1)
    }
    guard count < limit else { return false }
    if count == room {
      grow()
      return set(facet, grade)
    }
    grades[count] = grade
    count += 1
    slots[slot] = UInt16(truncatingIfNeeded: count)
    codes[facet] = UInt16(truncatingIfNeeded: count - 1)
    return true
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Grade>.allocate(capacity: 2 * room)
    larger.update(from: grades, count: count)
    if isGrown {
      grades.deallocate()
      slots.deallocate()
    }
    grades = larger
    room *= 2
    isGrown = true
    slots = .allocate(capacity: 2 * room)
    slots.initialize(repeating: 0, count: 2 * room)
    for code in 0..<count {
      var slot = GradeTable.hash(grades[code]) & (2 * room - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (2 * room - 1) }
      slots[slot] = UInt16(truncatingIfNeeded: code + 1)
    }
  }

  private static func hash(_ grade: Grade) -> Int {
    let low = UInt64(UInt32(bitPattern: grade.low)) | UInt64(grade.marks.rawValue) << 32
    let high =
      UInt64(UInt32(bitPattern: grade.expected)) | UInt64(UInt32(bitPattern: grade.changes)) << 32
    var mixed = (low &* 0x9E37_79B9_7F4A_7C15) ^ high
    mixed = (mixed ^ mixed >> 32) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 40)
  }
}
