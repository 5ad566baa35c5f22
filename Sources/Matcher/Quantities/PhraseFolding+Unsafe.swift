extension PhraseFolding {
  /// How many zeros end a phrase, so that looking a little ahead is always allowed.
  static let zeros = 8

  /// The ideographs of a running text, and how many of them only one script has. O(*n*), no
  /// allocation.
  func scripts(utf8 bytes: [UInt8]) -> Scripts {
    bytes.withUnsafeBufferPointer { bytes in
      table.withUnsafeBufferPointer { table in
        scripts.withUnsafeBufferPointer { scripts in
          PhraseFolding.scripts(of: bytes, table, scripts)
        }
      }
    }
  }

  private static func scripts(
    of bytes: UnsafeBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt16>,
    _ scripts: UnsafeBufferPointer<UInt8>
  ) -> Scripts {
    var found = Scripts()
    var index = 0
    while index < bytes.count {
      let first = bytes[index]
      if first < 0xE0 {
        index += first < 0x80 ? 1 : 2
        continue
      }
      guard first < 0xF0, index + 2 < bytes.count else {
        index += first < 0xF0 ? 3 : 4
        continue
      }
      let scalar =
        Int(first & 0xF) << 12 | Int(bytes[index + 1] & 0x3F) << 6 | Int(bytes[index + 2] & 0x3F)
      index += 3
      if scalar < 0x3400 { continue }
      if (0x3400...0x9FFF).contains(table[scalar]) { found.ideographs += 1 }
      let script = scripts[scalar]
      found.traditional += Int(script & 1)
      found.simplified += Int(script >> 1)
    }
    return found
  }

  /// `fold` of a text in which no character becomes several: each is looked at once, and what comes
  /// of it is written in its place; nil for any other.
  func foldEven(_ bytes: [UInt8]) -> FoldedPhrase? {
    var firsts = 0
    for byte in bytes { firsts &+= byte & 0xC0 != 0x80 ? 1 : 0 }
    let room = firsts + PhraseFolding.zeros
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 3 * room) { all in
      guard let base = all.baseAddress else { return nil }
      let exact = UnsafeMutableBufferPointer(start: base, count: room)
      let lower = UnsafeMutableBufferPointer(start: base + room, count: room)
      let offsets = UnsafeMutableBufferPointer(start: base + 2 * room, count: room)
      guard let (count, scripts) = write(bytes, exact, offsets, firsts) else { return nil }
      for place in count..<count + PhraseFolding.zeros {
        exact[place] = 0
        offsets[place] = UInt32(truncatingIfNeeded: bytes.count)
      }
      for place in 0..<count + PhraseFolding.zeros {
        let value = exact[place]
        lower[place] = value &- 0x41 <= 25 ? value + 32 : value
      }
      let used = count + PhraseFolding.zeros
      return FoldedPhrase(
        exact: Array(exact[..<used]), lower: Array(lower[..<used]),
        offsets: offsets[..<used].withMemoryRebound(to: Int32.self) { Array($0) }, count: count,
        scripts: scripts)
    }
  }

  /// - Parameters:
  ///   - firsts: The characters of the text.
  ///   - exact: Has room for them, as has `offsets`.
  /// - Returns: How many were written; nil where one becomes several.
  private func write(
    _ bytes: [UInt8], _ exact: UnsafeMutableBufferPointer<UInt32>,
    _ offsets: UnsafeMutableBufferPointer<UInt32>, _ firsts: Int
  ) -> (count: Int, scripts: Scripts)? {
    var found = Scripts()
    var count = 0
    var index = 0
    while index < bytes.count {
      let (scalar, length) = PhraseFolding.decode(bytes, index)
      let start = index
      index += length
      let folded = scalar < 0x10000 ? table[Int(scalar)] : UInt16(0x25A1)
      if folded >= PhraseFolding.expanded {
        if folded == PhraseFolding.expanded { return nil }
        continue
      }
      if scalar == 0xC2 || scalar == 0xC3, PhraseFolding.isMojibake(bytes, index) { continue }
      // Bytes that are no characters may give more of them than begin.
      guard count < firsts else { return nil }
      exact[count] = UInt32(folded)
      offsets[count] = UInt32(truncatingIfNeeded: start)
      count += 1
      if scalar >= 0x3400, scalar < 0x10000 { take(scalar, folded, &found) }
    }
    return (count, found)
  }
}
