/// Little-endian numbers at a place of a file's bytes; nil beyond the end.
extension [UInt8] {
  func u16(at offset: Int) -> Int? {
    guard offset >= 0, offset <= count - 2 else { return nil }
    return Int(self[offset]) | Int(self[offset + 1]) << 8
  }

  func u32(at offset: Int) -> Int? {
    guard let low = u16(at: offset), let high = u16(at: offset + 2) else { return nil }
    return low | high << 16
  }

  /// nil also for numbers above 2⁶², which no file has.
  func u64(at offset: Int) -> Int? {
    guard let low = u32(at: offset), let high = u32(at: offset + 4), high < 1 << 30 else {
      return nil
    }
    return low | high << 32
  }

  mutating func append16(_ value: Int) {
    append(UInt8(truncatingIfNeeded: value))
    append(UInt8(truncatingIfNeeded: value >> 8))
  }

  mutating func append32(_ value: Int) {
    append16(value)
    append16(value >> 16)
  }
}
