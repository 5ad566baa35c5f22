import Ledger
import Matcher

/// Supply and demand by sector and city.
enum GapHandlers {
  struct Cell: Hashable {
    let sector: String
    let city: String
  }

  private struct Counts {
    var lines = 0
    var demands = 0
    var sealedDemands = 0
  }

  static func gaps(_ call: Call, _ services: Services) async throws -> Reply {
    let shelf = services.runs
    let run = try await services.read { try shelf.run("latest", $0) }
    let file = try await Blocking.run { run.flatMap { shelf.bytes("unmatched.jsonl", of: $0) } }
    let unmatched = try file.map { try UnmatchedCounts($0, call) }
    let corpus = call.standing.corpus
    var cells: [Cell: Counts] = [:]
    for platform in call.standing.lines.platforms.values where !platform.synthetic {
      for line in platform.lines {
        let city = city(line.site.place, call)
        for sector in Set(line.services.map(corpus.taxonomy.sector)) {
          cells[Cell(sector: sector, city: city), default: Counts()].lines += 1
        }
      }
    }
    for id in call.standing.demandIDs {
      try Blocking.check()
      guard let demand = call.standing.demands[id]?.demand, !demand.synthetic else { continue }
      let isSealed = SealedRecord.hidesWords(demand.stated.object ?? JSONObject())
      for cell in Set(demand.stages.flatMap { self.cells($0, demand, call) }) {
        cells[cell, default: Counts()].demands += 1
        if isSealed { cells[cell, default: Counts()].sealedDemands += 1 }
      }
    }
    let wanted = call.word("sector")
    let rows = cells.filter { wanted == nil || $0.key.sector == wanted }
      .sorted { ($0.key.sector, $0.key.city) < ($1.key.sector, $1.key.city) }
    return .json(
      JSONObject([
        ("cells", .array(rows.map { json($0.key, $0.value, unmatched, call) })),
        ("unmatched", .array(unmatched?.json(call) ?? [])),
        ("run", unmatched == nil ? .null : run.map { .string($0.id) } ?? .null),
        ("as_of", .string("\(call.standing.asOf)")),
        ("generation", .integer(Int(call.standing.generation))),
      ]))
  }

  /// Where a stage's demand counts: each of its sectors, in its city.
  static func cells(_ stage: Stage, _ demand: Demand, _ call: Call) -> [Cell] {
    let taxonomy = call.standing.corpus.taxonomy
    let place = stage.ask.place.flatMap {
      $0.visibility == .everyone ? $0.of ?? $0.allowed.first : nil
    }
    let city = city(place ?? demand.enterprisePlace, call)
    return Set(stage.ask.services.map(taxonomy.sector)).map { Cell(sector: $0, city: city) }
  }

  private static func city(_ place: PlaceID?, _ call: Call) -> String {
    let places = call.standing.corpus.places
    return place.map { SectorCity.name(of: $0, places, call.language) } ?? ""
  }

  private static func json(
    _ cell: Cell, _ counts: Counts, _ unmatched: UnmatchedCounts?, _ call: Call
  ) -> JSONValue {
    let sectors = call.standing.corpus.sectors
    let name = sectors.first { $0.code == cell.sector }?.name.text(call.language) ?? cell.sector
    let isMerged = counts.sealedDemands > 0 && counts.demands < UnmatchedCounts.smallest
    let without = unmatched?.cells[cell] ?? UnmatchedCounts.Count()
    // What is left of a count says as much as the count.
    let matched = counts.demands - without.all
    let isSaid =
      !isMerged
      && (counts.sealedDemands == 0
        || without.isSafe && !(1..<UnmatchedCounts.smallest).contains(matched))
    return .object(
      JSONObject([
        ("sector", .string(cell.sector)), ("sector_name", .string(name)),
        ("city", .string(cell.city)), ("lines", .integer(counts.lines)),
        ("demands", isMerged ? .null : .integer(counts.demands)),
        ("unmatched", unmatched != nil && isSaid ? .integer(without.all) : .null),
        ("merged", .bool(isMerged)),
      ]))
  }
}
