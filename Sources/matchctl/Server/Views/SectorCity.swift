import Matcher

/// Where lines and demands are, city by city.
enum SectorCity {
  /// The city a place lies in; a region or country where it is in no city.
  static func city(of place: PlaceID, _ places: Places) -> PlaceID {
    var current = place
    while !["city", "region", "country"].contains(places[current].level),
      let parent = places[current].parent
    {
      current = parent
    }
    return current
  }

  /// What the city is called, without the province it lies in.
  static func name(of place: PlaceID, _ places: Places, _ language: Language) -> String {
    places[city(of: place, places)].name.text(language)
  }
}
