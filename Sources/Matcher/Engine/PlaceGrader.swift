import Matcher
import Synchronization

/// Named areas, or a distance from a place, against where a line is. As `PlaceCriterion`.
final class PlaceGrader: Sendable {
  let asked: PlaceRequirement
  private let targets: [PlaceID]
  private let home: PlaceDistances
  /// By place facet of the home index: km to the nearest allowed place, or to the place asked; NaN
  /// without a point.
  private let kilometers: [Double]

  init?(_ stage: ResolvedStage, _ distances: PlaceDistances, _ setting: Setting) {
    guard let asked = stage.ask.place,
      !asked.allowedTexts.isEmpty || asked.withinKilometers != nil
    else { return nil }
    self.asked = asked
    let places = setting.corpus.places
    targets =
      asked.withinKilometers != nil
      ? asked.of.map { [$0] } ?? []
      : asked.allowed.flatMap { id -> [PlaceID] in
        let members = places[id].members.compactMap { places.place($0) }
        return members.isEmpty ? [id] : members
      }
    home = distances
    kilometers = distances.nearest(targets)
  }

  /// What its grades rest on.
  var content: CriterionContent {
    var content = CriterionContent(4, family: Family.place.rawValue, asked.strictness)
    content.add(asked.withinKilometers)
    content.add(asked.allowed)
    content.add(targets)
    return content
  }

  func grade(
    _ facet: UInt32, _ table: FacetTable, _ distances: PlaceDistances, _ setting: Setting
  ) -> Grade {
    guard facet != 0 else { return unknown(setting) }
    var reader = table.reader(facet)
    let head = reader.word()
    let ordinal = UInt32(truncatingIfNeeded: head)
    if let limit = asked.withinKilometers {
      let own = kilometers(facet, distances)
      guard !own.isNaN else { return unknown(setting) }
      guard own > limit else { return .satisfied }
      return outside((own - limit) / limit, setting.strongLimit, setting)
    }
    guard ordinal != 0, !asked.allowed.isEmpty else { return unknown(setting) }
    let places = setting.corpus.places
    let place = places.id(at: Int(ordinal) - 1)
    if asked.allowed.contains(where: { places.contains($0, place) }) { return .satisfied }
    if asked.allowed.contains(where: { places.contains(place, $0) }) { return unknown(setting) }
    let own = kilometers(facet, distances)
    return outside(own.isNaN ? 1 : own / setting.placeSpan, .infinity, setting)
  }

  private func kilometers(_ facet: UInt32, _ distances: PlaceDistances) -> Double {
    distances === home ? kilometers[Int(facet)] : distances.nearest(targets, facet)
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

/// Distances from the places of an index's lines to places that demands name, worked out once each.
final class PlaceDistances: Sendable {
  private let points: [Coordinate?]
  private let places: Places
  private let known = Mutex<[PlaceID: [Double]]>([:])

  init(_ index: LineIndex, corpus: Corpus) {
    let table = index.table(Family.place.rawValue)
    points = (0..<UInt32(table.count)).map { facet in
      guard facet != 0 else { return nil }
      var reader = table.reader(facet)
      guard reader.word() >> 32 & 1 == 1 else { return nil }
      return Coordinate(latitude: reader.number(), longitude: reader.number())
    }
    places = corpus.places
  }

  /// By place facet: km to the nearest of some places; NaN where either has no point.
  func nearest(_ some: [PlaceID]) -> [Double] {
    var nearest = [Double](repeating: .nan, count: points.count)
    for place in some {
      for (facet, distance) in distances(to: place).enumerated() where !distance.isNaN {
        if nearest[facet].isNaN || distance < nearest[facet] { nearest[facet] = distance }
      }
    }
    return nearest
  }

  /// The same for one facet.
  func nearest(_ some: [PlaceID], _ facet: UInt32) -> Double {
    var nearest = Double.nan
    for place in some {
      let distance = distances(to: place)[Int(facet)]
      if nearest.isNaN || distance < nearest { nearest = distance }
    }
    return nearest
  }

  private func distances(to place: PlaceID) -> [Double] {
    if let known = known.withLock({ $0[place] }) { return known }
    let target = places.coordinate(place)
    let distances = points.map { point in
      guard let point, let target else { return Double.nan }
      return point.kilometers(to: target)
    }
    known.withLock { $0[place] = distances }
    return distances
  }
}
