extension TwinIndex {
  /// Puts the least hash of the character pairs that fall into each bucket; `.max` where none does.
  ///
  /// - Parameter least: A place for each bucket.
  /// - Returns: The pairs of both texts, read as one.
  static func leastHashes(_ text: [UInt32], _ more: [UInt32], into least: inout [UInt32]) -> Int {
    least.withUnsafeMutableBufferPointer { least in
      for bucket in least.indices { least[bucket] = .max }
      var previous: UInt32 = 0
      var pairs = 0
      for part in 0..<2 {
        for value in part == 0 ? text : more where isContent(value) {
          if previous != 0 {
            let hash = mix(UInt64(previous) << 32 | UInt64(value))
            let bucket = Int(hash >> 58)
            least[bucket] = min(least[bucket], UInt32(truncatingIfNeeded: hash >> 16))
            pairs += 1
          }
          previous = value
        }
      }
      return pairs
    }
  }
}
