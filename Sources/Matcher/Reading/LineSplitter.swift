/// Splits a stream of bytes into lines, each at most `limit` bytes long.
///
/// A longer line is counted and dropped, so that one bad line of a gigabyte costs neither memory
/// nor the good lines behind it.
struct LineSplitter {
  enum Line {
    case bytes([UInt8], number: Int)
    case tooLong(size: Int, number: Int)
  }

  let limit: Int
  private var pending: [UInt8] = []
  private var size = 0
  private var number = 0

  init(limit: Int = 16 << 20) {
    self.limit = limit
  }

  mutating func feed(_ chunk: [UInt8], _ body: (Line) -> Void) {
    var start = chunk.startIndex
    while let end = chunk[start...].firstIndex(of: UInt8(ascii: "\n")) {
      keep(chunk[start..<end])
      endLine(body)
      start = end + 1
    }
    keep(chunk[start...])
  }

  mutating func finish(_ body: (Line) -> Void) {
    if size > 0 { endLine(body) }
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    size += bytes.count
    if size <= limit { pending.append(contentsOf: bytes) }
  }

  private mutating func endLine(_ body: (Line) -> Void) {
    number += 1
    if size > limit {
      body(.tooLong(size: size, number: number))
    } else {
      body(.bytes(pending, number: number))
    }
    pending.removeAll(keepingCapacity: true)
    size = 0
  }
}
