import Matcher
import RecordFiles

/// The words of the field: keys, services, places, fields of lists, parts of the score.
enum RegistryHandlers {
  static let all: [String: Handler] = [
    "keys": { call, _ in try keys(call) }, "services": { call, _ in try services(call) },
    "sectors": { call, _ in try sectors(call) }, "places": { call, _ in try places(call) },
    "fields": { call, _ in try fields(call) }, "parts": { call, _ in try parts(call) },
    "distances": { call, _ in try distances(call) },
    "template": { call, _ in try template(call) },
  ]

  /// A page of those whose texts hold the words searched for.
  private static func page(_ entries: [(texts: [String], json: JSONObject)], _ call: Call) throws
    -> Reply
  {
    let query = call.word("q").map { $0.lowercased() } ?? ""
    let kept = entries.filter { entry in
      query.isEmpty || entry.texts.contains { $0.lowercased().contains(query) }
    }
    return .json(try Page.of(kept.map { .object($0.json) }, call))
  }

  private static func texts(_ name: LocalizedName) -> [String] {
    [name.simplified, name.traditional, name.english]
  }

  private static func keys(_ call: Call) throws -> Reply {
    let corpus = call.standing.corpus
    let sector = call.word("sector")
    let keys = corpus.registry.keys.filter { key in
      sector.map { key.sectors.contains($0) } ?? true
    }
    return try page(
      keys.map { key in
        (
          [key.id] + texts(key.name) + key.aliases,
          JSONObject(stating: [
            ("id", .string(key.id)), ("name", .string(key.name.text(call.language))),
            ("sector", key.sectors.first.map { .string($0) }), ("unit", .string(key.unit)),
            ("kind", .string(key.kind.rawValue)),
            ("direction", .string(key.direction.rawValue)),
            ("terms", .array(terms(key, call))),
          ])
        )
      }, call)
  }

  private static func terms(_ key: SpecKey, _ call: Call) -> [JSONValue] {
    call.standing.corpus.registry.terms(of: key, call.language).map { term in
      .object(JSONObject([("id", .string(term.id)), ("name", .string(term.name))]))
    }
  }

  private static func services(_ call: Call) throws -> Reply {
    let taxonomy = call.standing.corpus.taxonomy
    let sector = call.word("sector")
    let nodes = taxonomy.nodes.indices.filter { place in
      sector.map { taxonomy.sector(of: taxonomy.id(at: place)) == $0 } ?? true
    }
    return try page(
      nodes.map { place in
        let node = taxonomy.nodes[place]
        return (
          [node.code] + texts(node.name) + node.aliases,
          JSONObject([
            ("id", .string(node.code)), ("name", .string(node.name.text(call.language))),
            ("parent", node.parent.isEmpty ? .null : .string(node.parent)),
            ("level", .string(node.level.rawValue)),
            ("sector", .string(taxonomy.sector(of: taxonomy.id(at: place)))),
          ])
        )
      }, call)
  }

  private static func sectors(_ call: Call) throws -> Reply {
    try page(
      call.standing.corpus.sectors.map { sector in
        (
          [sector.code] + texts(sector.name),
          JSONObject([
            ("id", .string(sector.code)), ("name", .string(sector.name.text(call.language))),
          ])
        )
      }, call)
  }

  private static func places(_ call: Call) throws -> Reply {
    let places = call.standing.corpus.places
    return try page(
      places.all.map { place in
        (
          [place.id] + texts(place.name),
          JSONObject(stating: [
            ("id", .string(place.id)), ("name", .string(place.name.text(call.language))),
            ("level", .string(place.level)),
            ("parent", place.parent.map { .string(places[$0].id) } ?? .null),
            ("lat", place.coordinate.map { .number($0.latitude) }),
            ("lon", place.coordinate.map { .number($0.longitude) }),
          ])
        )
      }, call)
  }

  private static func fields(_ call: Call) throws -> Reply {
    try page(
      ListField.allCases.map { field in
        let name = call.standing.corpus.texts.text("list.field.\(field.rawValue)", call.language)
        return (
          [field.rawValue, name],
          JSONObject([("id", .string(field.rawValue)), ("name", .string(name))])
        )
      }, call)
  }

  private static func parts(_ call: Call) throws -> Reply {
    let corpus = call.standing.corpus
    return try page(
      Policy.Part.allCases.map { part in
        let name = corpus.texts.text("part.\(part.rawValue)", call.language)
        return (
          [part.rawValue, name],
          JSONObject([
            ("id", .string(part.rawValue)), ("name", .string(name)),
            ("weight", .integer(corpus.policy.weights[part] ?? 0)),
          ])
        )
      }, call)
  }

  /// Cities with lines by their distance from a place, nearest first.
  private static func distances(_ call: Call) throws -> Reply {
    let places = call.standing.corpus.places
    let from = call.word("from") ?? ""
    let named =
      places.all.first { $0.id == from || texts($0.name).contains(from) }
      ?? places.all.first { $0.level == "city" && texts($0.name).contains { $0.hasPrefix(from) } }
    guard let named, let home = places.place(named.id).flatMap(places.coordinate) else {
      throw APIError.notFound
    }
    var cities: [PlaceID: Int] = [:]
    for platform in call.standing.lines.platforms.values {
      for line in platform.lines {
        if let city = line.site.place.map({ SectorCity.city(of: $0, places) }) {
          cities[city, default: 0] += 1
        }
      }
    }
    let rows = cities.compactMap { city, lines in
      places.coordinate(city).map { (city, home.kilometers(to: $0), lines) }
    }.sorted { ($0.1, places[$0.0].id) < ($1.1, places[$1.0].id) }
    return .json(
      JSONObject([
        ("from", .string(named.name.text(call.language))),
        (
          "cities",
          .array(
            rows.map { city, km, lines in
              .object(
                JSONObject([
                  ("place", .string(places[city].id)),
                  ("name", .string(SectorCity.name(of: city, places, call.language))),
                  ("km", .number(km)), ("lines", .integer(lines)),
                ]))
            })
        ),
      ]))
  }

  private static func template(_ call: Call) throws -> Reply {
    let corpus = call.standing.corpus
    let template = ListTemplate(corpus: corpus, language: call.language, list: .demands)
    return .file(template.workbook(), type: FileType.workbook, name: "demands.xlsx")
  }
}

/// Media types of files for download.
enum FileType {
  static let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  static let bytes = "application/octet-stream"
}
