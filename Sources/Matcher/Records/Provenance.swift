/// Who may read a value.
public enum Visibility: String, Sendable, Comparable {
  case everyone = "public"
  case brokers
  case named

  private var rank: Int {
    switch self {
    case .everyone: 0
    case .brokers: 1
    case .named: 2
    }
  }

  public static func < (left: Visibility, right: Visibility) -> Bool {
    left.rank < right.rank
  }
}

/// Where a statement comes from, and until when it holds.
public struct Provenance: Sendable, Equatable {
  /// `self`, `form`, `document`, `nameplate`, `visit`, `inferred`, …; empty when not said.
  public var kind = ""
  /// An address or a file's name.
  public var reference = ""
  public var verifiedAt: CivilDate?
  public var validUntil: CivilDate?
  /// Read from free text and not yet confirmed by a person.
  public var inferred = false
  /// The words it was read from.
  public var quote: String?

  public init() {}

  /// The words of an unconfirmed reading; nil for what was stated or confirmed.
  package var readFrom: String? {
    inferred ? quote ?? "" : nil
  }
}

/// A value as a record states it.
public enum Claim<Value: Sendable>: Sendable {
  case stated(Value, Provenance)
  case unknown
  case notApplicable
  case denied(Provenance)

  /// The value while its claim is valid on `date`; nil when it is not stated or has lapsed.
  package func value(on date: CivilDate) -> Value? {
    guard case .stated(let value, let provenance) = self else { return nil }
    if let until = provenance.validUntil, until < date { return nil }
    return value
  }

  package var provenance: Provenance? {
    switch self {
    case .stated(_, let provenance), .denied(let provenance): provenance
    case .unknown, .notApplicable: nil
    }
  }
}
