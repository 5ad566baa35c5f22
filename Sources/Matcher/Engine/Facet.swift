import MatcherIndex

/// The part of a line that one criterion looks at. Lines that are alike in it share its number, so
/// that a demand is compared with each different value once.
enum Family: UInt32, CaseIterable {
  case gate
  case permitted
  case certificate
  case window
  case price
  case lot
  case place
  case denial
  /// Every spec key is a family of its own from here on.
  case spec

  static func spec(_ key: Int32) -> UInt32 {
    Family.spec.rawValue + UInt32(key)
  }
}

/// The facets of one family as runs of 64-bit words; facet 0 is always "nothing stated".
///
/// Words are read by `FacetReader` in the order in which `FacetWriter` wrote them. Doubles stand as
/// their bits, days and small numbers as halves.
struct FacetTable {
  let offsets: UnsafePointer<UInt32>
  let words: UnsafePointer<UInt64>
  let count: Int

  @inline(__always)
  func reader(_ facet: UInt32) -> FacetReader {
    FacetReader(next: words + Int(offsets[Int(facet)]))
  }
}

/// Takes the words of one facet in order.
struct FacetReader {
  private(set) var next: UnsafePointer<UInt64>

  init(next: UnsafePointer<UInt64>) {
    self.next = next
  }

  @inline(__always)
  mutating func word() -> UInt64 {
    defer { next += 1 }
    return next.pointee
  }

  @inline(__always)
  mutating func number() -> Double {
    Double(bitPattern: word())
  }

  /// Two halves: the low one first.
  @inline(__always)
  mutating func halves() -> (Int32, Int32) {
    let word = word()
    return (Int32(truncatingIfNeeded: word), Int32(truncatingIfNeeded: word >> 32))
  }

  @inline(__always)
  mutating func skip(_ count: Int) {
    next += count
  }
}

/// Writes the words of one facet.
struct FacetWriter {
  private(set) var words: [UInt64] = []

  mutating func word(_ value: UInt64) {
    words.append(value)
  }

  mutating func number(_ value: Double) {
    words.append(value.bitPattern)
  }

  mutating func halves(_ low: Int32, _ high: Int32) {
    words.append(UInt64(UInt32(bitPattern: low)) | UInt64(UInt32(bitPattern: high)) << 32)
  }
}

/// Numbers different facets of one family in the order of their first appearance.
struct FacetInterner {
  private var numbers: [[UInt64]: UInt32] = [[]: 0]
  private(set) var offsets: [UInt32] = [0]
  private(set) var words: [UInt64] = []

  var count: Int { offsets.count }

  /// Nothing stated is 0, which has no words; other facets have at least one.
  mutating func number(_ facet: FacetWriter) -> UInt32 {
    if let known = numbers[facet.words] { return known }
    let number = UInt32(offsets.count)
    numbers[facet.words] = number
    offsets.append(UInt32(words.count))
    words += facet.words
    return number
  }
}
