/// A key of the spec registry: what it measures and how it compares. One row of
/// `registry/keys/*.tsv`.
///
/// A class, so that a key is passed on as one reference: records are read and pairs compared by the million.
public final class SpecKey: Sendable {
  public enum Kind: String, Sendable {
    case number
    case ordinal
    case terms
    case flag
  }

  /// How a gap is measured. `DESIGN` §5, *Degree*.
  public enum Scale: String, Sendable {
    case ratio
    case log
    case interval
    case step
    case set
  }

  public enum Direction: String, Sendable {
    case atLeast = "at_least"
    case atMost = "at_most"
    case cover
    case overlap
    case oneOf = "one_of"
    case allOf = "all_of"
    case equal
  }

  public let id: String
  public let sectors: [String]
  public let kind: Kind
  /// The quantity kind of a number, the ladder of an ordinal, the vocabulary of terms; empty for a
  /// flag.
  public let domain: String
  /// The canonical unit of a number; empty else.
  public let unit: String
  public let scale: Scale
  public let direction: Direction
  /// The gap at which the degree reaches 0.
  public let tolerance: Double
  /// The reference span of an interval scale, in the canonical unit.
  public let span: Double
  /// 1…10, the share among the specs of a demand.
  public let weight: Int
  public let plausible: ClosedRange<Double>?
  public let name: LocalizedName
  public let aliases: [String]
  public let source: String
  public let note: String

  init(
    id: String, sectors: [String], kind: Kind, domain: String, unit: String, scale: Scale,
    direction: Direction, tolerance: Double, span: Double, weight: Int,
    plausible: ClosedRange<Double>?, name: LocalizedName, aliases: [String], source: String,
    note: String
  ) {
    self.id = id
    self.sectors = sectors
    self.kind = kind
    self.domain = domain
    self.unit = unit
    self.scale = scale
    self.direction = direction
    self.tolerance = tolerance
    self.span = span
    self.weight = weight
    self.plausible = plausible
    self.name = name
    self.aliases = aliases
    self.source = source
    self.note = note
  }
}

/// A key as a dense number inside one corpus: `0 ..< keys.count`.
public struct KeyID: Hashable, Sendable, Comparable {
  public let ordinal: Int32

  public static func < (left: KeyID, right: KeyID) -> Bool {
    left.ordinal < right.ordinal
  }
}
