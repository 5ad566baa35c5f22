/// Looks whether bytes are UTF-8, without making a text of them.
package enum UTF8Scan {
  package static func isWhole(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    wholeCount(bytes) == bytes.count
  }

  /// The bytes of the whole characters, when nothing or the beginning of one more follows; nil when
  /// some of the bytes are no UTF-8 (no character's shortest form, a surrogate, beyond U+10FFFF).
  ///
  /// - Complexity: O(*n*), no allocation.
  package static func wholeCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress else { return 0 }
    let raw = UnsafeRawPointer(base)
    let count = bytes.count
    var place = 0
    while place < count {
      let first = base[place]
      if first < 0x80 {
        place += 1
        while place + 8 <= count {
          let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
          let others = UInt64(littleEndian: word) & 0x8080_8080_8080_8080
          // 64 zeros where all eight are ASCII.
          place += others.trailingZeroBitCount >> 3
          if others != 0 { break }
        }
        continue
      }
      // Most of what is not ASCII in such files: three bytes, none with limits of its own.
      let start = place
      while place + 8 <= count,
        isOpenTriples(raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      {
        place += 6
      }
      while place + 4 <= count,
        isOpenTriple(raw.loadUnaligned(fromByteOffset: place, as: UInt32.self))
      {
        place += 3
      }
      if place > start { continue }
      let (length, low, high) = form(first)
      if length == 0 { return nil }
      var offset = 1
      while offset < length, place + offset < count {
        let byte = base[place + offset]
        if offset == 1 ? byte < low || byte > high : byte & 0xC0 != 0x80 { return nil }
        offset += 1
      }
      if offset < length { return place }
      place += length
    }
    return place
  }

  /// Whether four bytes, the first the lowest, begin with a character of three whose second byte has
  /// no limits of its own.
  @inline(__always)
  private static func isOpenTriple(_ bytes: UInt32) -> Bool {
    let bytes = UInt32(littleEndian: bytes)
    let low = bytes & 0xF
    return bytes & 0xC0C0F0 == 0x8080E0 && low != 0 && low != 0xD
  }

  /// The same of the two characters that eight bytes begin with.
  @inline(__always)
  private static func isOpenTriples(_ bytes: UInt64) -> Bool {
    let bytes = UInt64(littleEndian: bytes)
    guard bytes & 0xC0C0_F0C0_C0F0 == 0x8080_E080_80E0 else { return false }
    let (first, second) = (bytes & 0xF, bytes >> 24 & 0xF)
    return first != 0 && first != 0xD && second != 0 && second != 0xD
  }

  /// A text of these bytes, U+FFFD for what is no UTF-8; and whether all of it was.
  ///
  /// - Complexity: O(*n*); whole bytes are looked at once, not again while the text is made.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: String, isWhole: Bool) {
    guard isWhole(bytes) else { return (String(decoding: bytes, as: UTF8.self), false) }
    return (text(ofWhole: bytes), true)
  }

  /// A text of bytes that are known to be UTF-8.
  static func text(ofWhole bytes: ArraySlice<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { text(ofWhole: $0) }
  }

  private static func text(ofWhole bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: isASCII(bytes)))
  }

  private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    let raw = UnsafeRawPointer(base)
    var place = 0
    while place + 8 <= bytes.count {
      if raw.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 {
        return false
      }
      place += 8
    }
    while place < bytes.count {
      if bytes[place] >= 0x80 { return false }
      place += 1
    }
    return true
  }

  /// The length of a character by its first byte, 0 for none, and what its second may be.
  ///
  /// - Note: The Unicode Standard 16.0, table 3-7.
  private static func form(_ first: UInt8) -> (length: Int, low: UInt8, high: UInt8) {
    switch first {
    case 0xE1...0xEC, 0xEE, 0xEF: (3, 0x80, 0xBF)
    case 0xC2...0xDF: (2, 0x80, 0xBF)
    case 0xE0: (3, 0xA0, 0xBF)
    case 0xED: (3, 0x80, 0x9F)
    case 0xF0: (4, 0x90, 0xBF)
    case 0xF1...0xF3: (4, 0x80, 0xBF)
    case 0xF4: (4, 0x80, 0x8F)
    default: (0, 0, 0)
    }
  }
}
