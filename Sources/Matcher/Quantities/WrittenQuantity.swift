/// One quantity as a text states it: a number or several, a class of a ladder, or days.
public struct WrittenQuantity: Sendable, Equatable {
  public enum Value: Sendable, Equatable {
    case interval(Interval)
    /// Discrete alternatives, at least two, in the order of the text.
    case set([Double])
    case rank(Rank)
    /// Inclusive days; nil is an open end. At least one is stated.
    case days(from: CivilDate?, to: CivilDate?)
  }

  /// Bounds in `unit`; nil is an open end, whose flag is false. A point has two equal, included
  /// bounds.
  public struct Interval: Sendable, Equatable {
    public var low: Double?
    public var high: Double?
    public var includesLow: Bool
    public var includesHigh: Bool

    public init(low: Double?, high: Double?, includesLow: Bool = true, includesHigh: Bool = true) {
      self.low = low
      self.high = high
      self.includesLow = low != nil && includesLow
      self.includesHigh = high != nil && includesHigh
    }
  }

  /// A class of a ladder, such as `ISO 5`, `TRL 6`, `IP67`, `MLPS 3`.
  public struct Rank: Sendable, Equatable {
    public enum Comparison: String, Sendable {
      case equal = "="
      /// This class or a better, stricter one.
      case atLeast = ">="
      case atMost = "<="
      case better = ">"
      case worse = "<"
      case range
      case set
    }

    /// `classes[0]` is the class; a range has two, a set all of them.
    public var classes: [String]
    public var comparison: Comparison

    public init(classes: [String], comparison: Comparison) {
      self.classes = classes
      self.comparison = comparison
    }
  }

  public enum Basis: String, Sendable {
    case gauge
    case absolute
    case perBatch = "per_batch"
    case perYear = "per_year"
    case perMonth = "per_month"
  }

  /// What a ± without a centre means.
  public enum Form: String, Sendable {
    case tolerance
    case range
  }

  /// What the words around it make of it.
  public enum Role: String, Sendable {
    case condition
    case objective
    case preferred
    case acceptable
  }

  public enum Tax: String, Sendable {
    case included = "incl"
    case excluded = "excl"
  }

  /// The state at which a gas volume is counted (Nm³, 标方).
  public enum GasCondition: String, Sendable {
    case normal
    case standard
  }

  public var value: Value
  /// UCUM spelling, with the additions of `Corpus/quantities`; empty for ranks and days.
  public var unit: String
  /// The unit's words in the text, such as `片`; empty when none were written.
  public var unitText: String
  public var isApproximate = false
  public var basis: Basis?
  public var form: Form?
  public var role: Role?
  /// Denied or excluded by the text: never a plain value.
  public var isNegated = false
  public var tax: Tax?
  public var gasCondition: GasCondition?
  /// The whole of it with comparator and unit, as UTF-8 offsets into the text.
  public var span: Range<Int>

  public init(_ value: Value, unit: String = "", unitText: String = "", span: Range<Int>) {
    self.value = value
    self.unit = unit
    self.unitText = unitText
    self.span = span
  }
}

/// Where a careful engineer would ask: a place of a text with more than one reading.
public struct QuantityDoubt: Sendable, Equatable {
  /// A row of `Corpus/texts`: what is unclear.
  public var code: String
  public var span: Range<Int>
  /// The readings; the first is the one that was taken. An empty one means nothing was taken.
  public var readings: [[WrittenQuantity]]

  public init(code: String, span: Range<Int>, readings: [[WrittenQuantity]]) {
    self.code = code
    self.span = span
    self.readings = readings
  }
}
