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
      let (name, power) = UnitAlgebra.power(part)
      let index = bases[String(name)] ?? bases.count
      guard index < 32, !name.isEmpty else { return nil }
      if bases[String(name)] == nil, UnitAlgebra.isCurrencyName(name) {
        var currency = Dimension()
        currency[index] = 1
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
  func isCurrency(_ dimension: Dimension) -> Bool { currencies.contains(dimension) }

  /// The unit of a spelling; nil when an atom is unknown or the spelling is not well formed.
  public func measure(_ spelling: String) -> Measure? {
    if let known = atoms[spelling], !UnitAlgebra.isComposed(spelling) { return known }
    var parser = Parser(algebra: self, rest: Array(spelling.utf8)[...])
    guard let found = parser.product(), parser.rest.isEmpty else { return nil }
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

  private static func power(_ text: Substring) -> (Substring, Int) {
    var start = text.endIndex
    while start > text.startIndex {
      let before = text.index(before: start)
      guard text[before].isASCII, text[before].isNumber || text[before] == "-" else { break }
      start = before
    }
    guard start > text.startIndex, let power = Int(text[start...]) else { return (text, 1) }
    return (text[..<start], power)
  }

  private func atom(_ text: String) -> Measure? {
    if let known = atoms[text] { return known }
    let bare = UnitAlgebra.withoutAnnotations(text[...])
    if bare.isEmpty || bare == "1" { return Measure(factor: 1, offset: 0, dimension: Dimension()) }
    let (name, power) = UnitAlgebra.power(bare[...])
    guard (-24...24).contains(power), let known = atoms[String(name)] ?? prefixed(name) else {
      return nil
    }
    if power == 1 { return known }
    return Measure(
      factor: UnitAlgebra.raised(known.factor, to: power), offset: 0,
      dimension: known.dimension * power)
  }

  private func prefixed(_ name: Substring) -> Measure? {
    for (sign, factor) in prefixes where name.hasPrefix(sign) {
      let rest = String(name.dropFirst(sign.count))
      if prefixable.contains(rest), let known = atoms[rest] {
        return Measure(
          factor: known.factor * factor, offset: known.offset, dimension: known.dimension)
      }
    }
    return nil
  }

  private static func withoutAnnotations(_ text: Substring) -> String {
    var out = ""
    var isInside = false
    for character in text {
      if character == "{" { isInside = true }
      if !isInside { out.append(character) }
      if character == "}" { isInside = false }
    }
    return out
  }

  /// Whether a spelling may be more than one atom.
  private static func isComposed(_ spelling: String) -> Bool {
    spelling.utf8.contains { (0x28...0x2F).contains($0) }
  }

  private struct Parser {
    let algebra: UnitAlgebra
    var rest: ArraySlice<UInt8>
    var depth = 0

    mutating func product() -> Measure? {
      var total = Measure(factor: 1, offset: 0, dimension: Dimension())
      var sign = take(UInt8(ascii: "/")) ? -1 : 1
      var terms = 0
      repeat {
        guard let term = term() else { return nil }
        terms += 1
        total.offset = terms == 1 && sign == 1 ? term.offset : 0
        total.factor *= sign > 0 ? term.factor : 1 / term.factor
        total.dimension = total.dimension + term.dimension * sign
        if take(UInt8(ascii: ".")) {
          sign = 1
        } else if take(UInt8(ascii: "/")) {
          sign = -1
        } else {
          return total
        }
      } while true
    }

    private mutating func term() -> Measure? {
      if take(UInt8(ascii: "(")) {
        guard depth < 8 else { return nil }
        depth += 1
        defer { depth -= 1 }
        guard let inner = product(), take(UInt8(ascii: ")")) else { return nil }
        return inner
      }
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
      let text = String(decoding: rest[..<end], as: UTF8.self)
      rest = rest[end...]
      return algebra.atom(text)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest = rest.dropFirst()
      return true
    }
  }
}
