import Matcher

/// Named areas, or a distance from a place, against where a line is. As `PlaceCriterion`.
struct PlaceGrader {
  let asked: PlaceRequirement
  private let points: [Coordinate]
  private let from: Coordinate?

  init?(_ stage: ResolvedStage, corpus: Corpus) {
    guard let asked = stage.ask.place,
      !asked.allowedTexts.isEmpty || asked.withinKilometers != nil
    else { return nil }
    self.asked = asked
    let places = corpus.places
    points = asked.allowed.flatMap { id -> [Coordinate] in
      let members = places[id].members.compactMap { places.place($0) }
      return (members.isEmpty ? [id] : members).compactMap { places.coordinate($0) }
    }
    from = asked.of.flatMap { places.coordinate($0) }
  }

  func grade(_ facet: UInt32, _ table: FacetTable, _ setting: Setting) -> Grade {
    guard facet != 0 else { return unknown(setting) }
    var reader = table.reader(facet)
    let head = reader.word()
    let (latitude, longitude) = (reader.number(), reader.number())
    let own =
      head >> 32 & 1 == 1 ? Coordinate(latitude: latitude, longitude: longitude) : nil
    let ordinal = UInt32(truncatingIfNeeded: head)
    if let limit = asked.withinKilometers { return distance(limit, own, setting) }
    guard ordinal != 0, !asked.allowed.isEmpty else { return unknown(setting) }
    let places = setting.corpus.places
    let place = places.id(at: Int(ordinal) - 1)
    if asked.allowed.contains(where: { places.contains($0, place) }) { return .satisfied }
    if asked.allowed.contains(where: { places.contains(place, $0) }) { return unknown(setting) }
    let kilometers = own.flatMap { own in points.map { own.kilometers(to: $0) }.min() }
    return outside(kilometers.map { $0 / setting.placeSpan } ?? 1, .infinity, setting)
  }

  private func distance(_ limit: Double, _ own: Coordinate?, _ setting: Setting) -> Grade {
    guard let from, let own else { return unknown(setting) }
    let kilometers = own.kilometers(to: from)
    guard kilometers > limit else { return .satisfied }
    return outside((kilometers - limit) / limit, setting.strongLimit, setting)
  }

  private func outside(_ gap: Double, _ strongLimit: Double, _ setting: Setting) -> Grade {
    let marks = setting.fail(
      asked.strictness, gap: gap, groupGap: setting.curableGap, strongLimit: strongLimit)
    return Grade(Degree.of(gap: gap, tolerance: 1), marks.union(.known))
  }

  private func unknown(_ setting: Setting) -> Grade {
    Grade(prior: setting.prior, asked.strictness == .hard ? .pending : [])
  }
}
