/// Units and how they convert, by quantity kind. `registry/units/*.tsv`.
///
/// A unit is looked up inside a quantity kind, since the same sign may mean two things (MPa gauge
/// or absolute). Case matters (`mPa·s` is not `MPa·s`) until no unit of the kind has that case and
/// exactly one has it in another.
public struct Units: Sendable {
  public struct Unit: Sendable {
    public let name: String
    public let quantity: String
    let factor: Double
    let offset: Double
    /// Nominal values for units converted by table (wafer inches, mesh).
    let table: [Double: Double]
  }

  package private(set) var all: [Unit] = []
  /// By quantity kind: the unit of a spelling, by its place.
  private var exact: [String: NameTable<Int>] = [:]
  /// The kinds of which lots and prices are counted: counting nouns first, then mass, length,
  /// volume …
  private(set) var lotKinds: [String] = []
  /// The same without regard to case; `several` where more than one unit is spelled so.
  private var loose: [String: NameTable<Int>] = [:]

  private static let several = -1

  init() {}

  mutating func add(_ unit: Unit, aliases: [String]) {
    let index = all.count
    all.append(unit)
    if unit.quantity.hasPrefix("lot_"), !lotKinds.contains(unit.quantity) {
      lotKinds.append(unit.quantity)
    }
    for alias in [unit.name] + aliases {
      let spelled = Units.spelling(alias)
      exact[unit.quantity, default: NameTable()].insert(spelled, index)
      let small = spelled.lowercased()
      if loose[unit.quantity]?[small] ?? index != index {
        loose[unit.quantity]?[small, default: index] = Units.several
      } else {
        loose[unit.quantity, default: NameTable()].insert(small, index)
      }
    }
  }

  /// The spellings under which a unit is found in its quantity kind, but for its own name, sorted.
  func aliases(of unit: Unit) -> [String] {
    let index = all.firstIndex { $0.name == unit.name && $0.quantity == unit.quantity }
    var aliases: [String] = []
    exact[unit.quantity]?.forEach { name, place in
      if place == index, name != Units.spelling(unit.name) { aliases.append(name) }
    }
    return aliases.sorted()
  }

  /// All spellings of a unit and of the others of its kind that are as large.
  func names(ofSameSizeAs unit: Unit) -> [String] {
    all.filter {
      $0.quantity == unit.quantity && $0.factor == unit.factor && $0.offset == unit.offset
    }
    .flatMap { [$0.name] + aliases(of: $0) }
  }

  /// The quantity kinds, sorted.
  public var quantities: [String] {
    exact.keys.sorted()
  }

  /// The unit written as `text` in a quantity kind.
  public func unit(_ text: String, of quantity: String) -> Unit? {
    // Most are spelled so already, and what is spelled so is spelled so again.
    if let index = exact[quantity]?[text] { return all[index] }
    let spelled = Units.spelling(text)
    if let index = exact[quantity]?[spelled] { return all[index] }
    let place = loose[quantity]?[spelled.lowercased()] ?? Units.several
    return place == Units.several ? nil : all[place]
  }

  /// The quantity kinds in which `text` is a unit, sorted.
  public func quantities(of text: String) -> [String] {
    quantities.filter { unit(text, of: $0) != nil }
  }

  /// `value` in `from`, expressed in `to`; nil when a nominal table has no such value.
  public func convert(_ value: Double, from: Unit, to: Unit) -> Double? {
    guard from.quantity == to.quantity else { return nil }
    if from.name == to.name { return value }
    let base = from.table.isEmpty ? value * from.factor + from.offset : from.table[value]
    guard let base, to.table.isEmpty else { return nil }
    let converted = (base - to.offset) / to.factor
    return Units.snapped(converted)
  }

  /// Removes the last-bit noise of a conversion: 0.35 μm is 350 nm, not 350.00000000000006.
  private static func snapped(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    let scale = decade(
      12 - Int((Elementary.ln(value.magnitude) / 2.302_585_092_994_046).rounded(.down)))
    let rounded = (value * scale).rounded(.toNearestOrEven) / scale
    return rounded.isFinite ? rounded : value
  }

  private static func decade(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<min(exponent.magnitude, 300) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }

  /// Narrow, without blanks, one code point for signs that have several.
  static func spelling(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x20, 0xA0, 0x3000: continue
      case 0xFF01...0xFF5E: out.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0xB5: out.append("\u{3BC}")
      case 0x22C5, 0x2022, 0x30FB, 0x2E31, 0x2219: out.append("\u{B7}")
      default: out.append(scalar)
      }
    }
    return String(out)
  }
}
