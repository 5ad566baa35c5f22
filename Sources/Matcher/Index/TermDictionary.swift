/// Terms of 64 bits ↔ dense numbers from 0, in the order of the terms.
///
/// Because numbers ascend as the terms do, whatever is sorted by number is sorted by term. Finding
/// is by open addressing over a table that is stored with the terms, so that opening parses nothing.
public struct TermDictionary: Sendable {
  /// Ascending, each once; a term's place is its number.
  public let terms: Column<UInt64>
  /// Number + 1 at the term's hash or behind it, 0 where free; a power of two, at most half full.
  private let slots: Column<UInt32>

  /// O(*n*).
  ///
  /// - Precondition: Ascending, each once, fewer than 2³¹.
  public init(sorted terms: Column<UInt64>) {
    var size = 2
    while size < terms.count * 2 { size *= 2 }
    let memory = Memory(bytes: size * 4)
    let slots = memory.bound(to: UInt32.self)
    for number in 0..<terms.count {
      var place = Self.place(of: terms.base[number], among: size)
      while slots[place] != 0 { place = (place + 1) & (size - 1) }
      slots[place] = UInt32(number + 1)
    }
    self.terms = terms
    self.slots = Column(memory, count: size)
  }

  public var count: Int {
    terms.count
  }

  /// The number of a term; nil when no document has it. O(1).
  public subscript(_ term: UInt64) -> UInt32? {
    let (terms, slots, size) = (terms.base, slots.base, slots.count)
    var place = Self.place(of: term, among: size)
    while slots[place] != 0 {
      let number = slots[place] - 1
      if terms[Int(number)] == term { return number }
      place = (place + 1) & (size - 1)
    }
    return nil
  }

  @inline(__always)
  static func place(of term: UInt64, among size: Int) -> Int {
    let mixed = (term ^ term >> 32) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 24) & (size - 1)
  }

  /// Adds the columns `PREFIX.terms` and `PREFIX.slots`.
  public func store(into sections: inout Sections, prefix: String) {
    sections.add("\(prefix).terms", terms)
    sections.add("\(prefix).slots", slots)
  }

  /// Takes back what `store` added. O(1): the contents are trusted, as a file's checksum secures
  /// them.
  public init(opening sections: Sections, prefix: String) throws(SectionError) {
    terms = try sections.column("\(prefix).terms")
    slots = try sections.column("\(prefix).slots")
    let size = slots.count
    guard size >= 2, size & (size - 1) == 0, size >= terms.count * 2 else {
      throw .width("\(prefix).slots", expected: terms.count * 2, found: size)
    }
  }
}
