/// Numbers by fingerprints, in two flat arrays of which at most three of four places are in use: with
/// 64 bits 16 to 32 bytes an entry, with 32 bits 11 to 21.
///
/// Two different things of one fingerprint are taken for one: with 64 bits that happens once in about
/// four million tables of a million entries. A table of 32 bits is for entries that are compared
/// again.
struct FingerprintTable<Fingerprint: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
  private var fingerprints: [Fingerprint] = []
  /// −1 for an empty place.
  private var values: [Int32] = []
  private(set) var count = 0

  init() {}

  subscript(fingerprint: Fingerprint) -> Int32? {
    guard !values.isEmpty else { return nil }
    let value = values[place(of: fingerprint)]
    return value < 0 ? nil : value
  }

  /// - Parameter value: 0 or more.
  mutating func set(_ fingerprint: Fingerprint, _ value: Int32) {
    if count * 4 >= values.count * 3 { grow() }
    let place = place(of: fingerprint)
    if values[place] < 0 { count += 1 }
    fingerprints[place] = fingerprint
    values[place] = value
  }

  /// Sets the value of a fingerprint that has none; false when it has one.
  @discardableResult
  mutating func add(_ fingerprint: Fingerprint, _ value: Int32) -> Bool {
    guard self[fingerprint] == nil else { return false }
    set(fingerprint, value)
    return true
  }

  mutating func removeAll() {
    self = FingerprintTable()
  }

  /// Where a fingerprint lies, or the empty place where it belongs.
  private func place(of fingerprint: Fingerprint) -> Int {
    let spread = UInt64(truncatingIfNeeded: fingerprint) &* 0x9E37_79B9_7F4A_7C15
    let mask = values.count - 1
    var place = Int(spread >> 32) & mask
    while values[place] >= 0, fingerprints[place] != fingerprint { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let (oldFingerprints, oldValues) = (fingerprints, values)
    let size = max(64, values.count * 2)
    fingerprints = [Fingerprint](repeating: 0, count: size)
    values = [Int32](repeating: -1, count: size)
    for index in oldValues.indices where oldValues[index] >= 0 {
      let place = place(of: oldFingerprints[index])
      fingerprints[place] = oldFingerprints[index]
      values[place] = oldValues[index]
    }
  }
}
