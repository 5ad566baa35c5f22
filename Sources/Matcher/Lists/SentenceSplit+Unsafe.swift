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
        // Characters that say nothing are told to the scan when one comes that says something.
        var passed: UInt32?
        var place = 0
        while place < bytes.count {
          var (value, length) = Folding.scalar(bytes, place)
          // Outside the basic plane characters are not told apart.
          if value >= 0x10000 { value = 0xFFFD }
          place += length
          if !telling[Int(value)] {
            passed = value
            continue
          }
          if let before = passed {
            run = 0
            scan.pass(before)
            passed = nil
          }
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
