import Matcher

/// All parks in one table, this year, and the totals in which twins count once.
struct ParkOverview {
  let view: ReportView
  let words: ReportWords

  private var policy: IndicatorPolicy { view.data.corpus.indicators }

  /// A row's figures: one park, or several put together.
  private struct Row {
    var name: String
    var figures: [(count: SmallCells.Cell, of: Int)]
    var valid: SmallCells.Cell
  }

  private var range: IndicatorRange {
    let asOf = view.data.asOf
    return policy.periods.last.map { IndicatorRange($0, around: asOf).cut(at: asOf) }
      ?? IndicatorRange(name: "all", from: nil, to: asOf)
  }

  var table: ReportTable {
    var table = ReportTable(
      title: words.text("report.parks", ["period": words.period(range.name)]),
      columns: [ReportTable.Column(title: words.text("report.park"), width: 24)]
        + [ReportTable.Column(title: words.text("report.valid"), width: 10, isNumber: true)]
        + policy.indicators.map {
          ReportTable.Column(title: $0.name.text(words.language), width: 18, isNumber: true)
        }, unit: words.text("report.unit.demands"))
    let total = view.ledger.figures(park: nil, range, policy)
    let parks = rows
    table.rows = parks.map(cells)
    table.rows.append(
      cells(row(words.text("report.allParks"), total, in: view.ledger)))
    let doubled = parks.reduce(0) { $0 + $1.valid.count } - valid(total, view.ledger).count
    table.note = [
      words.text("report.parks.note"),
      doubled > 0 ? words.text("report.parks.twins", ["count": String(doubled)]) : "",
      hasMasked ? words.text("report.small") : "",
    ].filter { !$0.isEmpty }.joined(separator: words.gap)
    return table
  }

  /// Parks of fewer than three demands, some restricted, are put together.
  private var rows: [Row] {
    let scopes = view.ledger.byPark.sorted { $0.key < $1.key }
    let names = view.parkNames
    let all = scopes.map { park, scope in
      row(
        names[park] ?? (park.isEmpty ? words.text("report.noPark") : park),
        scope.figures(park: nil, range, policy), in: scope)
    }
    let safe = all.filter { $0.valid.isSafe }
    var rest = all.filter { !$0.valid.isSafe }
    guard !rest.isEmpty else { return safe }
    var shown = safe
    while !rest.reduce(into: SmallCells.Cell(), { $0 += $1.valid }).isSafe,
      let smallest = shown.indices.min(by: { shown[$0].valid.count < shown[$1].valid.count })
    {
      rest.append(shown.remove(at: smallest))
    }
    var joined = rest.removeFirst()
    for other in rest {
      joined.valid += other.valid
      joined.figures = zip(joined.figures, other.figures).map { left, right in
        var count = left.count
        count += right.count
        return (count, left.of + right.of)
      }
    }
    joined.name = words.text("report.otherParks", ["count": String(rest.count + 1)])
    return shown + [joined]
  }

  private func row(_ name: String, _ figures: IndicatorFigures, in scope: IndicatorLedger) -> Row {
    let restricted = self.restricted(scope)
    return Row(
      name: name,
      figures: figures.figures.map { figure in
        (
          SmallCells.Cell(
            count: figure.numerator.count,
            restricted: figure.numerator.count { restricted.contains($0) }),
          figure.denominator.count
        )
      }, valid: valid(figures, scope))
  }

  private func valid(_ figures: IndicatorFigures, _ scope: IndicatorLedger) -> SmallCells.Cell {
    let restricted = self.restricted(scope)
    let groups = scope.twins.groups(scope.demands).filter { range.contains($0.published) }
    return SmallCells.Cell(
      count: groups.count, restricted: groups.count { restricted.contains($0.first.id) })
  }

  private func restricted(_ scope: IndicatorLedger) -> Set<String> {
    Set(scope.demands.filter(\.isRestricted).map(\.id))
  }

  private var hasMasked: Bool {
    rows.contains { row in !row.valid.isSafe || row.figures.contains { !$0.count.isSafe } }
  }

  private func cells(_ row: Row) -> [String] {
    [row.name, row.valid.isSafe ? String(row.valid.count) : words.text("report.fewer")]
      + row.figures.map { figure in
        guard figure.count.isSafe else { return words.text("report.fewer") }
        let permille = IndicatorFigure.permille(figure.count.count, of: figure.of)
        guard permille != nil else { return "—" }
        return "\(IndicatorFigure.percent(permille)) (\(figure.count.count)/\(figure.of))"
      }
  }
}
