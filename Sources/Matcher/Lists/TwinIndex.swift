/// Finds rows whose text is much like an earlier row's, over any number of lists.
///
/// One-permutation min-hashing of character pairs: 64 buckets a row hold the least hash of each; rows
/// that share all buckets of a band are compared by their share of equal buckets. Deterministic, O(*n*)
/// a row of *n* characters, about 250 bytes a row.
///
/// - Note: Li, Owen and Zhang, "One Permutation Hashing", NIPS 2012. Bands after Leskovec, Rajaraman
///   and Ullman, "Mining of Massive Datasets", chapter 3.
struct TwinIndex: Sendable {
  static let buckets = 64
  private static let bandWidth = 4

  private var signatures: [UInt16] = []
  private var bands: [UInt64: Int32] = [:]
  private var lastOfFirm: [UInt64: Int32] = [:]
  private(set) var count = 0

  /// The signature of a text in folded characters; nil when it is too short to tell.
  static func signature(_ folded: [UInt32]) -> [UInt16]? {
    var least = [UInt32](repeating: .max, count: buckets)
    var previous: UInt32 = 0
    var pairs = 0
    for value in folded where isContent(value) {
      defer { previous = value }
      guard previous != 0 else { continue }
      let hash = mix(UInt64(previous) << 32 | UInt64(value))
      let bucket = Int(hash >> 58)
      let rest = UInt32(truncatingIfNeeded: hash >> 16)
      if rest < least[bucket] { least[bucket] = rest }
      pairs += 1
    }
    guard pairs >= 8 else { return nil }
    return least.map { $0 == .max ? 0 : UInt16(truncatingIfNeeded: $0 >> 12) | 1 }
  }

  private static func isContent(_ value: UInt32) -> Bool {
    (0x61...0x7A).contains(value) || (0x30...0x39).contains(value)
      || (0x3400...0x9FFF).contains(value) || value >= 0x20000
  }

  static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The earlier row most like this one among those that share a band or the firm, if it passes
  /// its threshold; then remembers this row.
  ///
  /// - Parameter firm: A hash of the enterprise, 0 when it is not known.
  mutating func add(
    _ signature: [UInt16], firm: UInt64, threshold: Double, firmThreshold: Double
  ) -> Int? {
    var best: (row: Int, share: Double)?
    func offer(_ row: Int, _ least: Double) {
      let share = similarity(signature, row)
      if share >= least, share > best?.share ?? 0 { best = (row, share) }
    }
    let keys = bandKeys(signature)
    for row in Set(keys.compactMap { bands[$0] }).sorted() { offer(Int(row), threshold) }
    if firm != 0, let row = lastOfFirm[firm] { offer(Int(row), firmThreshold) }
    for key in keys where bands[key] == nil { bands[key] = Int32(count) }
    if firm != 0 { lastOfFirm[firm] = Int32(count) }
    signatures += signature
    count += 1
    return best?.row
  }

  private func bandKeys(_ signature: [UInt16]) -> [UInt64] {
    // Every second band is enough at the thresholds in use and halves the memory.
    stride(from: 0, to: TwinIndex.buckets, by: TwinIndex.bandWidth * 2).compactMap { start in
      var key = UInt64(start + 1)
      var filled = 0
      for value in signature[start..<(start + TwinIndex.bandWidth)] {
        if value != 0 { filled += 1 }
        key = TwinIndex.mix(key ^ UInt64(value) &* 0x1000_0000_01B3)
      }
      return filled >= 2 ? key : nil
    }
  }

  private func similarity(_ signature: [UInt16], _ row: Int) -> Double {
    var same = 0
    var filled = 0
    let start = row * TwinIndex.buckets
    for index in 0..<TwinIndex.buckets {
      let (a, b) = (signature[index], signatures[start + index])
      if a == 0 && b == 0 { continue }
      filled += 1
      if a == b { same += 1 }
    }
    return filled < 8 ? 0 : Double(same) / Double(filled)
  }
}
