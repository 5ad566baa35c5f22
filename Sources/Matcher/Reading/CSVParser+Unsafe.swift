extension CSVParser {
  /// A cell that lies in these bytes with what ends it, without doubled quotes and quoted line
  /// breaks, as most do; nil for any other.
  ///
  /// - Parameter start: Where a cell begins; inside the bytes.
  /// - Returns: Where it lies, quotes aside, and the place behind what ends it.
  static func wholeCell(
    _ bytes: [UInt8], _ start: Int, separator: UInt8
  ) -> (cell: Range<Int>, next: Int)? {
    bytes.withUnsafeBufferPointer { all in
      let isEnd = { (byte: UInt8) in byte == separator || byte == 10 || byte == 13 }
      var first = start
      var end = start
      var next = start
      if all[start] == UInt8(ascii: "\"") {
        first += 1
        end = first
        end = ByteSearch.first(UInt8(ascii: "\""), or: 10, in: all, from: first)
        guard end < all.count, all[end] == UInt8(ascii: "\"") else { return nil }
        next = end + 1
      } else {
        while end < all.count, !isEnd(all[end]) { end += 1 }
        next = end
      }
      guard next < all.count, isEnd(all[next]) else { return nil }
      return (first..<end, next + 1)
    }
  }
}
