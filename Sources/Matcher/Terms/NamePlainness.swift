/// Which signs are plain: they stand for themselves in Unicode's composed form and never join with what
/// stands beside them, so that two texts of plain signs are equal only when their bytes are.
///
/// These are not all such signs but those that names are written in: Latin, Greek and Cyrillic letters,
/// punctuation, kana, the common Chinese characters, full widths. Unicode's `NFC_Quick_Check` is yes and
/// the combining class 0 for each of them, and none is the second part of a composition.
enum NamePlainness {
  /// The bytes before the first sign that is not plain. O(*n*).
  static func plainBytes(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    var place = 0
    while place < name.count {
      let first = name[place]
      if first < 0x80 {
        place += 1
        continue
      }
      let (value, length) = Folding.scalar(name, place)
      guard isPlain(value) else { return place }
      place += length
    }
    return place
  }

  /// Where the last sign before `end` begins; 0 without one.
  static func lastSign(_ name: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
    var place = end
    while place > 0 {
      place -= 1
      if name[place] & 0xC0 != 0x80 { break }
    }
    return place
  }

  static func isPlain(_ value: UInt32) -> Bool {
    switch value {
    case 0x4000...0x9FFF, 0...0x2FF: true
    case 0x391...0x3CE, 0x400...0x47F: true
    case 0x2010...0x2027, 0x2030...0x205E, 0x2070...0x20BF, 0x2100...0x2125, 0x212C...0x2328,
      0x232B...0x27FF:
      true
    case 0x3000...0x3029, 0x3030...0x3098, 0x309B...0x3FFF: true
    case 0xFF00...0xFFEF, 0x20000...0x2EFFF: true
    default: false
    }
  }
}
