import Matcher
import MatcherIndex

/// Which lines' texts hold which terms, by slot.
struct TextPostings: Sendable {
  let terms: Column<UInt64>
  let starts: Column<UInt32>
  let slots: Column<UInt32>
  let impacts: Column<Float>
  /// 1 where the line has any text.
  let has: Column<UInt8>

  init(opening sections: Sections) throws(SectionError) {
    terms = try sections.column("text.terms")
    starts = try sections.column("text.starts")
    slots = try sections.column("text.slots")
    impacts = try sections.column("text.impacts")
    has = try sections.column("text.has")
  }

  static func store(_ texts: [LineText], into sections: inout Sections) {
    var found: [(term: UInt64, slot: UInt32, impact: Float)] = []
    for (slot, text) in texts.enumerated() {
      for (term, impact) in zip(text.terms, text.impacts) {
        found.append((term, UInt32(slot), impact))
      }
    }
    found.sort { $0.term == $1.term ? $0.slot < $1.slot : $0.term < $1.term }
    var terms: [UInt64] = []
    var starts: [UInt32] = []
    for (place, entry) in found.enumerated() where terms.last != entry.term {
      terms.append(entry.term)
      starts.append(UInt32(place))
    }
    starts.append(UInt32(found.count))
    sections.add("text.terms", terms)
    sections.add("text.starts", starts)
    sections.add("text.slots", found.map(\.slot))
    sections.add("text.impacts", found.map(\.impact))
    sections.add("text.has", texts.map { UInt8($0.isEmpty ? 0 : 1) })
  }

  /// The place of a term; nil when no line has it. O(log *n*).
  func find(_ term: UInt64) -> Int? {
    var (low, high) = (0, terms.count)
    while low < high {
      let middle = (low + high) / 2
      if terms.base[middle] < term { low = middle + 1 } else { high = middle }
    }
    return low < terms.count && terms.base[low] == term ? low : nil
  }

  /// Adds weight × impact of the terms, in their order, to the sums of the slots from `from` up to
  /// `to`; `sums` begins at slot `from`.
  func accumulate(
    _ query: [(term: Int, weight: Double)], from: Int, to: Int,
    into sums: UnsafeMutablePointer<Double>
  ) {
    let (slots, impacts) = (slots.base, impacts.base)
    for (term, weight) in query {
      var place = lowerBound(from, Int(starts.base[term]), Int(starts.base[term + 1]))
      let end = Int(starts.base[term + 1])
      while place < end, slots[place] < to {
        sums[Int(slots[place]) - from] += weight * Double(impacts[place])
        place += 1
      }
    }
  }

  private func lowerBound(_ slot: Int, _ from: Int, _ to: Int) -> Int {
    var (low, high) = (from, to)
    while low < high {
      let middle = (low + high) / 2
      if slots.base[middle] < slot { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
