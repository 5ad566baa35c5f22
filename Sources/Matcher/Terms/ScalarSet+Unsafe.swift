extension ScalarSet {
  /// The first place of a text whose character may be in the set, at `start` or behind it.
  func first(in text: [UInt32], from start: Int) -> Int? {
    text.withUnsafeBufferPointer { text in
      bits.withUnsafeBufferPointer { bits in
        var place = start
        while place < text.count {
          let value = text[place]
          let isIn =
            value < 0x10000
            ? bits[Int(value >> 6)] >> UInt64(value & 63) & 1 != 0 : hasOthers
          if isIn { return place }
          place += 1
        }
        return nil
      }
    }
  }
}
