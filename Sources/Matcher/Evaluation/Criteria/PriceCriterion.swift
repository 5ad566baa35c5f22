/// The lowest list price for the demand's quantity against its budget, in CNY. A refund never
/// lowers the price.
enum PriceCriterion {
  private enum Units {
    case known(Double)
    /// The price's basis and the demand's quantity do not convert.
    case unknown(String)
  }

  static func evaluate(_ context: EvaluationContext) -> Outcome? {
    guard let budget = context.ask.budget else { return nil }
    var outcome = evaluate(budget, context)
    outcome.weight = context.weight(.price, budget.strictness)
    outcome.asked = budget.written
    outcome.visibility = max(budget.visibility, context.ask.quantity?.visibility ?? .everyone)
    outcome.provenance = context.line.line.price.provenance ?? context.line.line.provenance
    // A price per batch counts the line's lots.
    if case .stated(let lot, let provenance) = context.line.line.lot, lot.maximum != nil,
      let until = provenance.validUntil, until >= context.asOf
    {
      outcome.hold(until: until + 1)
    }
    for rate in context.policy.rates where rate.date > context.asOf {
      outcome.hold(until: rate.date)
    }
    for instrument in context.policy.instruments {
      if let from = instrument.from, from > context.asOf { outcome.hold(until: from) }
    }
    return outcome
  }

  /// What the stage's quantity costs at the lowest list price, in CNY; nil while price, quantity or
  /// basis are not known.
  static func lowestTotal(_ context: EvaluationContext) -> Double? {
    guard let price = context.line.line.price.value(on: context.asOf) else { return nil }
    guard case .known(let count) = units(.ofAnySize, price, context) else { return nil }
    return context.policy.cny(price.minimum * count, currency: price.currency, on: context.asOf)
  }

  private static func evaluate(_ budget: Budget, _ context: EvaluationContext) -> Outcome {
    let line = context.line.line
    guard let price = line.price.value(on: context.asOf) else {
      return unknown("price.unknown", budget, context)
    }
    let count: Double
    switch units(budget, price, context) {
    case .known(let number): count = number
    case .unknown(let message):
      var outcome = unknown(message, budget, context)
      outcome.has = written(price)
      return outcome
    }
    guard let times = budgetTimes(budget, price, context) else {
      return unknown("price.noQuantity", budget, context)
    }
    let most = budget.maximum * times
    guard
      let total = context.policy.cny(
        price.minimum * count, currency: price.currency, on: context.asOf),
      let limit = context.policy.cny(most, currency: budget.currency, on: context.asOf)
    else { return unknown("price.noRate", budget, context) }
    var outcome = compare(total, limit, budget, context)
    outcome.has = written(price)
    outcome.facts.amount = total
    outcome.facts.other = limit
    outcome.margin = limit - total
    outcome.hold(until: line.price.provenance?.validUntil.map { $0 + 1 })
    if price.tax == nil { outcome.notes.append("price.taxUnstated") }
    return outcome
  }

  private static func compare(
    _ total: Double, _ limit: Double, _ budget: Budget, _ context: EvaluationContext
  ) -> Outcome {
    if SpecComparison.atLeast(limit, total) {
      return Outcome(
        .price, .commercial, budget.strictness, .satisfied, Degree(Degree.one), "price.fits")
    }
    let gap = (total - limit) / limit
    let degree = Degree.of(gap: gap, tolerance: 1)
    var outcome = Outcome(
      .price, .commercial, budget.strictness, .short, Degree(degree), "price.over")
    let decides = budget.strictness == .hard || budget.strictness == .strong
    if decides, let refund = refund(total, limit, context) {
      outcome.message = "price.refund"
      outcome.gap = gap
      outcome.facts.instrument = refund.id
      outcome.hold(until: refund.until.map { $0 + 1 })
      outcome.pending = "refund"
      return outcome
    }
    outcome.fail(
      gap: gap, groupGap: gap, cause: "price", strongLimit: context.policy.strongLimit)
    return outcome
  }

  /// The instrument whose refund would bring the price within the budget; only one in force with a
  /// stated share computes.
  private static func refund(
    _ total: Double, _ limit: Double, _ context: EvaluationContext
  ) -> Policy.Instrument? {
    guard let home = context.stage.demand.enterprisePlace else { return nil }
    return context.policy.instruments.first { instrument in
      guard instrument.inForce, let share = instrument.share, let place = instrument.place,
        context.corpus.places.contains(place, home),
        instrument.from.map({ $0 <= context.asOf }) ?? true,
        instrument.until.map({ $0 >= context.asOf }) ?? true
      else { return false }
      let refund = min(total * share, instrument.cap ?? .infinity)
      return SpecComparison.atLeast(limit, total - refund)
    }
  }

  /// How often a budget per unit counts: once against a price per unit, × quantity against a total.
  private static func budgetTimes(
    _ budget: Budget, _ price: Price, _ context: EvaluationContext
  ) -> Double? {
    guard budget.basis == .unit, price.unit == nil else { return 1 }
    if let quantity = budget.quantity { return quantity }
    guard let asked = context.ask.quantity else { return nil }
    guard let own = budget.unit else { return asked.value }
    guard own.quantity == asked.unit.quantity else { return nil }
    return context.corpus.registry.units.convert(asked.value, from: asked.unit, to: own)
  }

  /// How many of the price's units one side of the comparison counts: one for a budget per unit.
  private static func units(_ budget: Budget, _ price: Price, _ context: EvaluationContext) -> Units
  {
    guard let unit = price.unit else { return .known(1) }
    let units = context.corpus.registry.units
    if budget.basis == .unit {
      guard let own = budget.unit else { return .known(1) }
      if own.quantity == unit.quantity, let one = units.convert(1, from: own, to: unit) {
        return .known(one)
      }
      return .unknown("price.basis")
    }
    if let quantity = budget.quantity, budget.unit == nil { return .known(quantity) }
    let asked =
      budget.quantity.flatMap { value in budget.unit.map { (value, $0) } }
      ?? context.ask.quantity.map { ($0.value, $0.unit) }
    guard let (value, own) = asked else { return .unknown("price.noQuantity") }
    if own.quantity == unit.quantity, let count = units.convert(value, from: own, to: unit) {
      return .known(count)
    }
    return unit.quantity == "lot_batch" ? batches(value, own, context) : .unknown("price.basis")
  }

  /// A price per batch: as many batches as the line's largest lot needs.
  private static func batches(
    _ value: Double, _ own: Matcher.Units.Unit, _ context: EvaluationContext
  ) -> Units {
    guard let lot = context.line.line.lot.value(on: context.asOf), let maximum = lot.maximum,
      maximum > 0,
      let amount = context.corpus.registry.units.convert(value, from: own, to: lot.unit)
    else { return .unknown("price.basis") }
    return .known(max(1, (amount / maximum).rounded(.up)))
  }

  private static func unknown(
    _ message: String, _ budget: Budget, _ context: EvaluationContext
  ) -> Outcome {
    var outcome = Outcome(
      .price, .commercial, budget.strictness, .unknown,
      Degree(unknownWithPrior: Degree.millionths(context.policy.prior)), message)
    outcome.await("price")
    return outcome
  }

  private static func written(_ price: Price) -> String {
    let low = JSONValue.text(of: price.minimum)
    let high = price.maximum.map { "–" + JSONValue.text(of: $0) } ?? ""
    let basis = price.unitText.isEmpty ? "" : "/\(price.unitText)"
    return "\(low)\(high) \(price.currency)\(basis)"
  }
}

extension Budget {
  /// A budget for the whole job that asks nothing: what a price comes to whatever the budget.
  package static let ofAnySize = Budget(
    maximum: 1, currency: "CNY", basis: .total, quantity: nil, unit: nil, strictness: .info,
    written: "")
}
