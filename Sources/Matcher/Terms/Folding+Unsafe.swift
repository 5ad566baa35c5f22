extension Folding {
  /// `fold` of a text that lies in one piece: one look at a table a character.
  ///
  /// - Returns: The folded text, and whether a sign of boxes and lines stood in it; nil where the
  ///   text expands more than a few times.
  /// - Precondition: The bytes are those of a text, so they are whole UTF-8.
  func fold(utf8 bytes: UnsafeBufferPointer<UInt8>) -> (scalars: [UInt32], hasBox: Bool)? {
    // Each first byte of a character gives one; some give two.
    var firsts = 0
    for byte in bytes { firsts &+= byte & 0xC0 != 0x80 ? 1 : 0 }
    let room = firsts + Folding.spare
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: room) { out in
      let found = characters.table.withUnsafeBufferPointer { narrow(bytes, $0, into: out, firsts) }
      if found.isTooLong { return nil }
      let scalars = Array(out[..<found.count])
      let hasBox = found.marks & FoldedCharacters.box != 0
      if found.firstChanging == .max { return (scalars, hasBox) }
      return (scripts.simplified(scalars, from: found.firstChanging), hasBox)
    }
  }

  /// How many more characters a text may become than it has.
  private static let spare = 8

  private struct Narrowed {
    var count = 0
    var marks: UInt32 = 0
    var firstChanging = Int.max
    var isTooLong = false
  }

  /// - Parameter out: Has room for `firsts` characters and `spare` more.
  private func narrow(
    _ bytes: UnsafeBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt32>,
    into out: UnsafeMutableBufferPointer<UInt32>, _ firsts: Int
  ) -> Narrowed {
    guard let target = out.baseAddress else { return Narrowed() }
    var found = Narrowed()
    var left = firsts
    var place = 0
    var count = 0
    while place < bytes.count {
      let value: UInt32
      if bytes[place] & 0xF0 == 0xE0 {
        // Most are ideographs.
        value =
          UInt32(bytes[place] & 0xF) << 12 | UInt32(bytes[place + 1] & 0x3F) << 6
          | UInt32(bytes[place + 2] & 0x3F)
        place += 3
      } else {
        let (other, length) = Folding.scalar(bytes, place)
        value = other
        place += length
      }
      left -= 1
      let entry = value < 0x10000 ? table[Int(value)] : FoldedCharacters.uneven
      if entry < FoldedCharacters.uneven {
        target[count] = entry
        count += 1
        continue
      }
      found.marks |= entry
      if entry & FoldedCharacters.uneven == 0 {
        if entry & FoldedCharacters.changing != 0 {
          found.firstChanging = min(found.firstChanging, count)
        }
        target[count] = entry & 0xFFFF
        count += 1
        continue
      }
      var several: [UInt32] = []
      Folding.appendNarrow(value, to: &several)
      if several.contains(where: scripts.mayChange) {
        found.firstChanging = min(found.firstChanging, count)
      }
      guard count + several.count + left <= firsts + Folding.spare else {
        found.isTooLong = true
        break
      }
      for part in several {
        target[count] = part
        count += 1
      }
    }
    found.count = count
    return found
  }

  /// One character of whole UTF-8 and the bytes it takes.
  @inline(__always)
  static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> (UInt32, Int) {
    let first = UInt32(bytes[place])
    if first < 0x80 { return (first, 1) }
    let second = UInt32(bytes[place + 1] & 0x3F)
    if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
    let third = UInt32(bytes[place + 2] & 0x3F)
    if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
    let fourth = UInt32(bytes[place + 3] & 0x3F)
    return ((first & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
  }

  /// Calls `body` with the UTF-8 bytes of what `name` gives, valid during the call.
  func withName<Result>(
    _ text: some StringProtocol, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let scalars = fold(text)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4 * scalars.count) { out in
      var count = 0
      for value in scalars where !Folding.isLoose(value) {
        count += Folding.encode(value, into: out, at: count)
      }
      return body(UnsafeBufferPointer(rebasing: out[..<count]))
    }
  }

  /// Writes a scalar as UTF-8; returns its bytes.
  ///
  /// - Precondition: `out` has room for four bytes from `place` on; the value is that of a scalar.
  @inline(__always)
  private static func encode(
    _ value: UInt32, into out: UnsafeMutableBufferPointer<UInt8>, at place: Int
  ) -> Int {
    func tail(_ shift: UInt32) -> UInt8 {
      UInt8(truncatingIfNeeded: value >> shift) & 0x3F | 0x80
    }
    if value < 0x80 {
      out[place] = UInt8(truncatingIfNeeded: value)
      return 1
    }
    if value < 0x800 {
      out[place] = UInt8(truncatingIfNeeded: value >> 6) | 0xC0
      out[place + 1] = tail(0)
      return 2
    }
    if value < 0x10000 {
      out[place] = UInt8(truncatingIfNeeded: value >> 12) | 0xE0
      out[place + 1] = tail(6)
      out[place + 2] = tail(0)
      return 3
    }
    out[place] = UInt8(truncatingIfNeeded: value >> 18) | 0xF0
    out[place + 1] = tail(12)
    out[place + 2] = tail(6)
    out[place + 3] = tail(0)
    return 4
  }
}
