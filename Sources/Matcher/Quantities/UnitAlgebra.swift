/// Small exact arithmetic of UCUM spellings: what kind a unit is, and how values convert.
///
/// Grammar: terms joined by `.` and `/`, where `/` acts on the next term; parentheses; an integer
/// behind an atom is its power; `{x}` counts things. Atoms are data (`quantities/atoms.tsv`).
public struct UnitAlgebra: Sendable {
  /// Exponents of up to 32 base quantities.
  public struct Dimension: Hashable, Sendable {
    /// Eight exponents a word, as bytes: four comparisons tell two kinds apart.
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0

    /// Whether it is a pure number.
    public var isNone: Bool { first | second | third | fourth == 0 }

    /// Whether it has exponents only of bases of which the other has −1, all of whose bits are set.
    fileprivate func isInside(_ bases: Dimension) -> Bool {
      (first & ~bases.first) | (second & ~bases.second) | (third & ~bases.third)
        | (fourth & ~bases.fourth) == 0
    }

    /// The exponent of a base, 0..<32; sums and products wrap.
    fileprivate subscript(base: Int) -> Int8 {
      get {
        let shift = UInt64(base % 8 * 8)
        return Int8(truncatingIfNeeded: word(base / 8) >> shift)
      }
      set {
        let shift = UInt64(base % 8 * 8)
        let bits = UInt64(UInt8(bitPattern: newValue)) << shift
        setWord(base / 8, word(base / 8) & ~(0xFF << shift) | bits)
      }
    }

    private func word(_ index: Int) -> UInt64 {
      switch index {
      case 0: first
      case 1: second
      case 2: third
      default: fourth
      }
    }

    private mutating func setWord(_ index: Int, _ value: UInt64) {
      switch index {
      case 0: first = value
      case 1: second = value
      case 2: third = value
      default: fourth = value
      }
    }

    /// The sums of eight bytes, without carries between them.
    private static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
      let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
      return ((left & low) &+ (right & low)) ^ ((left ^ right) & ~low)
    }

    static func + (left: Dimension, right: Dimension) -> Dimension {
      var out = Dimension()
      out.first = sum(left.first, right.first)
      out.second = sum(left.second, right.second)
      out.third = sum(left.third, right.third)
      out.fourth = sum(left.fourth, right.fourth)
      return out
    }

    static func * (left: Dimension, power: Int) -> Dimension {
      if power == 1 { return left }
      var out = Dimension()
      for base in 0..<32 where left[base] != 0 {
        out[base] = left[base] &* Int8(truncatingIfNeeded: power)
      }
      return out
    }
  }

  /// A unit's factor to the coherent unit, its zero on that scale, and its kind.
  public struct Measure: Sendable, Equatable {
    public var factor: Double
    public var offset: Double
    public var dimension: Dimension
  }

  private var atoms: [String: Measure] = [:]
  private var prefixable: Set<String> = []
  private var prefixes: [(sign: String, factor: Double)] = []
  private var bases: [String: Int] = [:]
  /// What one unit of a currency is: three capitals name a base of their own.
  private var currencies: [Dimension] = []
  /// All of them, with −1 for each.
  private var currencyBases = Dimension()

  init() {}

  mutating func add(prefix: String, factor: Double) {
    prefixes.append((prefix, factor))
  }

  /// Adds an atom; false when its dimension cannot be read or there is no room for a base.
  mutating func add(
    atom: String, factor: Double, offset: Double, dimension text: String, takesPrefixes: Bool
  ) -> Bool {
    guard atoms[atom] == nil, let dimension = dimension(text) else { return false }
    atoms[atom] = Measure(factor: factor, offset: offset, dimension: dimension)
    if takesPrefixes { prefixable.insert(atom) }
    return true
  }

  /// `kg.m2.s-3`: base names with exponents; `1` has none.
  mutating func dimension(_ text: String) -> Dimension? {
    var dimension = Dimension()
    if text == "1" { return dimension }
    for part in text.split(separator: ".") {
      let (bytes, power) = UnitAlgebra.power(Array(part.utf8)[...])
      let name = Substring(decoding: bytes, as: UTF8.self)
      let index = bases[String(name)] ?? bases.count
      guard index < 32, !name.isEmpty else { return nil }
      if bases[String(name)] == nil, UnitAlgebra.isCurrencyName(name) {
        var currency = Dimension()
        currency[index] = 1
        currencyBases[index] = -1
        currencies.append(currency)
      }
      bases[String(name)] = index
      dimension[index] &+= Int8(truncatingIfNeeded: power)
    }
    return dimension
  }

  private static func isCurrencyName(_ name: Substring) -> Bool {
    name.utf8.count == 3 && name.utf8.allSatisfy { (65...90).contains($0) }
  }

  /// Whether a unit of this kind is an amount of one currency.
  func isCurrency(_ dimension: Dimension) -> Bool {
    !dimension.isNone && dimension.isInside(currencyBases) && currencies.contains(dimension)
  }

  /// The unit of a spelling; nil when an atom is unknown or the spelling is not well formed.
  public func measure(_ spelling: String) -> Measure? {
    if let known = atoms[spelling], !UnitAlgebra.isComposed(spelling) { return known }
    var spelled = Spelling(rest: Array(spelling.utf8)[...])
    guard let found = product(&spelled), spelled.rest.isEmpty else { return nil }
    return found
  }

  /// The value in another unit, or nil when the kinds differ or a unit is unknown.
  ///
  /// - Parameter isDifference: A temperature difference has no zero to shift.
  public func convert(
    _ value: Double, from: String, to: String, isDifference: Bool = false
  ) -> Double? {
    guard let source = measure(from), let target = measure(to),
      source.dimension == target.dimension
    else { return nil }
    if isDifference || source.offset == target.offset {
      return source.factor == target.factor ? value : value * source.factor / target.factor
    }
    return (value * source.factor + source.offset - target.offset) / target.factor
  }

  private static func raised(_ base: Double, to power: Int) -> Double {
    var product = 1.0
    for _ in 0..<abs(power) { product *= base }
    return power < 0 ? 1 / product : product
  }

  /// A name and the integer behind it, 1 without one.
  private static func power(_ text: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, Int) {
    var start = text.endIndex
    while start > text.startIndex, isPowerSign(text[start - 1]) { start -= 1 }
    guard start > text.startIndex, start < text.endIndex,
      let power = Int(String(decoding: text[start...], as: UTF8.self))
    else { return (text, 1) }
    return (text[..<start], power)
  }

  private static func isPowerSign(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
  }

  private func atom(_ text: ArraySlice<UInt8>) -> Measure? {
    if let known = atoms[String(decoding: text, as: UTF8.self)] { return known }
    let bare = UnitAlgebra.withoutAnnotations(text)
    if bare.isEmpty || bare.elementsEqual([UInt8(ascii: "1")]) {
      return Measure(factor: 1, offset: 0, dimension: Dimension())
    }
    let (name, power) = UnitAlgebra.power(bare)
    guard (-24...24).contains(power),
      let known = atoms[String(decoding: name, as: UTF8.self)] ?? prefixed(name)
    else { return nil }
    if power == 1 { return known }
    return Measure(
      factor: UnitAlgebra.raised(known.factor, to: power), offset: 0,
      dimension: known.dimension * power)
  }

  private func prefixed(_ name: ArraySlice<UInt8>) -> Measure? {
    for (sign, factor) in prefixes where name.starts(with: sign.utf8) {
      let rest = String(decoding: name.dropFirst(sign.utf8.count), as: UTF8.self)
      if prefixable.contains(rest), let known = atoms[rest] {
        return Measure(
          factor: known.factor * factor, offset: known.offset, dimension: known.dimension)
      }
    }
    return nil
  }

  private static func withoutAnnotations(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.contains(UInt8(ascii: "{")) else { return text }
    var out: [UInt8] = []
    var isInside = false
    for byte in text {
      if byte == UInt8(ascii: "{") { isInside = true }
      if !isInside { out.append(byte) }
      if byte == UInt8(ascii: "}") { isInside = false }
    }
    return out[...]
  }

  /// Whether a spelling may be more than one atom.
  private static func isComposed(_ spelling: String) -> Bool {
    spelling.utf8.contains { (0x28...0x2F).contains($0) }
  }

  /// What is left to read of a spelling.
  private struct Spelling {
    var rest: ArraySlice<UInt8>
    var depth = 0

    mutating func take(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest = rest.dropFirst()
      return true
    }
  }

  private func product(_ spelled: inout Spelling) -> Measure? {
    var total = Measure(factor: 1, offset: 0, dimension: Dimension())
    var sign = spelled.take(UInt8(ascii: "/")) ? -1 : 1
    var terms = 0
    repeat {
      guard let term = term(&spelled) else { return nil }
      terms += 1
      total = sign > 0 ? total.times(term) : total.over(term)
      if terms == 1, sign == 1 { total.offset = term.offset }
      if spelled.take(UInt8(ascii: ".")) {
        sign = 1
      } else if spelled.take(UInt8(ascii: "/")) {
        sign = -1
      } else {
        return total
      }
    } while true
  }

  private func term(_ spelled: inout Spelling) -> Measure? {
    if spelled.take(UInt8(ascii: "(")) {
      guard spelled.depth < 8 else { return nil }
      spelled.depth += 1
      defer { spelled.depth -= 1 }
      guard let inner = product(&spelled), spelled.take(UInt8(ascii: ")")) else { return nil }
      return inner
    }
    let rest = spelled.rest
    var end = rest.startIndex
    var bracket: UInt8?
    while end < rest.endIndex {
      let byte = rest[end]
      if let close = bracket {
        if byte == close { bracket = nil }
      } else if byte == UInt8(ascii: "[") {
        bracket = UInt8(ascii: "]")
      } else if byte == UInt8(ascii: "{") {
        bracket = UInt8(ascii: "}")
      } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
        || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
      {
        break
      }
      end += 1
    }
    guard bracket == nil, end > rest.startIndex else { return nil }
    spelled.rest = rest[end...]
    return atom(rest[..<end])
  }
}

extension UnitAlgebra.Measure {
  /// The product with another unit: what the spellings joined by `.` measure.
  func times(_ other: Self) -> Self {
    Self(factor: factor * other.factor, offset: 0, dimension: dimension + other.dimension)
  }

  /// The quotient: what the spellings joined by `/` measure.
  func over(_ other: Self) -> Self {
    Self(
      factor: factor * (1 / other.factor), offset: 0, dimension: dimension + other.dimension * -1)
  }
}
