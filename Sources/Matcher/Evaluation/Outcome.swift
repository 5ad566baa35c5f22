/// One reason for or against a pair.
public enum CriterionID: Hashable, Sendable {
  /// Parts of the demand that could not be read.
  case unread
  case openness
  case status
  case border
  case exclusion
  case service
  case process
  case spec(KeyID)
  /// The place among the stage's certificates.
  case certificate(Int)
  case window
  case price
  case place
  case lot
  case text
}

/// Which sub-score a criterion counts for.
public enum CriterionPart: String, Sendable {
  case gate
  case technical
  case commercial
}

/// What became of one criterion for one pair: score, verdict, explanation, question and relaxation
/// are read off it.
public struct Outcome: Sendable {
  public enum State: String, Sendable {
    case satisfied
    /// Within the negotiable limit of a hard requirement.
    case relaxed
    /// Missed by a gap.
    case short
    /// The platform says no, or a term is missing from a complete set.
    case denied
    case unknown
  }

  public enum Failure: Sendable, Equatable {
    /// `gap` decides the rank group; `cause` is shared by outcomes that miss for one reason.
    case finite(gap: Double, cause: String)
    case final(cause: String)

    var cause: String {
      switch self {
      case .finite(_, let cause), .final(let cause): cause
      }
    }
  }

  public var criterion: CriterionID
  public var part: CriterionPart
  public var strictness: Strictness
  public var state: State
  public var degree: Degree
  /// 0 for gates and what is only shown.
  public var weight: Int64 = 0
  public var failure: Failure?
  /// Set when something hard is unknown; equal for what one answer settles.
  public var pending: String?
  /// On the key's scale; nil where nothing was measured.
  public var gap: Double?
  /// Signed, in the canonical unit, days, CNY or km; positive is headroom.
  public var margin: Double?
  /// The text that tells this outcome: an id of `texts/messages`.
  public var message: String
  public var asked = ""
  public var has = ""
  public var facts = Facts()
  public var provenance: Provenance?
  public var visibility = Visibility.everyone
  /// The first day on which this outcome can change by itself.
  public var holdsUntil: CivilDate?
  /// The demand's words that ask it, where no person has confirmed what was read; else nil.
  public var readFrom: String?
  /// Ids of further texts: what to watch although it is met.
  public var notes: [String] = []

  init(
    _ criterion: CriterionID, _ part: CriterionPart, _ strictness: Strictness, _ state: State,
    _ degree: Degree, _ message: String
  ) {
    self.criterion = criterion
    self.part = part
    self.strictness = strictness
    self.state = state
    self.degree = degree
    self.message = message
  }
}

/// Numbers and days that a text about an outcome may show.
public struct Facts: Sendable {
  public var days: Int?
  public var count: Int?
  public var amount: Double?
  public var other: Double?
  public var unit = ""
  public var date: CivilDate?
  public var until: CivilDate?
  public var place: PlaceID?
  public var instrument: String?
}

extension Outcome {
  /// Known for certain, so that it counts for coverage.
  public var isKnown: Bool {
    state != .unknown
  }

  /// Whether it fails, and nothing makes up for it.
  var isFinal: Bool {
    if case .final = failure { true } else { false }
  }

  /// Sets what a missed criterion means by its strictness: `groupGap` decides the rank group of a
  /// failure, `share` (of the asked value; else the gap) whether a strong one is a failure.
  mutating func fail(
    gap: Double, share: Double? = nil, groupGap: Double, cause: String, strongLimit: Double
  ) {
    self.gap = gap
    switch strictness {
    case .hard: failure = .finite(gap: groupGap, cause: cause)
    case .strong where share ?? gap > strongLimit: failure = .finite(gap: groupGap, cause: cause)
    default: break
    }
  }

  /// Sets that a hard criterion waits for an answer.
  mutating func await(_ cause: String) {
    if strictness == .hard { pending = cause }
  }

  mutating func hold(until date: CivilDate?) {
    guard let date else { return }
    holdsUntil = holdsUntil.map { min($0, date) } ?? date
  }
}
