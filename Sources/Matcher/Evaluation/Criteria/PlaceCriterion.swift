/// Named areas, or a distance from a place.
enum PlaceCriterion {
  static func evaluate(_ context: EvaluationContext) -> Outcome? {
    guard let asked = context.ask.place,
      !asked.allowedTexts.isEmpty || asked.withinKilometers != nil
    else { return nil }
    var outcome = evaluate(asked, context)
    outcome.weight = context.weight(.place, asked.strictness)
    outcome.has = context.line.line.site.placeText
    outcome.asked = asked.allowedTexts.joined(separator: ", ")
    outcome.visibility = asked.visibility
    outcome.facts.other = asked.withinKilometers
    outcome.provenance = context.line.line.provenance
    return outcome
  }

  private static func evaluate(_ asked: PlaceRequirement, _ context: EvaluationContext) -> Outcome {
    if let limit = asked.withinKilometers { return distance(limit, asked, context) }
    let places = context.corpus.places
    guard let place = context.line.line.site.place, !asked.allowed.isEmpty else {
      return unknown(asked, context)
    }
    if asked.allowed.contains(where: { places.contains($0, place) }) {
      return Outcome(
        .place, .commercial, asked.strictness, .satisfied, Degree(Degree.one), "place.inside")
    }
    if asked.allowed.contains(where: { places.contains(place, $0) }) {
      return unknown(asked, context)
    }
    return outside(nearest(asked.allowed, context), asked, context)
  }

  /// The distance to the nearest allowed place, in km.
  private static func nearest(_ allowed: [PlaceID], _ context: EvaluationContext) -> Double? {
    guard let own = context.line.line.site.coordinate else { return nil }
    let places = context.corpus.places
    let points = allowed.flatMap { id -> [Coordinate] in
      let members = places[id].members.compactMap { places.place($0) }
      return (members.isEmpty ? [id] : members).compactMap { places.coordinate($0) }
    }
    return points.map { own.kilometers(to: $0) }.min()
  }

  private static func outside(
    _ kilometers: Double?, _ asked: PlaceRequirement, _ context: EvaluationContext
  ) -> Outcome {
    let gap = kilometers.map { $0 / context.policy.placeSpanKilometers } ?? 1
    var outcome = Outcome(
      .place, .commercial, asked.strictness, .short, Degree(Degree.of(gap: gap, tolerance: 1)),
      kilometers == nil ? "place.outside" : "place.outsideBy")
    outcome.facts.amount = kilometers
    outcome.margin = kilometers.map { -$0 }
    outcome.fail(
      gap: gap, groupGap: context.policy.curableGap, cause: "place", strongLimit: .infinity)
    return outcome
  }

  private static func distance(
    _ limit: Double, _ asked: PlaceRequirement, _ context: EvaluationContext
  ) -> Outcome {
    guard let from = asked.of.flatMap({ context.corpus.places.coordinate($0) }),
      let own = context.line.line.site.coordinate
    else { return unknown(asked, context) }
    let kilometers = own.kilometers(to: from)
    var outcome = Outcome(
      .place, .commercial, asked.strictness, .satisfied, Degree(Degree.one), "place.near")
    outcome.facts.amount = kilometers
    outcome.margin = limit - kilometers
    if kilometers > limit {
      let gap = (kilometers - limit) / limit
      outcome.state = .short
      outcome.message = "place.far"
      outcome.degree = Degree(Degree.of(gap: gap, tolerance: 1))
      outcome.fail(
        gap: gap, groupGap: context.policy.curableGap, cause: "place",
        strongLimit: context.policy.strongLimit)
    }
    return outcome
  }

  private static func unknown(_ asked: PlaceRequirement, _ context: EvaluationContext) -> Outcome {
    var outcome = Outcome(
      .place, .commercial, asked.strictness, .unknown,
      Degree(unknownWithPrior: Degree.millionths(context.policy.prior)), "place.unknown")
    outcome.await("place")
    return outcome
  }
}
