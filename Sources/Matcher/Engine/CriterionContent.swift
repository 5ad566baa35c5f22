import Matcher

/// All that a grader's answers rest on besides the line and the day, as words: criteria of equal
/// content grade every facet of an index alike, whatever demand they belong to.
struct CriterionContent: Hashable, Sendable {
  private(set) var words: [UInt64]

  /// Mixed here, as a few words are looked up for every criterion of a demand.
  func hash(into hasher: inout Hasher) {
    var mixed: UInt64 = 0
    for word in words {
      mixed = (mixed ^ word) &* 0x9E37_79B9_7F4A_7C15
      mixed ^= mixed >> 29
    }
    hasher.combine(mixed)
  }

  /// - Parameter kind: tells graders apart.
  init(_ kind: UInt64, family: UInt32, _ strictness: Strictness) {
    let strict: UInt64 =
      switch strictness {
      case .hard: 0
      case .strong: 1
      case .soft: 2
      case .info: 3
      }
    words = []
    words.reserveCapacity(8)
    words.append(kind | strict << 8 | UInt64(family) << 32)
  }

  mutating func add(_ value: Int) {
    words.append(UInt64(bitPattern: Int64(value)))
  }

  mutating func add(_ low: Int32, _ high: Int32) {
    words.append(UInt64(UInt32(bitPattern: low)) | UInt64(UInt32(bitPattern: high)) << 32)
  }

  /// A number by its bits; one that is not stated stands for itself.
  mutating func add(_ value: Double?) {
    words.append((value ?? .nan).bitPattern)
  }

  /// Some numbers with how many they are.
  mutating func add(_ numbers: [Double]) {
    add(numbers.count)
    for number in numbers { words.append(number.bitPattern) }
  }

  mutating func add(_ numbers: some Collection<UInt32>) {
    add(numbers.count)
    for number in numbers { words.append(UInt64(number)) }
  }

  mutating func add(_ places: [PlaceID]) {
    add(places.count)
    for place in places { add(Int(place.ordinal)) }
  }
}
