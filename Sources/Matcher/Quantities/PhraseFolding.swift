/// How the quantity reader folds a text: widths, look-alike signs and Traditional characters one to
/// one, with case kept and a way back to the original bytes.
struct PhraseFolding: Sendable {
  /// By scalar of the basic plane: what it becomes; `expanded` and `dropped` are marks.
  private(set) var table: [UInt16]
  /// Of characters that only one script has: 1 Traditional, 2 Simplified.
  private(set) var scripts: [UInt8]

  static let expanded: UInt16 = 0xFFFE
  static let dropped: UInt16 = 0xFFFF

  init(scripts: ScriptTable) {
    table = Array(0...UInt16.max)
    self.scripts = Array(repeating: 0, count: 0x10000)
    for scalar in UInt32(0x3400)...0x9FFF where scripts.mayChange(scalar) {
      let simplified = scripts.simplified([scalar])
      guard simplified.count == 1, simplified[0] != scalar, simplified[0] < 0x10000 else {
        continue
      }
      table[Int(scalar)] = UInt16(simplified[0])
      self.scripts[Int(scalar)] = 1
    }
    for scalar in 0x3400...0x9FFF where self.scripts[scalar] == 1 {
      let target = Int(table[scalar])
      if self.scripts[target] == 0 { self.scripts[target] = 2 }
    }
    setSigns()
  }

  private mutating func setSigns() {
    for scalar in 0xFF01...0xFF5E { table[scalar] = UInt16(scalar - 0xFEE0) }
    for scalar in [0x3000, 0xA0, 0x2009, 0x202F, 0x2002, 0x2003, 0x2007, 0x09, 0x0A, 0x0D] {
      table[scalar] = 0x20
    }
    for scalar in [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63, 0x2500] {
      table[scalar] = 0x2D
    }
    for scalar in [0x301C, 0x223C, 0xFF5E, 0x02DC] { table[scalar] = 0x7E }
    for (from, to) in PhraseFolding.signs { table[from] = UInt16(to) }
    for scalar in PhraseFolding.expansions.keys { table[Int(scalar)] = PhraseFolding.expanded }
    for scalar in [0x200B, 0x200C, 0x200D, 0xFEFF, 0xAD, 0x2060] {
      table[scalar] = PhraseFolding.dropped
    }
  }

  private static let signs: [(Int, Int)] = [
    (0xB5, 0x3BC), (0x2126, 0x3A9), (0x2217, 0x2A), (0x2022, 0xB7), (0x22C5, 0xB7), (0x30FB, 0xB7),
    (0x2027, 0xB7), (0x2219, 0xB7), (0x2044, 0x2F), (0x2215, 0x2F), (0x201C, 0x22), (0x201D, 0x22),
    (0x2033, 0x22), (0x2019, 0x27), (0x2032, 0x27), (0x2018, 0x27), (0xFFE5, 0xA5), (0x3010, 0x5B),
    (0x3011, 0x5D), (0x3014, 0x5B), (0x3015, 0x5D), (0x2236, 0x3A), (0x2A7E, 0x2265),
    (0x2A7D, 0x2264), (0x2267, 0x2265), (0x2266, 0x2264), (0x2715, 0xD7), (0x2573, 0xD7),
    (0x00BA, 0xB0), (0x02DA, 0xB0), (0xFF1A, 0x3A), (0x212B, 0xC5), (0xFE50, 0x2C), (0xFFE0, 0xA2),
  ]

  private static let expansions: [UInt32: [UInt32]] = [
    0x2103: [0xB0, 0x43], 0x2109: [0xB0, 0x46], 0x33A1: [0x6D, 0x5E, 0x32],
    0x33A5: [0x6D, 0x5E, 0x33], 0x339C: [0x6D, 0x6D], 0x339D: [0x63, 0x6D], 0x339E: [0x6B, 0x6D],
    0x339B: [0x3BC, 0x6D], 0x339A: [0x6E, 0x6D], 0x338F: [0x6B, 0x67], 0x338E: [0x6D, 0x67],
    0x33A0: [0x63, 0x6D, 0x5E, 0x32], 0x33A2: [0x6B, 0x6D, 0x5E, 0x32],
    0x339F: [0x6D, 0x6D, 0x5E, 0x32], 0x33A4: [0x63, 0x6D, 0x5E, 0x33],
    0x3390: [0x48, 0x7A], 0x3391: [0x6B, 0x48, 0x7A], 0x3392: [0x4D, 0x48, 0x7A],
    0x3393: [0x47, 0x48, 0x7A], 0x3394: [0x54, 0x48, 0x7A], 0x3396: [0x6D, 0x4C],
    0x33C4: [0x63, 0x63], 0x33BE: [0x6B, 0x57], 0x33BF: [0x4D, 0x57], 0x33BD: [0x6D, 0x57],
    0x338D: [0x3BC, 0x67], 0x33A9: [0x50, 0x61], 0x33AA: [0x6B, 0x50, 0x61],
    0x33AB: [0x4D, 0x50, 0x61], 0x2460: [], 0x2461: [], 0x2462: [], 0x2463: [], 0x2464: [],
    0x2465: [], 0x2466: [], 0x2467: [], 0x2468: [],
    0xBD: [0x30, 0x2E, 0x35], 0xBC: [0x30, 0x2E, 0x32, 0x35], 0xBE: [0x30, 0x2E, 0x37, 0x35],
    0xB2: [0x5E, 0x32], 0xB3: [0x5E, 0x33], 0xB9: [0x5E, 0x31], 0x2070: [0x5E, 0x30],
    0x2074: [0x5E, 0x34], 0x2075: [0x5E, 0x35], 0x2076: [0x5E, 0x36], 0x2077: [0x5E, 0x37],
    0x2078: [0x5E, 0x38], 0x2079: [0x5E, 0x39], 0x207B: [0x5E, 0x2D], 0x207A: [0x5E, 0x2B],
    0x2026: [0x2E, 0x2E, 0x2E], 0x2025: [0x2E, 0x2E],
  ]

  /// Folds a phrase of a table for the tries.
  func fold(_ phrase: String) -> [UInt32] {
    let bytes = Array(phrase.utf8)
    var folded: [UInt32] = []
    folded.reserveCapacity(bytes.count)
    forEachScalar(of: bytes) { scalar, _, _ in folded.append(scalar) }
    return folded
  }

  /// Folds running text. O(*n*).
  func fold(utf8 bytes: [UInt8]) -> FoldedPhrase {
    foldEven(bytes) ?? foldOneByOne(bytes)
  }

  /// The same, for texts in which a character becomes several; the reference for `foldEven`.
  func foldOneByOne(_ bytes: [UInt8]) -> FoldedPhrase {
    var phrase = FoldedPhrase.Builder(capacity: bytes.count)
    forEachScalar(of: bytes) { scalar, place, script in
      phrase.append(scalar, at: place)
      phrase.count(script: script)
    }
    phrase.close(at: bytes.count)
    return FoldedPhrase(phrase)
  }

  /// Calls `body` with each folded scalar, where its original begins, and whether only one script has
  /// that: 1 Traditional, 2 Simplified, else 0.
  @inline(__always)
  private func forEachScalar(
    of bytes: [UInt8], _ body: (_ scalar: UInt32, _ place: Int, _ script: UInt8) -> Void
  ) {
    var index = 0
    var superscript = false
    while index < bytes.count {
      let (scalar, length) = PhraseFolding.decode(bytes, index)
      let folded = scalar < 0x10000 ? table[Int(scalar)] : UInt16(0x25A1)
      switch folded {
      case PhraseFolding.dropped: break
      case PhraseFolding.expanded:
        expand(scalar, &superscript) { body($0, index, 0) }
        index += length
        continue
      default:
        if scalar == 0xC2 || scalar == 0xC3, PhraseFolding.isMojibake(bytes, index + length) {
          break
        }
        body(UInt32(folded), index, scalar < 0x10000 ? scripts[Int(scalar)] : 0)
      }
      superscript = false
      index += length
    }
  }

  private func expand(_ scalar: UInt32, _ superscript: inout Bool, _ body: (UInt32) -> Void) {
    let parts = PhraseFolding.expansions[scalar] ?? []
    let isSuperscript = parts.first == 0x5E
    for part in isSuperscript && superscript ? parts.dropFirst() : parts[...] {
      body(part)
    }
    if parts.isEmpty { body(0x3B) }
    superscript = isSuperscript
  }

  /// The first half of a sign that was decoded twice, as in `Âµm`.
  static func isMojibake(_ bytes: [UInt8], _ next: Int) -> Bool {
    guard next + 1 < bytes.count, bytes[next] == 0xC2 else { return false }
    return [0xB0, 0xB1, 0xB2, 0xB3, 0xB5, 0xB7].contains(bytes[next + 1])
  }

  @inline(__always)
  func take(_ scalar: UInt32, _ folded: UInt16, _ found: inout Scripts) {
    if (0x3400...0x9FFF).contains(folded) { found.ideographs += 1 }
    let script = scripts[Int(scalar)]
    found.traditional += Int(script & 1)
    found.simplified += Int(script >> 1)
  }

  /// One scalar of valid UTF-8 and its length.
  @inline(__always)
  static func decode(_ bytes: [UInt8], _ index: Int) -> (UInt32, Int) {
    let first = UInt32(bytes[index])
    if first < 0x80 { return (first, 1) }
    if first & 0xF0 == 0xE0, index + 2 < bytes.count {
      let (second, third) = (UInt32(bytes[index + 1] & 0x3F), UInt32(bytes[index + 2] & 0x3F))
      return ((first & 0x0F) << 12 | second << 6 | third, 3)
    }
    func tail(_ offset: Int) -> UInt32 {
      index + offset < bytes.count ? UInt32(bytes[index + offset]) & 0x3F : 0
    }
    if first < 0xE0 { return ((first & 0x1F) << 6 | tail(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3) }
    return (0x10000, 4)
  }
}

extension PhraseFolding {
  /// The ideographs of a text, and how many of them only one script has.
  struct Scripts {
    var ideographs = 0
    var traditional = 0
    var simplified = 0
  }
}

/// A folded text with the place of each scalar in the original. Nothing in it changes.
final class FoldedPhrase: Sendable {
  /// Case as written; ends with several zeros, so that looking a little ahead is always allowed.
  let exact: [UInt32]
  /// The same with Latin capitals as small letters.
  let lower: [UInt32]
  /// The byte at which each scalar begins; one more at the end.
  let offsets: [Int32]
  /// Scalars without the zeros.
  let count: Int
  let traditional: Int
  let simplified: Int
  let ideographs: Int

  init(
    exact: [UInt32], lower: [UInt32], offsets: [Int32], count: Int, scripts: PhraseFolding.Scripts
  ) {
    self.exact = exact
    self.lower = lower
    self.offsets = offsets
    self.count = count
    traditional = scripts.traditional
    simplified = scripts.simplified
    ideographs = scripts.ideographs
  }

  /// Whether a sign is full-width between half-width neighbours: it divides and belongs to no number.
  func isWideAlone(_ place: Int) -> Bool {
    func width(_ place: Int) -> Int32 { offsets[place + 1] - offsets[place] }
    return place > 0 && width(place) > 1 && width(place - 1) == 1 && width(place + 1) == 1
  }

  init(_ builder: Builder) {
    exact = builder.exact
    lower = builder.exact.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
    offsets = builder.offsets
    count = builder.count
    traditional = builder.traditional
    simplified = builder.simplified
    ideographs = builder.ideographs
  }

  struct Builder {
    fileprivate var exact: [UInt32] = []
    fileprivate var offsets: [Int32] = []
    fileprivate var count = 0
    fileprivate var traditional = 0
    fileprivate var simplified = 0
    fileprivate var ideographs = 0

    init(capacity: Int) {
      exact.reserveCapacity(capacity + 8)
      offsets.reserveCapacity(capacity + 8)
    }

    mutating func append(_ scalar: UInt32, at offset: Int) {
      exact.append(scalar)
      offsets.append(Int32(truncatingIfNeeded: offset))
      if (0x3400...0x9FFF).contains(scalar) { ideographs += 1 }
    }

    mutating func count(script: UInt8) {
      if script == 1 { traditional += 1 }
      if script == 2 { simplified += 1 }
    }

    mutating func close(at end: Int) {
      count = exact.count
      for _ in 0..<PhraseFolding.zeros {
        exact.append(0)
        offsets.append(Int32(end))
      }
    }
  }
}
