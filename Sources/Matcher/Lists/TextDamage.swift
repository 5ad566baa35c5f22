/// Characters that show that a text was read in the wrong encoding.
enum TextDamage {
  /// The share of damaged characters, 0 for a sound text.
  static func share(_ text: String) -> Double {
    guard mayBe(text) else { return 0 }
    var damaged = 0
    var count = 0
    var previous: UInt32 = 0
    for scalar in text.unicodeScalars {
      count += 1
      let value = scalar.value
      if value == 0xFFFD || (0xE000...0xF8FF).contains(value) || (0x80...0x9F).contains(value) {
        damaged += 1
      } else if isLatinPair(previous, value) {
        damaged += 2
      } else if isMark(value) {
        damaged += 1
      }
      previous = value
    }
    // One rare character is a name; several are a wrong encoding.
    let isSure = text.unicodeScalars.contains { $0.value == 0xFFFD } || damaged >= 3
    return isSure && count > 0 ? min(1, Double(damaged) / Double(count)) : 0
  }

  private static func mayBe(_ text: String) -> Bool {
    let found = text.utf8.withContiguousStorageIfAvailable { bytes in
      var place = 0
      while place < bytes.count {
        let (value, length) = Folding.scalar(bytes, place)
        if isSign(value) { return true }
        place += length
      }
      return false
    }
    return found ?? true
  }

  /// Whether texts with this character have to be looked at: Latin-1, private and replacement
  /// characters, or one of the marks.
  @inline(__always)
  static func isSign(_ value: UInt32) -> Bool {
    if value < 0x80 { return false }
    return value < 0x100 || value >= 0xE000 && (value <= 0xF8FF || value == 0xFFFD)
      || value >= 0x5900 && value <= 0x9600 && isMark(value)
  }

  /// UTF-8 read as Latin-1: Ã©, æˆ.
  private static func isLatinPair(_ first: UInt32, _ second: UInt32) -> Bool {
    (0xC2...0xEF).contains(first)
      && ((0x80...0xBF).contains(second) || (0x2018...0x2039).contains(second)
        || second == 0x20AC || second == 0x2030 || second == 0x160 || second == 0x152)
  }

  /// 锟, 拷, 涓, 鍙 and other rare characters that appear when UTF-8 is read as GBK.
  private static func isMark(_ value: UInt32) -> Bool {
    switch value {
    case 0x951F, 0x62F7, 0x6D93, 0x9359, 0x6FC6, 0x93C4, 0x9366, 0x935A, 0x951B, 0x93CC, 0x7490,
      0x93B6, 0x5A34, 0x95C7, 0x59F9, 0x93C2, 0x7487, 0x934F, 0x7035:
      true
    default: false
    }
  }
}
