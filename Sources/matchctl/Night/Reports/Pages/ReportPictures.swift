import Matcher

/// The pictures of the morning report.
struct ReportPictures {
  let view: ReportView
  let words: ReportWords

  private static let green = "#2c7a57"
  private static let blue = "#2469a8"
  private static let amber = "#d08a1f"
  private static let gray = "#8a97a5"
  private static let red = "#a83a3a"

  private func facts(_ unit: String) -> String { words.facts(view.data, unit: words.text(unit)) }

  // MARK: Verdicts

  /// Demands that stand, how many have at least a close line, one that may fit, one that fits.
  var funnel: String {
    let groups = view.standing
    let order: [Verdict] = [.full, .potential, .nearMiss, .conflict]
    let cells = order.map { verdict in
      let own = groups.filter { ($0.verdict ?? .conflict) == verdict }
      return SmallCells.Cell(count: own.count, restricted: own.count(where: \.isRestricted))
    }
    let ids = ["report.funnel.full", "report.funnel.potential", "report.funnel.near"]
    let colors = [ReportPictures.green, ReportPictures.blue, ReportPictures.amber]
    var bars: [(label: String, count: Int, shown: String, color: String)] = []
    // Each bar ends where a run of verdicts ends that may be told apart.
    for run in SmallCells.merged(cells).reversed() {
      let last = run.upperBound - 1
      let count = cells[...last].reduce(0) { $0 + $1.count }
      let isAll = last == order.count - 1
      let small = isAll && count > 0 && !cells.reduce(into: SmallCells.Cell(), { $0 += $1 }).isSafe
      bars.append(
        (
          words.text(isAll ? "report.funnel.all" : ids[last]), count,
          small ? words.text("report.fewer") : shown(count, of: groups.count),
          isAll ? ReportPictures.gray : colors[last]
        ))
    }
    let title = words.text("report.funnel")
    return Picture.figure(
      title, Picture.bars(bars, label: title), facts: facts("report.unit.demands"))
  }

  private func shown(_ count: Int, of all: Int) -> String {
    guard all > 0, count < all else { return String(count) }
    return "\(count) (\(IndicatorFigure.percent(IndicatorFigure.permille(count, of: all))))"
      .replacing(" %", with: "%")
  }

  // MARK: Changes

  var changes: String {
    let order: [(NightChange.Kind, String)] = [
      (.new, ReportPictures.green), (.risen, ReportPictures.blue),
      (.fallen, ReportPictures.amber), (.lost, ReportPictures.red),
    ]
    let cells = order.map { kind, _ in cell { $0.kind == kind } }
    let bars = SmallCells.merged(cells).map { run in
      bar(
        order[run].map { words.changeKind($0.0) }.joined(separator: " + "), cells[run],
        order[run.lowerBound].1)
    }
    let title = words.text("report.changes.picture")
    return Picture.figure(
      title, Picture.bars(bars, label: title), facts: facts("report.unit.pairs"))
  }

  /// By what did it; a change with several causes counts for each.
  var causes: String {
    let kinds = NightCause.Kind.allCases.filter { kind in
      view.changes.contains { $0.causes.contains { $0.kind == kind } }
    }
    guard !kinds.isEmpty else { return "" }
    let cells = kinds.map { kind in cell { $0.causes.contains { $0.kind == kind } } }
    let bars = SmallCells.merged(cells).map { run in
      bar(
        kinds[run].map { words.text("report.causeKind.\($0.rawValue)") }.joined(separator: " + "),
        cells[run], ReportPictures.gray)
    }
    let title = words.text("report.causes.picture")
    return Picture.figure(
      title, Picture.bars(bars, label: title), facts: facts("report.unit.pairs"))
  }

  private func cell(_ isWanted: (NightChange) -> Bool) -> SmallCells.Cell {
    let own = view.changes.filter(isWanted)
    return SmallCells.Cell(
      count: own.count, restricted: own.count { view.restricted.contains($0.pair.demand) })
  }

  private func bar(
    _ label: String, _ cells: ArraySlice<SmallCells.Cell>, _ color: String
  ) -> (label: String, count: Int, shown: String, color: String) {
    let sum = cells.reduce(into: SmallCells.Cell()) { $0 += $1 }
    return (label, sum.count, sum.isSafe ? String(sum.count) : words.text("report.fewer"), color)
  }

  // MARK: Supply and demand

  /// Sector × city: demands over service lines, darker where more demands meet fewer lines.
  var supply: String {
    let table = SupplyDemand(view)
    let title = words.text("report.supply")
    guard !table.rows.isEmpty else { return "" }
    let left = 150
    let width = (720 - left) / table.cities.count
    var body = ""
    for (place, city) in table.cities.enumerated() {
      for (line, part) in ReportPictures.lines(cityName(city), width / 7).enumerated() {
        body += Picture.text(
          part, left + place * width + width / 2, 14 + line * 15, size: 12, anchor: "middle",
          fill: "#5b6875")
      }
    }
    for (number, row) in table.rows.enumerated() {
      let top = 38 + number * 46
      let name = row.sector.map(sectorName) ?? words.text("report.otherSectors")
      for (line, part) in ReportPictures.lines(name, 24).enumerated() {
        body += Picture.text(part, 0, top + 18 + line * 16, size: 12)
      }
      for (place, cell) in row.cells.enumerated() {
        body += self.cell(cell, left + place * width, top, width)
      }
    }
    let svg = Picture.svg(
      width: 720, height: 42 + table.rows.count * 46, label: title, body)
    return Picture.figure(
      title, svg, facts: words.text("report.supply.legend") + words.gap + facts("report.unit.both"),
      isWide: true)
  }

  /// Without what stands in brackets.
  private func sectorName(_ code: String) -> String {
    let name = words.sector(code)
    let end = name.firstIndex { $0 == "（" || $0 == "(" } ?? name.endIndex
    let short = name[..<end]
    return short.last == " " ? String(short.dropLast()) : String(short)
  }

  private func cityName(_ id: String?) -> String {
    guard let id else { return words.text("report.otherCities") }
    return words.city(words.corpus.places.place(id))
  }

  private func cell(_ cell: SupplyDemand.Cell, _ x: Int, _ y: Int, _ width: Int) -> String {
    let isEmpty = cell.demands.count == 0 && cell.lines == 0
    // Half where both are as many; full where nobody offers what is asked.
    let share = cell.demands.count * 100 / max(1, cell.demands.count + cell.lines)
    let fill = isEmpty ? "#f4f6f8" : cell.demands.count == 0 ? "#dfeaf4" : "#d08a1f"
    let opacity = isEmpty || cell.demands.count == 0 ? 100 : 15 + share * 70 / 100
    var out = Picture.rect(x + 2, y + 2, width - 4, 40, fill: fill, opacity: opacity)
    guard !isEmpty else { return out }
    let demands =
      cell.demands.isSafe ? String(cell.demands.count) : words.text("report.fewer.short")
    out += Picture.text(
      "\(demands) / \(cell.lines)", x + width / 2, y + 27, size: 13, anchor: "middle", bold: true)
    return out
  }

  /// At most two lines of so many half-widths.
  static func lines(_ text: String, _ width: Int) -> [String] {
    let first = Picture.cut(text, width)
    guard first.hasSuffix("…"), first != text else { return [text] }
    var head = String(first.dropLast())
    if let blank = head.lastIndex(of: " "), text.utf8.count == text.count {
      head = String(head[..<blank])
    }
    let rest = text.dropFirst(head.count).drop { $0 == " " }
    return [head, Picture.cut(String(rest), width)]
  }
}
