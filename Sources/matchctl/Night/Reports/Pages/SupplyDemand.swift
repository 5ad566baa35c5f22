import Matcher

/// How many demands and how many service lines there are by sector and city, with small cells put
/// together.
struct SupplyDemand: Sendable, Equatable {
  struct Cell: Sendable, Equatable {
    var demands = SmallCells.Cell()
    var lines = 0

    static func += (left: inout Cell, right: Cell) {
      left.demands += right.demands
      left.lines += right.lines
    }
  }

  /// Codes of sectors and ids of cities; nil stands for all others together.
  var rows: [(sector: String?, cells: [Cell])] = []
  let cities: [String?]

  static func == (left: SupplyDemand, right: SupplyDemand) -> Bool {
    left.cities == right.cities && left.rows.map(\.sector) == right.rows.map(\.sector)
      && left.rows.map(\.cells) == right.rows.map(\.cells)
  }

  /// One thing that is counted; an empty text where it is not said.
  struct Item: Sendable {
    let sector: String
    let city: String
    var demand: SmallCells.Cell?
  }

  /// - Parameter columns: the most cities shown, those with the most of both; the others are together.
  init(_ items: [Item], columns: Int = 8) {
    var sizes: [String: Int] = [:]
    for item in items { sizes[item.city, default: 0] += item.demand == nil ? 1 : 20 }
    let named = sizes.filter { !$0.key.isEmpty }
      .sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
      .prefix(columns).map(\.key)
    cities = named.map(Optional.some) + [nil]
    let place = Dictionary(uniqueKeysWithValues: named.enumerated().map { ($1, $0) })
    var table: [String: [Cell]] = [:]
    for item in items {
      let empty = [Cell](repeating: Cell(), count: cities.count)
      let column = place[item.city] ?? named.count
      if let demand = item.demand {
        table[item.sector, default: empty][column].demands += demand
      } else {
        table[item.sector, default: empty][column].lines += 1
      }
    }
    rows = table.sorted { $0.key < $1.key }.map { ($0.key.isEmpty ? nil : $0.key, $0.value) }
    joinRows { $0.sector == nil }
    protect()
  }

  /// Puts together what may not stand alone: first cells of a row with the row's other cities, then
  /// rows with the other sectors.
  private mutating func protect() {
    for row in rows.indices { SupplyDemand.protect(&rows[row].cells) }
    joinRows { $0.sector == nil || !SupplyDemand.isSafe($0.cells) }
    while let rest = rows.firstIndex(where: { $0.sector == nil }) {
      SupplyDemand.protect(&rows[rest].cells)
      guard !SupplyDemand.isSafe(rows[rest].cells), rows.count > 1 else { return }
      let next = rows.indices.filter { $0 != rest }.min { size($0) < size($1) }
      let sector = next.flatMap { rows[$0].sector }
      joinRows { $0.sector == nil || $0.sector == sector }
    }
  }

  private func size(_ row: Int) -> Int { rows[row].cells.reduce(0) { $0 + $1.demands.count } }

  static func isSafe(_ cells: [Cell]) -> Bool { cells.allSatisfy(\.demands.isSafe) }

  /// Moves what may not stand alone into the last cell, and more until that may.
  private static func protect(_ cells: inout [Cell]) {
    let last = cells.count - 1
    func move(_ place: Int) {
      cells[last] += cells[place]
      cells[place] = Cell()
    }
    for place in 0..<last where !cells[place].demands.isSafe { move(place) }
    while !cells[last].demands.isSafe,
      let next = (0..<last).filter({ cells[$0].demands.count > 0 })
        .min(by: { cells[$0].demands.count < cells[$1].demands.count })
    {
      move(next)
    }
  }

  /// Puts the rows that are wanted into one of no sector, behind the others.
  private mutating func joinRows(_ isWanted: ((sector: String?, cells: [Cell])) -> Bool) {
    let joined = rows.filter(isWanted)
    guard let first = joined.first else { return }
    rows.removeAll(where: isWanted)
    let cells = joined.dropFirst().reduce(into: first.cells) { sum, row in
      for place in sum.indices { sum[place] += row.cells[place] }
    }
    rows.append((nil, cells))
  }
}

extension SupplyDemand {
  /// Counts a run: demands that stand, twins once, by the sector of what they ask and the city of the
  /// enterprise; service lines by what they offer and where they are.
  init(_ view: ReportView) {
    let corpus = view.data.corpus
    func sector(_ services: [ServiceID]) -> String {
      services.first.map { corpus.taxonomy.sector(of: $0) } ?? ""
    }
    func city(_ place: PlaceID?) -> String { place.flatMap { corpus.city($0) } ?? "" }
    var items: [Item] = view.standing.compactMap { group in
      guard let demand = view.data.demands[group.first.id] else { return nil }
      return Item(
        sector: sector(demand.stages.flatMap(\.ask.services)), city: city(demand.enterprisePlace),
        demand: SmallCells.Cell(count: 1, restricted: group.isRestricted ? 1 : 0))
    }
    for platform in view.platforms {
      for line in platform.lines {
        items.append(
          Item(sector: sector(line.services + line.broadServices), city: city(line.site.place)))
      }
    }
    self.init(items)
    let order = Dictionary(
      uniqueKeysWithValues: corpus.sectors.enumerated().map { ($1.code, $0) })
    rows.sort { (order[$0.sector ?? ""] ?? .max) < (order[$1.sector ?? ""] ?? .max) }
  }
}

extension Corpus {
  /// The city a place lies in; the region where it has no cities above it, as Hong Kong.
  func city(_ place: PlaceID) -> String? {
    var current: PlaceID? = place
    var last: String?
    while let id = current {
      let level = places[id].level
      if level == "city" || level == "region" || level == "country" { return places[id].id }
      last = places[id].id
      current = places[id].parent
    }
    return last
  }
}
