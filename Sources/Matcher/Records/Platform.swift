/// Who offers pilot tests, with all its service lines.
public struct Platform: Sendable {
  public var id: String
  public var name: LocalizedName
  public var operatorName = ""
  public var kind = ""
  public var group = ""
  public var sectors: [String] = []
  public var synthetic = false
  public var text = ""
  public var provenance = Provenance()
  public var lines: [ServiceLine] = []
  /// The record as read, unknown fields included, with what was read out of its prose.
  public var raw: JSONValue = .null
  /// The record as read, unknown fields included.
  public var stated: JSONValue = .null
}

/// One line of service at one site: what is matched.
public struct ServiceLine: Sendable {
  public var id: String
  public var name: LocalizedName
  public var site: Site
  public var services: [ServiceID] = []
  /// Stated only broadly or by name.
  public var broadServices: [ServiceID] = []
  /// Specs that hold whatever the envelope.
  public var specs: [Spec] = []
  /// Alternatives, each of specs that hold together with `specs`; empty when there is only one.
  public var envelopes: [Envelope] = []
  public var certificates: [Certificate] = []
  public var certificatesComplete = false
  /// What the platform says it does not have: texts with their readings as scheme, term or key.
  public var denials: [Denial] = []
  public var permitted: PermittedProcesses?
  public var lot: Claim<Lot> = .unknown
  public var capacity: Claim<Capacity> = .unknown
  public var leadTime: Claim<LeadTime> = .unknown
  public var calendar: Claim<[Slot]> = .unknown
  public var price: Claim<Price> = .unknown
  public var status = Status()
  public var openness = Openness()
  public var text = ""
  public var provenance = Provenance()
  /// Nothing of it was stated in a form: all of it is prose, read or not.
  public var isProse = false
}

public struct Site: Sendable {
  public var id: String
  public var name = ""
  public var place: PlaceID?
  /// As the record has it.
  public var placeText = ""
  public var coordinate: Coordinate?
}

/// What a line can do for one key.
public struct Spec: Sendable {
  public enum Value: Sendable, Equatable {
    /// A missing end of an interval is not stated.
    case interval(lower: Double?, upper: Double?)
    case numbers([Double])
    /// With their broader terms, sorted; `stated` are those that were written.
    case terms(stated: [TermID], covered: Set<TermID>)
    case rank(Int)
    case flag(Bool)
  }

  public var key: KeyID
  public var claim: Claim<Value>
  /// Whether a term that is not in the set is a no.
  public var complete: Bool
  /// As the record has it.
  public var written: String
}

public struct Envelope: Sendable {
  public var name: String
  public var specs: [Spec]
}

public struct Certificate: Sendable {
  public var scheme: TermID
  public var schemeText: String
  /// As stated; nil when the scope is not.
  public var scopes: Set<TermID>?
  public var scopeTexts: [String]
  public var validFrom: CivilDate?
  public var validUntil: CivilDate?
}

public struct Denial: Sendable {
  public var text: String
  public var scheme: TermID
  public var key: KeyID?
  /// The folded text, and the term ids it reads as in any vocabulary.
  public var terms: Set<TermID>
}

/// The processes a licence allows; other lines have none.
public struct PermittedProcesses: Sendable {
  public var terms: Set<TermID>
  public var texts: [String]
  public var complete: Bool
}

public struct Lot: Sendable {
  public var minimum: Double?
  public var maximum: Double?
  public var unit: Units.Unit
}

public struct Capacity: Sendable {
  public var value: Double
  public var unit: Units.Unit
  public var period: Quantity.Period
}

public struct LeadTime: Sendable {
  public var days: Int
  public var working: Bool
}

/// Free places in an inclusive run of days.
public struct Slot: Sendable {
  public var from: CivilDate
  public var to: CivilDate
  /// nil: not said, taken as at least one. 0: full.
  public var places: Int?
}

public struct Price: Sendable {
  public enum Tax: String, Sendable {
    case included
    case excluded
  }

  /// The lowest list price in `currency` for one `unit`.
  public var minimum: Double
  public var maximum: Double?
  public var currency: String
  /// nil: for the whole job.
  public var unit: Units.Unit?
  public var unitText: String
  public var tax: Tax?
}

/// Whether the line works, and from when.
public struct Status: Sendable {
  public enum State: String, Sendable, CaseIterable {
    case open
    case preparing
    case building
    case planned
    case full
    case suspended
    case unclear
    /// Nothing was said.
    case unstated
  }

  public var state = State.unstated
  /// When it opens, or is free again.
  public var from: CivilDate?
  public var text = ""
}

/// Whether the line takes outside work.
public struct Openness: Sendable {
  public enum State: String, Sendable, CaseIterable {
    case open
    case members
    case groupOnly = "group_only"
    case closed
    case ownProduction = "own_production"
    case unstated
  }

  public var state = State.unstated
  public var text = ""
}
