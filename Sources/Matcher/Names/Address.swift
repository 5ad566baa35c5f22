/// Addresses to the district, city or zone they lie in.
public enum Address {
  public enum Outcome: Sendable, Equatable {
    case place(PlaceID)
    /// Several of that name, and nothing that tells which.
    case homonym([PlaceID])
    case unknown
  }

  /// The innermost place that an address names.
  ///
  /// Names are looked for from left to right, the longest first; each must lie inside what stands
  /// before it (广东省深圳市南山区…; in English from the inside out). A homonym is decided by the
  /// other names, else by the place of the park.
  ///
  /// - Parameter park: A text that may name a place around, such as the park's name.
  public static func resolve(_ text: String, corpus: Corpus, around park: String? = nil) -> Outcome
  {
    let folded = corpus.folding.fold(text)
    let names = names(in: folded, corpus)
    if names.isEmpty { return .unknown }
    if let place = settle(names, corpus) { return .place(place) }
    if let park {
      let around = Address.names(in: corpus.folding.fold(park), corpus)
      if !around.isEmpty, let place = settle(around + names, corpus) { return .place(place) }
    }
    let last = names.max { depth($0[0], corpus) < depth($1[0], corpus) } ?? []
    return .homonym(last)
  }

  /// The place's names from the outside in: 广东省/深圳市/南山区.
  public static func path(_ id: PlaceID, _ corpus: Corpus) -> String {
    var parts: [String] = []
    var current: PlaceID? = id
    while let place = current, corpus.places[place].level != "country" {
      parts.insert(corpus.places[place].name.text(.simplified), at: 0)
      current = corpus.places[place].parent
    }
    return parts.joined(separator: "/")
  }

  /// The candidates of each name found, in the order of the text.
  private static func names(in folded: [UInt32], _ corpus: Corpus) -> [[PlaceID]] {
    var found: [[PlaceID]] = []
    corpus.places.scanner.scan(folded, wanted: { _ in true }) { phrase, _ in
      found.append(corpus.places.scanned[phrase])
    }
    return found
  }

  /// The one place that all names agree on, innermost; nil when a homonym stays open.
  private static func settle(_ names: [[PlaceID]], _ corpus: Corpus) -> PlaceID? {
    let places = corpus.places
    let fixed = names.filter { $0.count == 1 }.map { $0[0] }
    var chosen: [PlaceID] = fixed
    for candidates in names where candidates.count > 1 {
      let inside = candidates.filter { candidate in
        fixed.contains { places.contains($0, candidate) || places.contains(candidate, $0) }
      }
      if inside.count == 1 {
        chosen.append(inside[0])
      } else if inside.isEmpty && !fixed.isEmpty {
        continue
      } else if let highest = single(candidates, places) {
        chosen.append(highest)
      }
    }
    // Innermost of those that lie in one another; a name of another place later in the text (a street
    // named after a city) does not count.
    guard let first = chosen.first else { return nil }
    return chosen.filter { $0 == first || places.contains(first, $0) || places.contains($0, first) }
      .max { depth($0, corpus) < depth($1, corpus) }
  }

  /// Of homonyms the one of the highest level, if only one has it.
  private static func single(_ candidates: [PlaceID], _ places: Places) -> PlaceID? {
    let levels = ["area", "country", "region", "city", "district", "zone"]
    let ranked = candidates.map { (levels.firstIndex(of: places[$0].level) ?? 9, $0) }
    guard let best = ranked.map(\.0).min() else { return nil }
    let top = ranked.filter { $0.0 == best }
    return top.count == 1 ? top[0].1 : nil
  }

  private static func depth(_ id: PlaceID, _ corpus: Corpus) -> Int {
    var depth = 0
    var current = corpus.places[id].parent
    while let place = current {
      depth += 1
      current = corpus.places[place].parent
    }
    return depth
  }
}
