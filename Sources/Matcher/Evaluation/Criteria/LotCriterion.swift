/// The demand's quantity against the line's smallest and largest lot, or its capacity in a period.
enum LotCriterion {
  static func evaluate(_ context: EvaluationContext) -> Outcome? {
    guard let asked = context.ask.quantity else { return nil }
    var outcome =
      asked.period == .month || asked.period == .year
      ? capacity(asked, context) : lot(asked, context)
    outcome.weight = context.weight(.lot, asked.strictness)
    outcome.asked = asked.written
    outcome.visibility = asked.visibility
    outcome.provenance = context.line.line.lot.provenance ?? context.line.line.provenance
    return outcome
  }

  private static func lot(_ asked: Quantity, _ context: EvaluationContext) -> Outcome {
    guard let lot = context.line.line.lot.value(on: context.asOf) else {
      return unknown("lot.unstated", asked, context)
    }
    guard
      let amount = context.corpus.registry.units.convert(
        asked.value, from: asked.unit, to: lot.unit)
    else {
      var outcome = unknown("lot.unit", asked, context)
      outcome.has = written(lot)
      outcome.await("lot")
      outcome.hold(until: context.line.line.lot.provenance?.validUntil.map { $0 + 1 })
      return outcome
    }
    var outcome = compare(amount, lot, asked, context)
    outcome.has = written(lot)
    outcome.facts.unit = lot.unit.name
    outcome.hold(until: context.line.line.lot.provenance?.validUntil.map { $0 + 1 })
    return outcome
  }

  private static func compare(
    _ amount: Double, _ lot: Lot, _ asked: Quantity, _ context: EvaluationContext
  ) -> Outcome {
    if let maximum = lot.maximum, !SpecComparison.atLeast(maximum, amount) {
      var outcome = missed(amount, maximum, "lot.above", asked, context)
      if maximum > 0 { outcome.facts.count = Int(min(1e9, (amount / maximum).rounded(.up))) }
      outcome.margin = maximum - amount
      return outcome
    }
    if let minimum = lot.minimum, !SpecComparison.atLeast(amount, minimum) {
      var outcome = missed(amount, minimum, "lot.below", asked, context)
      outcome.margin = amount - minimum
      return outcome
    }
    return Outcome(.lot, .commercial, asked.strictness, .satisfied, Degree(Degree.one), "lot.fits")
  }

  /// Lots are counts and masses: a factor of two is a whole gap.
  private static func missed(
    _ amount: Double, _ limit: Double, _ message: String, _ asked: Quantity,
    _ context: EvaluationContext
  ) -> Outcome {
    let gap = limit > 0 ? Elementary.ln(amount / limit).magnitude / Elementary.ln2 : 1e6
    var outcome = Outcome(
      .lot, .commercial, asked.strictness, .short, Degree(Degree.of(gap: gap, tolerance: 1)),
      message)
    outcome.facts.amount = limit
    outcome.fail(
      gap: gap, share: (amount - limit).magnitude / amount, groupGap: gap, cause: "lot",
      strongLimit: context.policy.strongLimit)
    return outcome
  }

  private static func capacity(_ asked: Quantity, _ context: EvaluationContext) -> Outcome {
    guard let has = context.line.line.capacity.value(on: context.asOf),
      let amount = context.corpus.registry.units.convert(
        asked.value, from: asked.unit, to: has.unit)
    else { return unknown("lot.unstated", asked, context) }
    let perYear: [Quantity.Period: Double] = [.month: 12, .year: 1]
    guard let want = asked.period.flatMap({ perYear[$0] }), let have = perYear[has.period] else {
      return unknown("lot.unstated", asked, context)
    }
    var outcome: Outcome
    if SpecComparison.atLeast(has.value * have, amount * want) {
      outcome = Outcome(
        .lot, .commercial, asked.strictness, .satisfied, Degree(Degree.one), "lot.capacity")
    } else {
      outcome = missed(amount * want, has.value * have, "lot.capacityShort", asked, context)
    }
    outcome.hold(until: context.line.line.capacity.provenance?.validUntil.map { $0 + 1 })
    outcome.has = "\(JSONValue.text(of: has.value)) \(has.unit.name)/\(has.period.rawValue)"
    return outcome
  }

  private static func unknown(
    _ message: String, _ asked: Quantity, _ context: EvaluationContext
  ) -> Outcome {
    Outcome(
      .lot, .commercial, asked.strictness, .unknown,
      Degree(unknownWithPrior: Degree.millionths(context.policy.prior)), message)
  }

  private static func written(_ lot: Lot) -> String {
    let low = lot.minimum.map(JSONValue.text(of:))
    let high = lot.maximum.map(JSONValue.text(of:))
    switch (low, high) {
    case (let low?, let high?): return "\(low)…\(high) \(lot.unit.name)"
    case (let low?, nil): return "≥ \(low) \(lot.unit.name)"
    case (nil, let high?): return "≤ \(high) \(lot.unit.name)"
    case (nil, nil): return ""
    }
  }
}
