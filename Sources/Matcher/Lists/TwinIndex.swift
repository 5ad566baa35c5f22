/// Finds rows whose text is much like an earlier row's, over any number of lists.
///
/// One-permutation min-hashing of character pairs: 64 buckets a row hold a byte of the least hash of
/// each; rows that share all buckets of a band are compared by their share of equal buckets. Two
/// unlike buckets are equal by chance once in 255. Deterministic, O(*n*) a row of *n* characters; 64
/// bytes and at most eight places in a hash table a row, about 170 bytes.
///
/// - Note: Li, Owen and Zhang, "One Permutation Hashing", NIPS 2012; bytes of hashes after Li and
///   König, "b-Bit Minwise Hashing", WWW 2010. Bands after Leskovec, Rajaraman and Ullman, "Mining of
///   Massive Datasets", chapter 3.
struct TwinIndex: Sendable {
  static let buckets = 64
  private static let words = buckets / 8
  /// Of four buckets. Every second band is enough at the thresholds in use and halves the memory.
  private static let bands = 8

  /// Of the row at hand.
  private var least = [UInt32](repeating: .max, count: TwinIndex.buckets)
  private var signature = [UInt64](repeating: 0, count: TwinIndex.words)
  private var keys: [UInt32] = []
  private var candidates: [Int32] = []
  /// Of all rows, one after another, eight buckets a word; a byte of 0 is a bucket without pairs.
  private var signatures: [UInt64] = []
  private var rowsOfBand = FingerprintTable<UInt32>()
  private var lastOfFirm = FingerprintTable<UInt64>()
  private(set) var count = 0

  /// The earlier row most like this one among those that share a band or the firm, if it passes
  /// its threshold; then remembers this row. A text too short to tell is neither compared nor
  /// remembered, and `isRemembered` is false.
  ///
  /// - Parameters:
  ///   - texts: Folded; read as one.
  ///   - firm: A hash of the enterprise, 0 when it is not known.
  /// - Returns: With the firm's last row and how much of its text is the same.
  mutating func add(
    _ texts: [UInt32], _ more: [UInt32], firm: UInt64, threshold: Double, firmThreshold: Double
  ) -> (isRemembered: Bool, twin: Int?, ofFirm: (row: Int, share: Double)?) {
    guard sign(texts, more) else { return (false, nil, nil) }
    findCandidates()
    var best: (row: Int, share: Double)?
    var ofFirm: (row: Int, share: Double)?
    for row in candidates {
      let share = similarity(Int(row))
      if share >= threshold, share > best?.share ?? 0 { best = (Int(row), share) }
    }
    if firm != 0, let row = lastOfFirm[firm] {
      let share = similarity(Int(row))
      ofFirm = (Int(row), share)
      if share >= firmThreshold, share > best?.share ?? 0 { best = (Int(row), share) }
    }
    for key in keys { rowsOfBand.add(key, Int32(count)) }
    if firm != 0 { lastOfFirm.set(firm, Int32(count)) }
    signatures += signature
    count += 1
    return (true, best?.row, ofFirm)
  }

  /// Makes the signature of a text; false when it is too short.
  private mutating func sign(_ text: [UInt32], _ more: [UInt32]) -> Bool {
    guard TwinIndex.leastHashes(text, more, into: &least) >= 8 else { return false }
    for word in 0..<TwinIndex.words {
      var bytes: UInt64 = 0
      for bucket in word * 8..<word * 8 + 8 {
        let value = UInt8(truncatingIfNeeded: least[bucket] >> 12)
        bytes = bytes << 8 | UInt64(least[bucket] == .max ? 0 : max(1, value))
      }
      signature[word] = bytes
    }
    return true
  }

  @inline(__always)
  static func isContent(_ value: UInt32) -> Bool {
    // Most are ideographs.
    (0x3400...0x9FFF).contains(value) || (0x61...0x7A).contains(value)
      || (0x30...0x39).contains(value) || value >= 0x20000
  }

  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The first row of each band's key, ascending, each once.
  private mutating func findCandidates() {
    keys.removeAll(keepingCapacity: true)
    candidates.removeAll(keepingCapacity: true)
    for band in 0..<TwinIndex.bands {
      guard let key = TwinIndex.key(of: band, signature) else { continue }
      keys.append(key)
      guard let row = rowsOfBand[key], !candidates.contains(row) else {
        continue
      }
      candidates.append(row)
    }
    candidates.sort()
  }

  /// What a band's buckets hold; nil where fewer than two hold anything.
  @inline(__always)
  private static func key(of band: Int, _ signature: [UInt64]) -> UInt32? {
    // A band is the first half of a word.
    let key = UInt32(truncatingIfNeeded: signature[band] >> 32)
    let filled = bytesSet(UInt64(key))
    // 32 bits of the band's own: two bands meet by chance once in 2³² pairs, and are compared then.
    return filled < 2 ? nil : (key ^ UInt32(band + 1) &* 0x9E37_79B1) &* 0x85EB_CA6B
  }

  private func similarity(_ row: Int) -> Double {
    TwinIndex.share(signature, signatures, from: row * TwinIndex.words)
  }

  @inline(__always)
  private static func share(_ one: [UInt64], _ others: [UInt64], from start: Int) -> Double {
    var unlike = 0
    var filled = 0
    for word in 0..<TwinIndex.words {
      let (a, b) = (one[word], others[start + word])
      filled += bytesSet(a | b)
      unlike += bytesSet(a ^ b)
    }
    return filled < 8 ? 0 : Double(filled - unlike) / Double(filled)
  }

  /// How many of the eight bytes are not 0.
  @inline(__always)
  private static func bytesSet(_ word: UInt64) -> Int {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    let set = (((word & low) &+ low) | word) & ~low
    return Int(((set >> 7) &* 0x0101_0101_0101_0101) >> 56)
  }

  /// The signature of a text and its band keys; nil for a text too short to tell.
  static func signature(of text: [UInt32]) -> (buckets: [UInt64], keys: [UInt32])? {
    var index = TwinIndex()
    guard index.sign(text, []) else { return nil }
    return (index.signature, (0..<bands).compactMap { key(of: $0, index.signature) })
  }

  static func share(_ one: [UInt64], _ other: [UInt64]) -> Double {
    share(one, other, from: 0)
  }
}
