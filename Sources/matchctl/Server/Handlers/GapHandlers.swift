import Ledger
import Matcher

/// Supply and demand by sector and city.
enum GapHandlers {
  private struct Cell: Hashable {
    let sector: String
    let city: String
  }

  private struct Counts {
    var lines = 0
    var demands = 0
    var sealedDemands = 0
  }

  /// Cells of fewer demands than this that restricted ones are among show no count.
  private static let smallest = 3

  static func gaps(_ call: Call) throws -> Reply {
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
        ("cells", .array(rows.map { json($0.key, $0.value, call) })), ("unmatched", .array([])),
        ("as_of", .string("\(call.standing.asOf)")),
        ("generation", .integer(Int(call.standing.generation))),
      ]))
  }

  private static func cells(_ stage: Stage, _ demand: Demand, _ call: Call) -> [Cell] {
    let taxonomy = call.standing.corpus.taxonomy
    let place = stage.ask.place.flatMap {
      $0.visibility == .everyone ? $0.of ?? $0.allowed.first : nil
    }
    let city = city(place ?? demand.enterprisePlace, call)
    return Set(stage.ask.services.map(taxonomy.sector)).map { Cell(sector: $0, city: city) }
  }

  private static func city(_ place: PlaceID?, _ call: Call) -> String {
    let places = call.standing.corpus.places
    return place.map { places.shortName(SectorCity.city(of: $0, places), call.language) } ?? ""
  }

  private static func json(_ cell: Cell, _ counts: Counts, _ call: Call) -> JSONValue {
    let sectors = call.standing.corpus.sectors
    let name = sectors.first { $0.code == cell.sector }?.name.text(call.language) ?? cell.sector
    let isMerged = counts.sealedDemands > 0 && counts.demands < smallest
    return .object(
      JSONObject([
        ("sector", .string(cell.sector)), ("sector_name", .string(name)),
        ("city", .string(cell.city)), ("lines", .integer(counts.lines)),
        ("demands", isMerged ? .null : .integer(counts.demands)), ("unmatched", .null),
        ("merged", .bool(isMerged)),
      ]))
  }
}
