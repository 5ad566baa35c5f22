import Brokerage
import Matcher

/// The indicator sheet of one park, or of all together: rates, the rows behind them, contracts, closed
/// periods.
struct IndicatorTables {
  let view: ReportView
  let words: ReportWords
  /// nil: all parks, twins once.
  let park: String?
  private let scope: IndicatorLedger

  /// - Parameter scope: the ledger's part of that park.
  init(_ view: ReportView, _ words: ReportWords, park: String?, scope: IndicatorLedger) {
    self.view = view
    self.words = words
    self.park = park
    self.scope = scope
  }

  private var data: NightData { view.data }
  private var policy: IndicatorPolicy { data.corpus.indicators }

  var parkName: String {
    guard let park else { return words.text("report.allParks") }
    return view.parkNames[park] ?? park
  }

  /// The present period of each kind, then everything, all cut at the day of the run.
  static func ranges(_ policy: IndicatorPolicy, _ asOf: CivilDate) -> [IndicatorRange] {
    policy.periods.map { IndicatorRange($0, around: asOf).cut(at: asOf) }
      + [IndicatorRange(name: "all", from: nil, to: asOf)]
  }

  // MARK: Rates

  var rates: ReportTable {
    let columns = [
      ("report.indicator", 16, false), ("report.period", 12, false),
      ("report.numerator", 9, true), ("report.denominator", 9, true), ("report.rate", 10, false),
      ("report.definition", 62, false), ("sheet.asOf", 12, false),
    ]
    var table = ReportTable(
      title: words.text("report.rates", ["park": parkName]),
      columns: columns.map {
        ReportTable.Column(title: words.text($0.0), width: $0.1, isNumber: $0.2)
      }, unit: words.text("report.unit.demands"))
    var notes: [String] = []
    for range in IndicatorTables.ranges(policy, data.asOf) {
      let figures = scope.figures(park: nil, range, policy)
      for (indicator, figure) in zip(policy.indicators, figures.figures) {
        table.rows.append([
          indicator.name.text(words.language), words.period(range.name),
          String(figure.numerator.count), String(figure.denominator.count),
          IndicatorFigure.percent(figure.permille), indicator.definition.text(words.language),
          "\(range.to)",
        ])
      }
      if range.name == "all" { notes = self.notes(figures) }
    }
    table.note = notes.joined(separator: words.gap)
    return table
  }

  private func notes(_ figures: IndicatorFigures) -> [String] {
    var notes = [words.text("report.policyVersion", ["version": policy.version])]
    let left = scope.leftOut.values.reduce(into: IndicatorLedger.LeftOut()) { sum, part in
      sum.draft += part.draft
      sum.returned += part.returned
      sum.withdrawn += part.withdrawn
      sum.synthetic += part.synthetic
    }
    notes.append(
      words.text(
        "report.leftOut",
        [
          "draft": String(left.draft), "returned": String(left.returned),
          "withdrawn": String(left.withdrawn), "twins": String(figures.twins),
        ]))
    if left.synthetic > 0 {
      notes.append(words.text("report.leftOut.synthetic", ["count": String(left.synthetic)]))
    }
    if !figures.uncontacted.isEmpty {
      notes.append(
        words.text(
          "report.uncontacted",
          [
            "count": String(figures.uncontacted.count),
            "list": words.list(Array(figures.uncontacted.prefix(20))),
          ]))
    }
    return notes
  }

  // MARK: Rows behind

  /// Every valid demand with the days of its steps: whoever counts them gets the rates.
  var rows: ReportTable {
    let steps: [Decision.Step] = [.contacted, .intent, .contracted, .completed]
    var columns = [
      ("sheet.demand", 16, false), ("report.own", 12, false), ("sheet.title", 36, false),
      ("report.published", 12, false), ("report.state", 10, false), ("table.verdict", 16, false),
    ]
    columns += steps.map { ("report.step.\($0.rawValue)", 12, false) }
    columns += [("report.contractNumber", 20, false), ("report.twins", 20, false)]
    var table = ReportTable(
      title: words.text("report.rowsBehind", ["park": parkName]),
      columns: columns.map {
        ReportTable.Column(title: words.text($0.0), width: $0.1, isNumber: $0.2)
      }, unit: words.text("report.unit.demands"))
    let taken = stepsByGroup
    for group in scope.twins.groups(scope.demands) {
      let own = taken[group.first.id] ?? []
      let numbers = Set(own.compactMap(\.contract?.number)).sorted()
      table.rows.append(
        [
          group.first.id, group.first.own ?? "",
          group.first.isRestricted && group.first.title == nil
            ? words.text("report.restricted") : group.first.title ?? words.text("report.untitled"),
          "\(group.published)",
          words.text(group.stands ? "report.state.standing" : "report.state.expired"),
          group.verdict.map(words.verdict) ?? "",
        ]
          + steps.map { step in
            own.filter { $0.step == step }.map(\.day).min().map { "\($0)" } ?? ""
          }
          + [
            numbers.joined(separator: "\n"),
            group.members.dropFirst().isEmpty
              ? "" : words.list(group.members.map(\.id).filter { $0 != group.first.id }),
          ])
    }
    table.note = words.text("report.rowsNote")
    return table
  }

  private var stepsByGroup: [String: [Decision]] {
    var first: [String: String] = [:]
    for group in scope.twins.groups(scope.demands) {
      for member in group.members { first[member.id] = group.first.id }
    }
    return scope.steps.reduce(into: [:]) { out, step in
      guard step.decision.day <= data.asOf, let id = first[step.decision.demand] else { return }
      out[id, default: []].append(step.decision)
    }
  }

  // MARK: Contracts

  var contracts: ReportTable {
    let columns = [
      ("report.period", 14, false), ("report.contracts", 10, true), ("report.amount", 20, true),
      ("report.amountUnknown", 16, true), ("report.technology", 20, true),
      ("report.technologyUnknown", 16, true), ("report.unregistered", 16, true),
    ]
    var table = ReportTable(
      title: words.text("report.contracts.title", ["park": parkName]),
      columns: columns.map {
        ReportTable.Column(title: words.text($0.0), width: $0.1, isNumber: $0.2)
      }, unit: words.text("report.unit.contracts"))
    var contradicted = 0
    for range in IndicatorTables.ranges(policy, data.asOf) {
      let count = scope.figures(park: nil, range, policy).contracts
      table.rows.append(
        [words.period(range.name), String(count.count)]
          + IndicatorTables.amount(count.amount, of: count.count, unknown: count.unknown)
          + IndicatorTables.amount(
            count.technology, of: count.count, unknown: count.technologyUnknown)
          + [String(count.unregistered)])
      contradicted = count.contradicted
    }
    table.note = words.text("report.contracts.note")
    if contradicted > 0 {
      table.note +=
        words.gap + words.text("report.contracts.contradicted", ["count": String(contradicted)])
    }
    return table
  }

  /// Where no amount is stated there is no sum, not 0.
  private static func amount(_ sum: Int64, of count: Int, unknown: Int) -> [String] {
    [count > unknown ? String(sum) : "—", String(unknown)]
  }

  // MARK: Closed periods

  /// Closed figures as they stand, each with what is counted now where that differs.
  var periods: ReportTable {
    let columns = [
      ("report.period", 12, false), ("report.indicator", 16, false),
      ("report.closed", 16, false), ("report.rate", 10, false), ("report.closedOn", 14, false),
      ("report.policy", 14, false), ("report.recount", 34, false),
    ]
    var table = ReportTable(
      title: words.text("report.periods", ["park": parkName]),
      columns: columns.map {
        ReportTable.Column(title: words.text($0.0), width: $0.1, isNumber: $0.2)
      }, unit: words.text("report.unit.demands"))
    let books = (view.book.closed + view.book.closing).filter { $0.park == park }
    for closed in books {
      for figure in closed.figures {
        let difference = view.book.differences.first {
          $0.closed.subject == closed.subject && $0.id == figure.id
        }
        table.rows.append([
          words.period(closed.period), name(figure.id),
          "\(figure.numerator) / \(figure.denominator)",
          IndicatorFigure.percent(
            IndicatorFigure.permille(figure.numerator, of: figure.denominator)),
          "\(closed.asOf)", closed.policy, difference.map(recount) ?? "",
        ])
      }
    }
    table.note = words.text("report.periods.note")
    return table
  }

  private func recount(_ difference: PeriodBook.Difference) -> String {
    words.text(
      difference.isRedefined ? "report.recount.redefined" : "report.recount.differs",
      [
        "then": "\(difference.then.numerator) / \(difference.then.denominator)",
        "now": "\(difference.now.numerator) / \(difference.now.denominator)",
      ])
  }

  private func name(_ id: String) -> String {
    policy.indicators.first { $0.id == id }?.name.text(words.language) ?? id
  }
}
