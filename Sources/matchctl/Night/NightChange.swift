import Matcher

/// A pair that is listed otherwise than in the run before, and why.
package struct NightChange: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case new
    case lost
    case risen
    case fallen
  }

  package let pair: NightPair
  package let platform: String
  package let kind: Kind
  /// In the run before; nil where it was not listed.
  package let before: NightStanding?
  /// In this run; nil where it is not listed.
  package let after: NightStanding?
  /// What did it: one cause, unless only several together did.
  package let causes: [NightCause]
}

/// One thing that changed between two runs.
package struct NightCause: Sendable, Equatable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The demand or the platform was published.
    case published
    /// The demand or the platform was withdrawn or sent back.
    case withdrawn
    /// Its last day has passed.
    case expired
    /// One member of the record is another.
    case edited
    /// As `edited`: calendar, capacity, lead time or lot of a line.
    case capacity
    /// An answer was recorded.
    case answered
    /// An answer counts no longer.
    case answerExpired = "answer_expired"
    /// The pair was declined.
    case declined
    /// A declined pair is back: the field that was in the way is another, or a later step took it up.
    case returned
    /// A date has passed.
    case day
    case policy
    /// Tables of the corpus other than the policy.
    case corpus
    /// The pair itself stands as before; its place among the best was taken or came free.
    case ranking
    /// The program is another version, and nothing else explains it.
    case program
  }

  package enum Side: String, Sendable {
    case demand
    case platform
  }

  package let kind: Kind
  /// Whose record changed; nil for day, policy, corpus, ranking and program.
  package let side: Side?
  /// The record's id; for `ranking` the line that took or gave up the place, if there is one.
  package let record: String?
  /// The member of the record: `requirements[implant_temperature]`, `lines[x].price`, …; never a
  /// value.
  package let field: String?
  /// The entry of the ledger that did it.
  package let seq: Int64?
  /// The criterion that turned out otherwise: `spec:wafer_diameter`, `window`, ….
  package let criterion: String?

  package init(
    _ kind: Kind, side: Side? = nil, record: String? = nil, field: String? = nil,
    seq: Int64? = nil, criterion: String? = nil
  ) {
    self.kind = kind
    self.side = side
    self.record = record
    self.field = field
    self.seq = seq
    self.criterion = criterion
  }
}
