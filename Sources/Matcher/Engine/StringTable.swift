import Glibc
import MatcherIndex

/// Strings by number, found by binary search over their bytes.
struct StringTable: Sendable {
  private let starts: Column<UInt32>
  private let bytes: Column<UInt8>
  /// The numbers in the order of the strings' bytes.
  private let order: Column<UInt32>

  static let absent = UInt32.max

  var count: Int { order.count }

  init(opening sections: Sections, _ prefix: String) throws(SectionError) {
    starts = try sections.column("\(prefix).starts")
    bytes = try sections.column("\(prefix).bytes")
    order = try sections.column("\(prefix).order")
  }

  subscript(_ number: UInt32) -> String {
    String(decoding: slice(number), as: UTF8.self)
  }

  private func slice(_ number: UInt32) -> UnsafeBufferPointer<UInt8> {
    let (from, to) = (Int(starts[Int(number)]), Int(starts[Int(number) + 1]))
    return UnsafeBufferPointer(start: bytes.base + from, count: to - from)
  }

  /// The number of a string; `absent` when it is not here. O(log *n*).
  func find(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { wanted in
      var (low, high) = (0, order.count)
      while low < high {
        let middle = (low + high) / 2
        let order = compare(order.base[middle], wanted)
        if order == 0 { return self.order.base[middle] }
        if order < 0 { low = middle + 1 } else { high = middle }
      }
      return StringTable.absent
    }
  }

  /// Negative, 0 or positive as a string stands before, at or after some bytes.
  private func compare(_ number: UInt32, _ wanted: UnsafeBufferPointer<UInt8>) -> Int {
    let own = slice(number)
    let shared = min(own.count, wanted.count)
    if shared > 0, let left = own.baseAddress, let right = wanted.baseAddress {
      let order = memcmp(left, right, shared)
      if order != 0 { return Int(order) }
    }
    return own.count - wanted.count
  }
}

/// Numbers strings in the order of their first appearance.
struct StringInterner {
  private var numbers: [String: UInt32] = [:]
  /// Those that are not in `base`.
  private(set) var strings: [String] = []
  /// Strings that have their numbers already.
  private let base: StringTable?

  init(base: StringTable? = nil) {
    self.base = base
  }

  mutating func number(_ text: String) -> UInt32 {
    if let known = numbers[text] { return known }
    if let base {
      let known = base.find(text)
      if known != StringTable.absent { return known }
    }
    let number = UInt32((base?.count ?? 0) + strings.count)
    numbers[text] = number
    strings.append(text)
    return number
  }

  func store(into sections: inout Sections, _ prefix: String) {
    var starts: [UInt32] = [0]
    var bytes: [UInt8] = []
    for text in strings {
      bytes += Array(text.utf8)
      starts.append(UInt32(bytes.count))
    }
    let order = strings.indices.sorted {
      strings[$0].utf8.lexicographicallyPrecedes(strings[$1].utf8)
    }
    sections.add("\(prefix).starts", starts)
    sections.add("\(prefix).bytes", bytes)
    sections.add("\(prefix).order", order.map { UInt32($0) })
  }
}
