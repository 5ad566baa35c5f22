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
    let currency: String
    let date: CivilDate
    /// CNY for one unit of the currency.
    let cny: Double
  }

  /// A public refund. An empty share computes nothing.
  public struct Instrument: Sendable {
    public let id: String
    public let name: LocalizedName
    let place: PlaceID?
    let from: CivilDate?
    let until: CivilDate?
    let share: Double?
    let cap: Double?
    let inForce: Bool
  }

  public internal(set) var version = ""
  /// Suggested weights of the parts; `specs` and `certificates` are shared among their criteria.
  public internal(set) var weights: [Part: Int] = [:]
  /// By part of a demand: requirements, certificates, quantity, window, budget, place.
  var strictness: [String: Strictness] = [:]
  /// A strong criterion missed by more than this gap is also a finite failure.
  var strongLimit = 0.5
  var strongWindowDays = 180
  var nearGapOne = 0.5
  var nearGapTwo = 0.3
  var fewPending = 3
  var curableGap = 0.5
  var dateLimitDays = 180
  var approximate = 0.1
  var placeSpanKilometers = 200.0
  var priorKnownLines = 8
  var prior = 0.5
  var certificatePrior = 0.3
  var servicePrior: [ServiceRelation: Double] = [.near: 0.7, .broader: 0.5, .none: 0.3]
  /// Of a line that is prose: its words name the service, or name others only.
  var proseServicePrior = 0.9
  var proseOtherPrior = 0.1
  var staleDays = 365
  var certificateWarningDays = 180
  var questionLimit = 5
  /// Share of B* → degree, ascending: linear between the points.
  var textCurve: [(share: Double, degree: Double)] = [(0, 0), (1, 1)]
  public internal(set) var rates: [Rate] = []
  public internal(set) var instruments: [Instrument] = []

  /// The value of `amount` in CNY at the last rate on or before `date`, else the first after; nil
  /// without any rate.
  func cny(_ amount: Double, currency: String, on date: CivilDate) -> Double? {
    if currency == "CNY" { return amount }
    let own = rates.filter { $0.currency == currency }.sorted { $0.date < $1.date }
    guard let rate = own.last(where: { $0.date <= date }) ?? own.first else { return nil }
    return Elementary.rounded(amount * rate.cny * 100) / 100
  }
}

extension Policy {
  /// The strictness of a part of a demand that does not say.
  func defaultStrictness(_ part: String) -> Strictness {
    strictness[part] ?? .hard
  }
}
