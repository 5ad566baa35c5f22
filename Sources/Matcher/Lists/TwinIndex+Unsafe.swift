extension TwinIndex {
  /// Puts the least hash of the character pairs that fall into each bucket; `.max` where none does.
  ///
  /// - Parameter least: A place for each bucket.
  /// - Returns: The pairs of both texts, read as one.
  static func leastHashes(_ text: [UInt32], _ more: [UInt32], into least: inout [UInt32]) -> Int {
    least.withUnsafeMutableBufferPointer { least in
      for bucket in least.indices { least[bucket] = .max }
      var previous: UInt32 = 0
      let pairs = takePairs(of: text, behind: &previous, into: least)
      return pairs + takePairs(of: more, behind: &previous, into: least)
    }
  }

  /// Takes the pairs of a text's characters, the first with the one before it where that is not 0;
  /// gives their number.
  @inline(__always)
  private static func takePairs(
    of text: [UInt32], behind previous: inout UInt32, into least: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    text.withUnsafeBufferPointer { text in
      var before = previous
      var pairs = 0
      for place in 0..<text.count {
        let value = text[place]
        if !isContent(value) { continue }
        if before != 0 {
          let hash = mix(UInt64(before) << 32 | UInt64(value))
          let bucket = Int(hash >> 58)
          let low = UInt32(truncatingIfNeeded: hash >> 16)
          if low < least[bucket] { least[bucket] = low }
          pairs += 1
        }
        before = value
      }
      previous = before
      return pairs
    }
  }
}
