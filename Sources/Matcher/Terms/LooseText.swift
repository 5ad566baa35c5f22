/// A running text folded for finding names in it, with the way back to the original.
///
/// Blanks and the marks that writers set freely (`- _ / ·`) are left out, as in folded names; marks
/// that divide (`、 ， 。 ； （`) stay.
struct LooseText: Sendable {
  private(set) var scalars: [UInt32] = []
  /// For each scalar: where it begins in the original, as a UTF-8 offset; one more for the end.
  private(set) var offsets: [Int] = []
  /// For each scalar: whether something was left out before it.
  private(set) var follows: [Bool] = []

  init(_ text: String, folding: Folding) {
    var narrow: [UInt32] = []
    var starts: [Int] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      let before = narrow.count
      Folding.appendNarrow(scalar.value, to: &narrow)
      for _ in before..<narrow.count { starts.append(offset) }
      offset += UTF8.width(scalar)
    }
    var left = true
    folding.scripts.simplify(narrow) { scalar, place in
      if LooseText.isLoose(scalar) {
        left = true
        return
      }
      scalars.append(scalar)
      offsets.append(starts[place])
      follows.append(left)
      left = false
    }
    offsets.append(offset)
  }

  /// The range in the original of a range of scalars.
  func range(_ part: Range<Int>) -> Range<Int> {
    let end = part.upperBound
    guard end > part.lowerBound else { return offsets[part.lowerBound]..<offsets[part.lowerBound] }
    // What was left out behind the last scalar is not part of it.
    var stop = offsets[end]
    if end < scalars.count, follows[end] { stop = offsets[end - 1] + width(end - 1) }
    return offsets[part.lowerBound]..<max(stop, offsets[part.lowerBound])
  }

  private func width(_ index: Int) -> Int {
    switch scalars[index] {
    case 0..<0x80: 1
    case 0x80..<0x800: 2
    case 0x800..<0x10000: 3
    default: 4
    }
  }

  static func isLoose(_ value: UInt32) -> Bool {
    switch value {
    case 0x09, 0x20, 0x2D, 0x5F, 0x2F, 0xB7: true
    default: false
    }
  }

  /// A letter or digit of the scripts that set blanks between words.
  static func isWord(_ value: UInt32) -> Bool {
    switch value {
    case 0x30...0x39, 0x61...0x7A, 0xDF...0x24F, 0x391...0x3C9, 0x410...0x44F: true
    default: false
    }
  }

  static func isDigit(_ value: UInt32) -> Bool {
    (0x30...0x39).contains(value)
  }
}
