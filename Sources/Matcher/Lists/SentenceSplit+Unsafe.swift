/// Cuts a row's running text into sentences and looks at each character once.
enum SentenceSplit {
  /// By character of the basic plane: whether it has to be looked at; all others only end numbers.
  private static let telling: [Bool] = (UInt32(0)..<0x10000).map { value in
    var run = 3
    let isPrivate = PrivateData.isSign(value, &run)
    return isPrivate || run != 0 || TextDamage.isSign(value) || isEnd(value)
      || !SentenceScan.isPlain(value)
  }

  @inline(__always)
  private static func isEnd(_ value: UInt32) -> Bool {
    value == 0x0A || value == 0x3002 || value == 0xFF01 || value == 0xFF1F
  }

  /// No character.
  private static let none = UInt32.max

  /// Passes over characters that say nothing.
  ///
  /// - Returns: The last of them, the place behind the character that stopped it, and that one; `none`
  ///   where there is none.
  @inline(__always)
  private static func pass(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ telling: UnsafeBufferPointer<Bool>
  ) -> (passed: UInt32, next: Int, value: UInt32) {
    var passed = none
    var place = start
    while place < bytes.count {
      var value = UInt32(bytes[place])
      if value & 0xF0 == 0xE0 {
        value =
          (value & 0xF) << 12 | UInt32(bytes[place + 1] & 0x3F) << 6
          | UInt32(bytes[place + 2] & 0x3F)
        place += 3
      } else if value < 0x80 {
        place += 1
      } else {
        let (other, length) = Folding.scalar(bytes, place)
        // Outside the basic plane characters are not told apart.
        value = other < 0x10000 ? other : 0xFFFD
        place += length
      }
      if telling[Int(value)] { return (passed, place, value) }
      passed = value
    }
    return (passed, place, none)
  }

  /// Gives each sentence with its end sign, and what it may hold.
  ///
  /// - Parameter bytes: Those of a text, so they are whole UTF-8.
  /// - Returns: Whether a character stands there that shows up in damaged texts, and one that data
  ///   about people have.
  static func split(
    _ bytes: [UInt8], _ body: (_ span: Range<Int>, _ signs: RowReadings.Signs) -> Void
  ) -> (mayBeDamaged: Bool, mayBePrivate: Bool) {
    bytes.withUnsafeBufferPointer { bytes in
      telling.withUnsafeBufferPointer { telling in
        var scan = SentenceScan()
        var start = 0
        var run = 0
        var isDamaged = false
        var isPrivate = false
        var place = 0
        while place < bytes.count {
          // Characters that say nothing are told to the scan when one comes that says something.
          let (passed, next, value) = pass(bytes, place, telling)
          if passed != none {
            run = 0
            scan.pass(passed)
          }
          place = next
          if value == none { break }
          isDamaged = isDamaged || TextDamage.isSign(value)
          isPrivate = PrivateData.isSign(value, &run) || isPrivate
          if isEnd(value) {
            body(start..<place, scan.signs)
            scan = SentenceScan()
            start = place
          } else {
            scan.take(value)
          }
        }
        body(start..<bytes.count, scan.signs)
        return (isDamaged, isPrivate)
      }
    }
  }
}
