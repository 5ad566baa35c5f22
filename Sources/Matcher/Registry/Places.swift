/// A place as a dense number inside one corpus.
public struct PlaceID: Hashable, Sendable, Comparable {
  public let ordinal: Int32

  public static func < (left: PlaceID, right: PlaceID) -> Bool {
    left.ordinal < right.ordinal
  }
}

/// A point on the earth in degrees.
public struct Coordinate: Sendable, Equatable {
  public let latitude: Double
  public let longitude: Double

  public init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
  }

  /// The great-circle distance in km, rounded to 0.1 km.
  ///
  /// - Note: Haversine formula on a sphere of 6371.0088 km (mean earth radius, IUGG).
  public func kilometers(to other: Coordinate) -> Double {
    let radian = Elementary.pi / 180
    let sinLatitude = Elementary.sin((other.latitude - latitude) * radian / 2)
    let sinLongitude = Elementary.sin((other.longitude - longitude) * radian / 2)
    let h =
      sinLatitude * sinLatitude
      + Elementary.cos(latitude * radian) * Elementary.cos(other.latitude * radian)
      * sinLongitude * sinLongitude
    let distance = 2 * 6371.0088 * Elementary.asin(h.squareRoot())
    return Elementary.rounded(distance * 10) / 10
  }
}

/// Countries, regions, cities, districts, zones, and named areas of several places.
public struct Places: Sendable {
  public struct Place: Sendable {
    public let id: String
    public let level: String
    public let parent: PlaceID?
    public let name: LocalizedName
    public let coordinate: Coordinate?
    /// The official order of cities; 0 where there is none.
    public let order: Int
    /// The places of a named area; empty for an ordinary place.
    public let members: [String]
  }

  public private(set) var all: [Place] = []
  private var byID = NameTable<PlaceID>()
  private var byName = NameTable<[PlaceID]>()
  /// Finds names of places inside a text; `scanned` holds the places of each phrase.
  private(set) var scanner = PhraseFinder()
  private(set) var scanned: [[PlaceID]] = []

  init() {}

  mutating func add(_ place: Place, aliases: [String], fold: Folding) -> Bool {
    let id = PlaceID(ordinal: Int32(all.count))
    guard byID.insert(place.id, id) else { return false }
    all.append(place)
    for name in place.name.all + aliases {
      fold.withName(name) { byName[$0, default: []].appendOnce(id) }
      addPhrase(fold.fold(name), id)
    }
    return true
  }

  /// One Han character alone (粤, 深) is too little to be a place inside a text.
  private mutating func addPhrase(_ name: [UInt32], _ id: PlaceID) {
    guard name.count >= 2 else { return }
    let phrase = scanner.addOnce(name)
    if phrase == scanned.count { scanned.append([]) }
    scanned[phrase].appendOnce(id)
  }

  public subscript(id: PlaceID) -> Place {
    all[Int(id.ordinal)]
  }

  /// The place at a place of `all`.
  package func id(at place: Int) -> PlaceID {
    PlaceID(ordinal: Int32(place))
  }

  public func place(_ id: String) -> PlaceID? {
    byID[id]
  }

  /// Whether `inner` is `outer` or lies inside it; a named area contains what its members contain.
  public func contains(_ outer: PlaceID, _ inner: PlaceID) -> Bool {
    let area = self[outer].members
    if !area.isEmpty {
      return area.contains { member in byID[member].map { contains($0, inner) } ?? false }
    }
    var current: PlaceID? = inner
    while let place = current {
      if place == outer { return true }
      current = self[place].parent
    }
    return false
  }

  /// The coordinate of a place, else of the nearest place around it that has one.
  public func coordinate(_ id: PlaceID) -> Coordinate? {
    var current: PlaceID? = id
    while let place = current {
      if let coordinate = self[place].coordinate { return coordinate }
      current = self[place].parent
    }
    return nil
  }

  /// Every name of which one place is the highest; homonyms of one level have none.
  func eachName(_ body: (String, PlaceID) -> Void) {
    byName.forEach { name, candidates in
      if let place = highest(candidates) { body(name, place) }
    }
  }

  /// The places of that name, in file order: several for a homonym, none for an unknown name.
  func places(named text: String, fold: Folding) -> [PlaceID] {
    byID[text].map { [$0] } ?? fold.withName(text) { byName[$0] } ?? []
  }

  /// Resolves a path of names from outer to inner (`广东/深圳/坪山`), or one name, to one place.
  ///
  /// A homonym is decided by the other parts of the path; a part that is unknown is skipped. The
  /// innermost part that is known gives the place. Without any other part a homonym gives the place
  /// of the highest level, if only one has it.
  func resolve(_ path: [String], fold: Folding) -> PlaceID? {
    var known: PlaceID?
    for part in path where !part.isEmpty {
      let candidates = places(named: part, fold: fold)
      if let outer = known {
        let inside = candidates.filter { contains(outer, $0) }
        if let best = highest(inside) { known = best }
      } else {
        known = highest(candidates)
      }
    }
    return known
  }

  private func highest(_ candidates: [PlaceID]) -> PlaceID? {
    if candidates.count == 1 { return candidates[0] }
    let levels = ["area", "country", "region", "city", "district", "zone"]
    let ranked = candidates.map { (levels.firstIndex(of: self[$0].level) ?? 9, $0) }
    guard let best = ranked.map(\.0).min() else { return nil }
    let top = ranked.filter { $0.0 == best }
    return top.count == 1 ? top[0].1 : nil
  }

  /// Whether the place lies in mainland China, Hong Kong or Macao; nil when it is not known that
  /// far.
  func isInside(_ id: PlaceID) -> Bool? {
    var current: PlaceID? = id
    while let place = current {
      let code = self[place].id
      if code == "tw" || code == "cn.tw" { return false }
      if code == "cn" || code == "hk" || code == "mo" { return true }
      if self[place].level == "country" { return false }
      current = self[place].parent
    }
    return nil
  }
}
