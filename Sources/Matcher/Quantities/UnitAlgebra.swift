/// Small exact arithmetic of UCUM spellings: what kind a unit is, and how values convert.
///
/// Grammar: terms joined by `.` and `/`, where `/` acts on the next term; parentheses; an integer
/// behind an atom is its power; `{x}` counts things. Atoms are data (`quantities/atoms.tsv`).
public struct UnitAlgebra: Sendable {
  /// Exponents of up to 32 base quantities.
  public struct Dimension: Hashable, Sendable {
    fileprivate(set) var exponents = SIMD32<Int8>(repeating: 0)

    /// Whether it is a pure number.
    public var isNone: Bool { self == Dimension() }

    static func + (left: Dimension, right: Dimension) -> Dimension {
      Dimension(exponents: left.exponents &+ right.exponents)
    }

    static func * (left: Dimension, power: Int) -> Dimension {
      Dimension(exponents: left.exponents &* Int8(truncatingIfNeeded: power))
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
      bases[String(name)] = index
      dimension.exponents[index] &+= Int8(truncatingIfNeeded: power)
    }
    return dimension
  }

  /// The currencies' names are their own bases: three capitals.
  func isCurrency(_ dimension: Dimension) -> Bool {
    for (name, index) in bases where dimension.exponents[index] == 1 {
      var rest = dimension
      rest.exponents[index] = 0
      return rest.isNone && name.utf8.count == 3 && name.utf8.allSatisfy { (65...90).contains($0) }
    }
    return false
  }

  /// The unit of a spelling; nil when an atom is unknown or the spelling is not well formed.
  public func measure(_ spelling: String) -> Measure? {
    var parser = Parser(algebra: self, rest: Substring(spelling).utf8)
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

  private func atom(_ text: Substring) -> Measure? {
    if let known = atoms[String(text)] { return known }
    let bare = UnitAlgebra.withoutAnnotations(text)
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

  private struct Parser {
    let algebra: UnitAlgebra
    var rest: Substring.UTF8View
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
        } else if [UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")")]
          .contains(byte)
        {
          break
        }
        end = rest.index(after: end)
      }
      guard bracket == nil, end > rest.startIndex else { return nil }
      let text = Substring(rest[..<end])
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
