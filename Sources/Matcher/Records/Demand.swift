/// What an enterprise needs done, as a park publishes it.
public struct Demand: Sendable {
  public var id: String
  public var title = ""
  public var text = ""
  public var park = ""
  public var synthetic = false
  public var visibility = Visibility.everyone
  public var enterpriseName: String?
  /// Where the enterprise is: decides which instruments it may use.
  public var enterprisePlace: PlaceID?
  public var expires: CivilDate?
  /// Names and ids of platforms that must not be shown it: rivals, related parties.
  public var exclusions: [String] = []
  /// How many of its fields could not be read and therefore take no part in matching.
  public var refusedFields = 0
  /// The budget of a demand with several stages, for all of them together.
  public var totalBudget: Budget?
  /// At least one; what the demand states for all is already in each.
  public var stages: [Stage] = []
  public var provenance = Provenance()
  /// The record as read, unknown fields included, with what was read out of its words.
  public var raw: JSONValue = .null
  /// The record as read, unknown fields included.
  public var stated: JSONValue = .null

  public init(id: String) {
    self.id = id
  }
}

extension Demand {
  /// Nothing of a demand is more visible than the demand.
  mutating func seal() {
    guard visibility == .named else { return }
    for index in stages.indices {
      var ask = stages[index].ask
      for place in ask.requirements.indices { ask.requirements[place].visibility = visibility }
      for place in ask.certificates.indices { ask.certificates[place].visibility = visibility }
      ask.quantity?.visibility = visibility
      ask.window?.visibility = visibility
      ask.budget?.visibility = visibility
      ask.place?.visibility = visibility
      stages[index].ask = ask
    }
    totalBudget?.visibility = visibility
  }
}

/// One step of a demand. A demand without stages has one without an id.
public struct Stage: Sendable {
  public var id: String?
  public var title = ""
  public var ask = Ask()
  /// Ids of the stages that must be done before.
  public var after: [String] = []
}

/// What a stage asks of a service line.
public struct Ask: Sendable {
  /// Any one of them serves.
  public var services: [ServiceID] = []
  public var servicesProvenance = Provenance()
  /// Processes that a licence must allow.
  public var processes: [TermID] = []
  public var requirements: [Requirement] = []
  public var certificates: [CertificateRequirement] = []
  public var quantity: Quantity?
  public var window: Window?
  public var budget: Budget?
  public var place: PlaceRequirement?
}

extension Ask {
  /// The words that a criterion was read from; nil when it was stated. Specs say it each.
  package func readFrom(_ criterion: CriterionID) -> String? {
    switch criterion {
    case .service: servicesProvenance.readFrom
    case .certificate(let place):
      certificates.indices.contains(place) ? certificates[place].provenance.readFrom : nil
    case .window: window?.provenance.readFrom
    case .price: budget?.provenance.readFrom
    case .place, .border: place?.provenance.readFrom
    case .lot: quantity?.provenance.readFrom
    default: nil
    }
  }
}

public enum Strictness: String, Sendable {
  case hard
  case strong
  case soft
  case info
}

/// One asked value of a spec key.
public struct Requirement: Sendable {
  public enum Asked: Sendable, Equatable {
    case atLeast(Double)
    case atMost(Double)
    /// The line's interval must contain it; a point when both are equal.
    case cover(Double, Double)
    case overlap(Double, Double)
    case oneOfNumbers([Double])
    case oneOfTerms([TermID])
    case allOfTerms([TermID])
    case rank(Int)
    case flag(Bool)
  }

  public var key: KeyID
  public var asked: Asked
  public var strictness: Strictness
  /// The demand's own; nil takes the key's.
  public var tolerance: Double?
  /// How far a hard requirement may be missed, in the canonical unit.
  public var limit: Double?
  public var weight: Int
  /// Requirements of one group are alternatives.
  public var group: String?
  public var visibility = Visibility.everyone
  public var provenance = Provenance()
  /// As the record has it.
  public var written: String
}

public struct CertificateRequirement: Sendable {
  public var scheme: TermID
  public var schemeText: String
  /// The scheme and those that may stand for it.
  public var acceptedSchemes: Set<TermID>
  /// For each scope asked: that scope and those that include it. Empty: any scope serves.
  public var acceptedScopes: [Set<TermID>]
  public var scopeTexts: [String]
  /// What one answer about it settles; a scope that names a test standard shares it with that
  /// standard.
  package internal(set) var cause: String
  public var strictness: Strictness
  public var visibility = Visibility.everyone
  public var provenance = Provenance()

  /// Read from words by a name that no scheme is known by: a list that is complete may hold it under
  /// another name, so that its absence there says nothing.
  package var isOnlyNamed: Bool { provenance.inferred && !scheme.isRegistered }
}

/// How much, in a unit that may be a counting noun.
public struct Quantity: Sendable {
  public enum Period: String, Sendable {
    case batch
    case month
    case year
  }

  public var value: Double
  public var unit: Units.Unit
  public var period: Period?
  public var strictness: Strictness
  public var visibility = Visibility.everyone
  public var provenance = Provenance()
  public var written: String
}

/// When the work must be done. Days are inclusive.
public struct Window: Sendable {
  public var start: CivilDate?
  public var latestStart: CivilDate?
  public var finish: CivilDate?
  public var durationDays: Int?
  public var strictness: Strictness
  public var visibility = Visibility.everyone
  public var provenance = Provenance()
}

public struct Budget: Sendable {
  public enum Basis: String, Sendable {
    case total
    case unit
  }

  /// In `currency`.
  public var maximum: Double
  public var currency: String
  public var basis: Basis
  /// What the money is for; without a unit it counts in the price's own unit.
  public var quantity: Double?
  public var unit: Units.Unit?
  public var strictness: Strictness
  public var visibility = Visibility.everyone
  public var provenance = Provenance()
  public var written: String
}

public struct PlaceRequirement: Sendable {
  public var allowed: [PlaceID]
  public var allowedTexts: [String]
  public var withinKilometers: Double?
  public var of: PlaceID?
  /// nil: the demand does not say.
  public var overseas: Bool?
  public var strictness: Strictness
  public var visibility = Visibility.everyone
  public var provenance = Provenance()
}
