/// What a person decides once for all matches: weights, limits, priors, rates.
/// `policy/policy.json`.
public struct Policy: Sendable {
  public enum Part: String, CaseIterable, Sendable {
    case service
    case specs
    case window
    case price
    case certificates
    case place
    case lot
    case text
  }

  public struct Rate: Sendable {
    package let currency: String
    package let date: CivilDate
    /// CNY for one unit of the currency.
    package let cny: Double
  }

  /// A public refund. An empty share computes nothing.
  public struct Instrument: Sendable {
    public let id: String
    public let name: LocalizedName
    package let place: PlaceID?
    package let from: CivilDate?
    package let until: CivilDate?
    package let share: Double?
    package let cap: Double?
    package let inForce: Bool
  }

  public internal(set) var version = ""
  /// Suggested weights of the parts; `specs` and `certificates` are shared among their criteria.
  public internal(set) var weights: [Part: Int] = [:]
  /// By part of a demand: requirements, certificates, quantity, window, budget, place.
  var strictness: [String: Strictness] = [:]
  /// A strong criterion missed by more than this gap is also a finite failure.
  package internal(set) var strongLimit = 0.5
  package internal(set) var strongWindowDays = 180
  package internal(set) var nearGapOne = 0.5
  package internal(set) var nearGapTwo = 0.3
  package internal(set) var fewPending = 3
  package internal(set) var curableGap = 0.5
  package internal(set) var dateLimitDays = 180
  var approximate = 0.1
  package internal(set) var placeSpanKilometers = 200.0
  var priorKnownLines = 8
  package internal(set) var prior = 0.5
  package internal(set) var certificatePrior = 0.3
  package internal(set) var servicePrior: [ServiceRelation: Double] = [
    .near: 0.7, .broader: 0.5, .none: 0.3,
  ]
  /// Of a line that is prose: its words name the service, or name others only.
  package internal(set) var proseServicePrior = 0.9
  package internal(set) var proseOtherPrior = 0.1
  package internal(set) var staleDays = 365
  package internal(set) var certificateWarningDays = 180
  package internal(set) var questionLimit = 5
  /// Working days within which a question that was sent is not sent again.
  package internal(set) var replyDays = 5
  /// Share of B* → degree, ascending: linear between the points.
  package internal(set) var textCurve: [(share: Double, degree: Double)] = [(0, 0), (1, 1)]
  public internal(set) var rates: [Rate] = []
  public internal(set) var instruments: [Instrument] = []

  /// The value of `amount` in CNY at the last rate on or before `date`, else the first after; nil
  /// without any rate.
  package func cny(_ amount: Double, currency: String, on date: CivilDate) -> Double? {
    if currency == "CNY" { return amount }
    return rate(of: currency, on: date).map { Elementary.rounded(amount * $0 * 100) / 100 }
  }

  /// CNY for one of a currency: the last rate on or before `date`, else the first after.
  package func rate(of currency: String, on date: CivilDate) -> Double? {
    let own = rates.filter { $0.currency == currency }.sorted { $0.date < $1.date }
    return (own.last { $0.date <= date } ?? own.first)?.cny
  }
}

extension Policy {
  /// The strictness of a part of a demand that does not say.
  func defaultStrictness(_ part: String) -> Strictness {
    strictness[part] ?? .hard
  }
}
