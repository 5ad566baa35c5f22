import Ledger
import Matcher

/// What the rates need to know of one demand that was published and not withdrawn.
package struct IndicatorDemand: Sendable, Equatable {
  package let id: String
  package let park: String
  /// The park's own number of it.
  package let own: String?
  /// nil where it is not for everybody.
  package let title: String?
  package let published: CivilDate
  /// Published and not expired on the day of the run.
  package let stands: Bool
  package let isRestricted: Bool
  /// Of the weakest stage the best line's; nil for a demand that was not matched in this run.
  package let verdict: Verdict?

  package init(
    id: String, park: String, own: String? = nil, title: String?, published: CivilDate,
    stands: Bool, isRestricted: Bool = false, verdict: Verdict? = nil
  ) {
    self.id = id
    self.park = park
    self.own = own
    self.title = title
    self.published = published
    self.stands = stands
    self.isRestricted = isRestricted
    self.verdict = verdict
  }
}

/// The same demand under one or several ids: published by several parks, counted once.
struct IndicatorGroup: Sendable, Equatable {
  /// The one that was published first, then by id.
  let first: IndicatorDemand
  /// All of them, `first` included, by id.
  let members: [IndicatorDemand]

  var published: CivilDate { first.published }
  var stands: Bool { members.contains(where: \.stands) }
  var verdict: Verdict? { members.compactMap(\.verdict).max() }
  var isRestricted: Bool { members.contains(where: \.isRestricted) }

  init?(_ members: [IndicatorDemand]) {
    let first = members.min { ($0.published, $0.id) < ($1.published, $1.id) }
    guard let first else { return nil }
    self.first = first
    self.members = members
  }
}
