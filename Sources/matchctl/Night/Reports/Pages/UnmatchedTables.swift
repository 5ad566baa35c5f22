import Matcher

/// Stages without a line that fits: those that no platform can serve as they stand, apart from those
/// of which the platforms do not say.
struct UnmatchedTables {
  let view: ReportView
  let words: ReportWords

  private func column(
    _ id: String, _ width: Int, number: Bool = false, short: Bool = false
  ) -> ReportTable.Column {
    ReportTable.Column(title: words.text(id), width: width, isNumber: number, isShort: short)
  }

  private var open: [ReportView.Stage] { view.stages.filter { view.isOpen($0.demand) } }

  /// 没有平台能做: nothing fits and nothing may fit, with the cheapest change that would help.
  ///
  /// - Parameter limit: rows made; the others are counted.
  func impossible(limit: Int = .max) -> ReportTable {
    var table = ReportTable(
      title: words.text("report.impossible"),
      columns: [
        column("sheet.demand", 16, short: true), column("sheet.title", 36),
        column("table.service", 24),
        column("report.closest", 28), column("report.missed", 28), column("report.give", 50),
      ], unit: words.text("report.unit.stages"), note: words.text("report.impossible.note"))
    let stages = open.filter { $0.verdict < .potential }
    table.left = max(0, stages.count - limit)
    table.rows = stages.prefix(limit).enumerated().map { place, stage in
      let best = UnmatchedTables.cheapest(stage.matches) ?? stage.closest.first
      return head(stage) + [
        best.flatMap(platform) ?? words.text("report.noneClose"),
        best.map { missed($0.failures) } ?? removed(stage.stage),
        best.map { give($0, inWords: place < UnmatchedTables.wordy) } ?? "",
      ]
    }
    return table
  }

  /// 平台资料未写明: something may fit once it is answered.
  ///
  /// - Parameter limit: rows made; the others are counted.
  func unstated(limit: Int = .max) -> ReportTable {
    var table = ReportTable(
      title: words.text("report.unstated"),
      columns: [
        column("sheet.demand", 16, short: true), column("sheet.title", 36),
        column("table.service", 24),
        column("report.mayFit", 14, number: true), column("report.closest", 28),
        column("report.toAsk", 44),
      ], unit: words.text("report.unit.stages"), note: words.text("report.unstated.note"))
    let stages = open.filter { $0.verdict == .potential }
    table.left = max(0, stages.count - limit)
    table.rows = stages.prefix(limit).map { stage in
      let best = stage.matches.first { $0.verdict == .potential }
      return head(stage) + [
        String(max(stage.stage.potential, stage.matches.count { $0.verdict == .potential })),
        best.flatMap(platform) ?? "", best.map { missed($0.pending) } ?? "",
      ]
    }
    return table
  }

  private func head(_ stage: ReportView.Stage) -> [String] {
    let id = stage.stage.stage.map { "\(stage.demand.id) / \($0)" } ?? stage.demand.id
    return [id, words.title(stage.demand), words.services(stage.demand)]
  }

  /// The match whose relaxation costs least: fewest changes, then price, then the line's id.
  static func cheapest(_ matches: [NightMatch]) -> NightMatch? {
    func cost(_ match: NightMatch) -> (Int, Int, String) {
      let relaxation = match.relaxation
      return (relaxation?.criteria.count ?? .max, relaxation?.price ?? .max, match.line)
    }
    return matches.min { cost($0) < cost($1) }
  }

  private func platform(_ match: NightMatch) -> String? {
    view.data.platforms[match.platform].map(words.platform)
  }

  /// The names of what is missed or not known, each once; what is sealed is only counted among them.
  private func missed(_ findings: [NightMatch.Finding]) -> String {
    var seen: Set<String> = []
    let names = findings.map {
      $0.kind == .sealed ? words.text("report.restrictedPart") : words.criterion($0.criterion)
    }
    return words.list(names.filter { seen.insert($0).inserted })
  }

  /// Where nothing is even close: what removes most lines.
  private func removed(_ stage: NightStage) -> String {
    guard !view.restricted.contains(stage.demand) else {
      return words.text("report.restrictedPart")
    }
    let most = stage.removed.sorted { $0.lines > $1.lines }.prefix(3)
    return words.list(
      most.map {
        words.text(
          "report.removes",
          ["name": words.criterion($0.criterion), "count": String($0.lines)])
      })
  }

  /// Rows whose relaxation is told to what; each takes an evaluation. Behind them it is only named.
  static let wordy = 2000

  private func give(_ match: NightMatch, inWords: Bool) -> String {
    guard let relaxation = match.relaxation else { return words.text("report.noRelaxation") }
    guard inWords, let evaluation = view.data.evaluation(of: match) else {
      return words.list(relaxation.criteria.map(words.criterion))
    }
    return Explanation(evaluation, corpus: words.corpus, language: words.language).give
      .joined(separator: "\n")
  }
}
