import Matcher

/// What all demands of one run share: policy numbers in the form the graders need, the as-of date,
/// exchange rates of that day.
final class Setting: Sendable {
  let corpus: Corpus
  let asOf: Int32
  /// By key.
  let comparisons: [SpecComparison]
  let strongLimit: Double
  let strongWindowDays: Double
  let nearGapOne: Double
  let nearGapTwo: Double
  let fewPending: Int
  let curableGap: Double
  let dateLimitDays: Int32
  let placeSpan: Double
  let prior: Int64
  /// By relation in the order of `ServiceRelations.all`: of a service stated otherwise than asked,
  /// and of one read from prose.
  let servicePriors: [Int64]
  let readServicePriors: [Int64]
  let certificatePrior: Int64
  let staleDays: Int32
  let certificateWarningDays: Int32
  let questionLimit: Int
  /// The first day after as-of from which another exchange rate or instrument may count.
  let moneyHolds: Int32

  init(_ corpus: Corpus, asOf: CivilDate) {
    let policy = corpus.policy
    self.corpus = corpus
    self.asOf = Day.of(asOf)
    comparisons = corpus.registry.keys.map { SpecComparison(key: $0) }
    strongLimit = policy.strongLimit
    strongWindowDays = Double(policy.strongWindowDays)
    nearGapOne = policy.nearGapOne
    nearGapTwo = policy.nearGapTwo
    fewPending = policy.fewPending
    curableGap = policy.curableGap
    dateLimitDays = Int32(policy.dateLimitDays)
    placeSpan = policy.placeSpanKilometers
    prior = Degree.millionths(policy.prior)
    let named = Degree.millionths(policy.proseServicePrior)
    servicePriors = ServiceRelations.all.map {
      Degree.millionths(policy.servicePrior[$0] ?? policy.prior)
    }
    readServicePriors = ServiceRelations.all.map { relation in
      switch relation {
      case .same, .narrower: named
      case .near, .broader:
        Degree.millionths(policy.servicePrior[relation] ?? policy.prior) * named / 1_000_000
      case .none: Degree.millionths(policy.proseOtherPrior)
      }
    }
    certificatePrior = Degree.millionths(policy.certificatePrior)
    staleDays = Int32(policy.staleDays)
    certificateWarningDays = Int32(policy.certificateWarningDays)
    questionLimit = policy.questionLimit
    var holds = Day.never
    for rate in policy.rates where rate.date > asOf { holds = min(holds, Day.of(rate.date)) }
    for instrument in policy.instruments {
      if let from = instrument.from, from > asOf { holds = min(holds, Day.of(from)) }
    }
    moneyHolds = holds
  }

  /// A finite failure with the gap that decides the rank group.
  func finite(_ groupGap: Double) -> Grade.Marks {
    var marks: Grade.Marks = [.finite]
    if !SpecComparison.atLeast(nearGapOne, groupGap) { marks.insert(.beyondOne) }
    if !SpecComparison.atLeast(nearGapTwo, groupGap) { marks.insert(.beyondTwo) }
    return marks
  }

  /// What a missed criterion means by its strictness; as `Outcome.fail`.
  func fail(
    _ strictness: Strictness, gap: Double, share: Double? = nil, groupGap: Double,
    strongLimit: Double
  ) -> Grade.Marks {
    switch strictness {
    case .hard: finite(groupGap)
    case .strong where share ?? gap > strongLimit: finite(groupGap)
    default: []
    }
  }

  /// The gap that a date missed by some days counts as.
  func dateGap(_ days: Int32) -> Double {
    days <= dateLimitDays ? curableGap : curableGap * Double(days) / Double(dateLimitDays)
  }
}
