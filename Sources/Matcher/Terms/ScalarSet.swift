/// A set of characters as bits, 8 KiB for the basic plane: one look tells that most characters of a
/// text begin nothing that is looked for.
struct ScalarSet: Sendable {
  private(set) var bits = [UInt64](repeating: 0, count: 0x400)
  /// Characters outside the basic plane are not told apart.
  private(set) var hasOthers = false

  init() {}

  mutating func insert(_ value: UInt32) {
    guard value < 0x10000 else {
      hasOthers = true
      return
    }
    bits[Int(value >> 6)] |= 1 << UInt64(value & 63)
  }

  /// Inserts all of another set.
  mutating func formUnion(_ other: ScalarSet) {
    for (place, word) in other.bits.enumerated() { bits[place] |= word }
    hasOthers = hasOthers || other.hasOthers
  }

  /// Its characters of the basic plane, ascending.
  var members: [UInt32] {
    var members: [UInt32] = []
    for (place, word) in bits.enumerated() {
      var rest = word
      while rest != 0 {
        members.append(UInt32(place * 64 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return members
  }

  /// False for a character that was not inserted; true for one that was, and for all outside the
  /// basic plane once one of them was.
  @inline(__always)
  func mayContain(_ value: UInt32) -> Bool {
    value < 0x10000 ? bits[Int(value >> 6)] >> UInt64(value & 63) & 1 != 0 : hasOthers
  }
}
