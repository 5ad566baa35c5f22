/// A choice among so many changes, by their places.
struct ChangeSet: Hashable {
  let count: Int
  /// 64 changes each, the first in the lowest bit.
  private var words: [UInt64]

  private init(count: Int, words: [UInt64]) {
    self.count = count
    self.words = words
  }

  static func none(of count: Int) -> ChangeSet {
    ChangeSet(count: count, words: Array(repeating: 0, count: (count + 63) / 64))
  }

  static func all(of count: Int) -> ChangeSet {
    var set = none(of: count)
    for place in 0..<count { set.insert(place) }
    return set
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  var isWhole: Bool { words.reduce(0) { $0 + $1.nonzeroBitCount } == count }

  /// Ascending.
  var places: [Int] { (0..<count).filter(contains) }

  func contains(_ place: Int) -> Bool {
    words[place >> 6] & 1 << UInt64(place & 63) != 0
  }

  mutating func insert(_ place: Int) {
    words[place >> 6] |= 1 << UInt64(place & 63)
  }

  mutating func remove(_ place: Int) {
    words[place >> 6] &= ~(1 << UInt64(place & 63))
  }

  func without(_ place: Int) -> ChangeSet {
    var set = self
    set.remove(place)
    return set
  }

  func with(_ place: Int) -> ChangeSet {
    var set = self
    set.insert(place)
    return set
  }

  /// The choice among the changes at some places alone.
  func part(_ range: Range<Int>) -> ChangeSet {
    var part = ChangeSet.none(of: range.count)
    for place in range where contains(place) { part.insert(place - range.lowerBound) }
    return part
  }
}
