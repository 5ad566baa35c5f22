import Matcher

/// The lowest list price for the stage's quantity against its budget. As `PriceCriterion`.
final class PriceGrader: Sendable {
  /// How many of a price's units the comparison counts.
  private enum Count {
    case known(Double)
    case batches
    case unknown
  }

  private struct Refund {
    let share: Double
    let cap: Double
    let until: Int32
  }

  let strictness: Strictness
  /// By the price's unit, from 1; for the whole job at 0.
  private let counts: [Count]
  /// The stage's amount in a lot's unit, by unit from 1; NaN where it does not convert.
  private let amounts: [Double]
  /// The budget in CNY against a price per unit, and against one for the whole job; nil where it is
  /// not known.
  private let limit: Double?
  private let limitForJob: Double?
  /// Whether the budget's times are known for a price of the whole job.
  private let isJobKnown: Bool
  private let refunds: [Refund]

  /// nil for a stage without a budget.
  convenience init?(
    _ stage: ResolvedStage, _ money: Money, _ setting: Setting, asOf: CivilDate
  ) {
    guard let budget = stage.ask.budget else { return nil }
    self.init(budget, stage, money, setting, asOf: asOf)
  }

  init(
    _ budget: Budget, _ stage: ResolvedStage, _ money: Money, _ setting: Setting,
    asOf: CivilDate
  ) {
    strictness = budget.strictness
    let units = setting.corpus.registry.units
    let asked = PriceGrader.asked(budget, stage)
    counts =
      [.known(1)]
      + money.units.map { unit in
        guard let unit else { return .unknown }
        return PriceGrader.count(budget, asked, unit, units)
      }
    amounts =
      [.nan]
      + money.units.map { unit in
        guard let unit, let (value, own) = asked else { return .nan }
        return units.convert(value, from: own, to: unit) ?? .nan
      }
    func cny(_ times: Double) -> Double? {
      setting.corpus.policy.cny(budget.maximum * times, currency: budget.currency, on: asOf)
    }
    limit = cny(1)
    let times = PriceGrader.times(budget, stage, units)
    isJobKnown = times != nil
    limitForJob = times.flatMap(cny)
    refunds = PriceGrader.refunds(stage, setting, asOf)
  }

  /// The amount that a price per unit is counted for, where the budget is a total.
  private static func asked(_ budget: Budget, _ stage: ResolvedStage) -> (Double, Units.Unit)? {
    budget.quantity.flatMap { value in budget.unit.map { (value, $0) } }
      ?? stage.ask.quantity.map { ($0.value, $0.unit) }
  }

  private static func count(
    _ budget: Budget, _ asked: (Double, Units.Unit)?, _ unit: Units.Unit, _ units: Units
  ) -> Count {
    if budget.basis == .unit {
      guard let own = budget.unit else { return .known(1) }
      return units.convert(1, from: own, to: unit).map { .known($0) } ?? .unknown
    }
    if let quantity = budget.quantity, budget.unit == nil { return .known(quantity) }
    guard let (value, own) = asked else { return .unknown }
    if let count = units.convert(value, from: own, to: unit) { return .known(count) }
    return unit.quantity == "lot_batch" ? .batches : .unknown
  }

  /// How often a budget per unit counts against a price for the whole job.
  private static func times(_ budget: Budget, _ stage: ResolvedStage, _ units: Units) -> Double? {
    guard budget.basis == .unit else { return 1 }
    if let quantity = budget.quantity { return quantity }
    guard let asked = stage.ask.quantity else { return nil }
    guard let own = budget.unit else { return asked.value }
    return units.convert(asked.value, from: asked.unit, to: own)
  }

  /// The instruments that the enterprise may use, in the policy's order; those that have ended are
  /// left out when a price is compared.
  private static func refunds(
    _ stage: ResolvedStage, _ setting: Setting, _ asOf: CivilDate
  ) -> [Refund] {
    guard let home = stage.demand.enterprisePlace else { return [] }
    return setting.corpus.policy.instruments.compactMap { instrument in
      guard instrument.inForce, let share = instrument.share, let place = instrument.place,
        setting.corpus.places.contains(place, home), instrument.from.map({ $0 <= asOf }) ?? true
      else { return nil }
      return Refund(
        share: share, cap: instrument.cap ?? .infinity, until: Day.of(instrument.until))
    }
  }

  /// What its grades rest on.
  var content: CriterionContent {
    var content = CriterionContent(3, family: Family.price.rawValue, strictness)
    content.add(limit)
    content.add(limitForJob)
    content.add(isJobKnown ? 1 : 0)
    for count in counts {
      switch count {
      case .known(let count): content.add([count])
      case .batches: content.add([1, 1])
      case .unknown: content.add([Double]())
      }
    }
    content.add(amounts)
    for refund in refunds {
      content.add([refund.share, refund.cap])
      content.add(Int(refund.until))
    }
    return content
  }

  /// A line's price facet.
  private struct Line {
    let isStated: Bool
    let unit: Int
    let currency: Int
    let minimum: Double
    let until: Int32
    let lotUntil: Int32
    let lotMaximum: Double?
    let lotUnit: Int

    init(_ facet: UInt32, _ table: FacetTable) {
      var reader = table.reader(facet)
      let head = reader.word()
      isStated = head & 1 == 1
      unit = Int(head >> 32)
      currency = Int(reader.word())
      minimum = reader.number()
      (until, lotUntil) = reader.halves()
      let maximum = reader.number()
      lotMaximum = head >> 9 & 1 == 1 ? maximum : nil
      lotUnit = Int(reader.word())
    }
  }

  func grade(_ facet: UInt32, _ table: FacetTable, _ money: Money, _ setting: Setting) -> Grade {
    guard facet != 0 else {
      var grade = unknown(setting)
      grade.change(on: setting.moneyHolds)
      return grade
    }
    let line = Line(facet, table)
    var grade = compare(line, money, setting)
    if line.lotUntil != Day.none, line.lotUntil >= setting.asOf {
      grade.lapse(after: line.lotUntil)
    }
    grade.change(on: setting.moneyHolds)
    return grade
  }

  /// What the stage's quantity costs at the lowest list price, in CNY; nil while it is not known.
  func total(_ facet: UInt32, _ table: FacetTable, _ money: Money, _ setting: Setting) -> Double? {
    guard facet != 0 else { return nil }
    let line = Line(facet, table)
    guard line.isStated, line.until == Day.none || line.until >= setting.asOf else { return nil }
    return count(line, setting).flatMap { money.cny(line.minimum * $0, line.currency) }
  }

  private func count(_ line: Line, _ setting: Setting) -> Double? {
    switch counts[line.unit] {
    case .known(let count): return count
    case .unknown: return nil
    case .batches:
      guard let maximum = line.lotMaximum, maximum > 0,
        line.lotUntil == Day.none || line.lotUntil >= setting.asOf
      else { return nil }
      let amount = amounts[line.lotUnit]
      return amount.isNaN ? nil : max(1, (amount / maximum).rounded(.up))
    }
  }

  private func compare(_ line: Line, _ money: Money, _ setting: Setting) -> Grade {
    guard line.isStated, line.until == Day.none || line.until >= setting.asOf,
      let count = count(line, setting), line.unit != 0 || isJobKnown,
      let total = money.cny(line.minimum * count, line.currency),
      let limit = line.unit == 0 ? limitForJob : limit
    else { return unknown(setting) }
    var grade = self.grade(total, limit, setting)
    grade.lapse(after: line.until)
    return grade
  }

  private func grade(_ total: Double, _ limit: Double, _ setting: Setting) -> Grade {
    if SpecComparison.atLeast(limit, total) { return .satisfied }
    let gap = (total - limit) / limit
    var grade = Grade(Degree.of(gap: gap, tolerance: 1), .known)
    if strictness == .hard || strictness == .strong,
      let refund = refunds.first(where: {
        ($0.until == Day.none || $0.until >= setting.asOf)
          && SpecComparison.atLeast(limit, total - min(total * $0.share, $0.cap))
      })
    {
      grade.marks.insert(.pendingOther)
      grade.lapse(after: refund.until)
      return grade
    }
    grade.marks.formUnion(
      setting.fail(strictness, gap: gap, groupGap: gap, strongLimit: setting.strongLimit))
    return grade
  }

  private func unknown(_ setting: Setting) -> Grade {
    Grade(prior: setting.prior, strictness == .hard ? .pending : [])
  }
}
