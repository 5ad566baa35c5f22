import Matcher

/// The tables of the morning report, in one language.
struct ReportSections {
  let view: ReportView
  let words: ReportWords

  private var data: NightData { view.data }

  private func column(
    _ id: String, _ width: Int, number: Bool = false, short: Bool = false
  ) -> ReportTable.Column {
    ReportTable.Column(title: words.text(id), width: width, isNumber: number, isShort: short)
  }

  // MARK: Changes

  /// Every pair that is listed otherwise than before, with what did it. Demands that are not for
  /// everybody are only counted.
  ///
  /// - Parameter limit: rows made; the others are counted.
  func changes(limit: Int = .max) -> ReportTable {
    var table = changesHead
    let open = view.changes.filter { view.isOpen(demand: $0.pair.demand) }
    table.rows = open.sorted(by: ReportSections.precedes).prefix(limit).map { change in
      row(change, data.demands[change.pair.demand].map(words.title) ?? words.text("report.gone"))
    }
    table.left = open.count - table.rows.count
    if open.count < view.changes.count { table.note = words.text("report.changes.hidden") }
    if data.previous == nil { table.note = words.text("report.firstRun") }
    return table
  }

  /// The table without rows.
  var changesHead: ReportTable {
    ReportTable(
      title: words.text("report.changes"),
      columns: [
        column("report.change", 12, short: true), column("sheet.demand", 16, short: true),
        column("sheet.title", 34), column("table.platform", 28),
        column("report.before", 16, short: true), column("report.after", 16, short: true),
        column("report.why", 50),
      ], unit: words.text("report.unit.pairs"))
  }

  /// What is good news first, then what was lost; then by pair.
  static func precedes(_ left: NightChange, _ right: NightChange) -> Bool {
    func rank(_ change: NightChange) -> (Int, Int) {
      let kind = NightChange.Kind.allCases.firstIndex(of: change.kind) ?? 0
      return (kind, change.after?.group ?? change.before?.group ?? 9)
    }
    return rank(left) == rank(right) ? left.pair < right.pair : rank(left) < rank(right)
  }

  func row(_ change: NightChange, _ title: String) -> [String] {
    let isRestricted = view.restricted.contains(change.pair.demand)
    return [
      words.changeKind(change.kind),
      change.pair.stage.map { "\(change.pair.demand) / \($0)" } ?? change.pair.demand, title,
      platform(change), standing(change.before), standing(change.after),
      why(change, isRestricted: isRestricted),
    ]
  }

  func why(_ change: NightChange, isRestricted: Bool) -> String {
    change.causes.map { words.cause($0, isRestricted: isRestricted) }.joined(separator: "\n")
  }

  private func standing(_ standing: NightStanding?) -> String {
    standing.map { words.verdict($0.verdict) } ?? "—"
  }

  private func platform(_ change: NightChange) -> String {
    guard let platform = data.platforms[change.platform] else { return change.platform }
    let line = platform.lines.first { $0.id == change.pair.line }?.name.text(words.language) ?? ""
    let name = words.platform(platform)
    return line.isEmpty || line == name ? name : "\(name) · \(line)"
  }

  // MARK: Data quality

  /// What is not known, by how many verdicts it would settle.
  var unknowns: ReportTable {
    var table = ReportTable(
      title: words.text("report.unknowns"),
      columns: [
        column("table.platform", 30), column("table.line", 30), column("report.notStated", 24),
        column("report.settles", 16, number: true), column("report.waiting", 16, number: true),
      ], unit: words.text("report.unit.pairs"), note: words.text("report.unknowns.note"))
    table.rows = data.quality.unknowns.compactMap { unknown in
      names(unknown.platform, unknown.line).map {
        $0 + [
          words.criterion(unknown.criterion), String(unknown.settles), String(unknown.waiting),
        ]
      }
    }
    return table
  }

  var stale: ReportTable {
    var table = ReportTable(
      title: words.text("report.stale"),
      columns: [
        column("table.platform", 30), column("table.line", 30),
        column("report.verified", 14, short: true),
        column("report.days", 12, number: true),
      ], unit: words.text("report.unit.lines"))
    table.rows = data.quality.stale.compactMap { item in
      names(item.platform, item.line).map { $0 + ["\(item.verified)", String(item.days)] }
    }
    return table
  }

  var lapses: ReportTable {
    var table = ReportTable(
      title: words.text("report.lapses"),
      columns: [
        column("table.platform", 30), column("table.line", 30), column("name.certificate", 18),
        column("report.until", 14, short: true), column("report.daysLeft", 12, number: true),
      ], unit: words.text("report.unit.certificates"))
    table.rows = data.quality.lapses.compactMap { item in
      names(item.platform, item.line).map {
        $0 + [item.scheme, "\(item.until)", String(item.days)]
      }
    }
    return table
  }

  /// Fields that could not be read: the record and the field, never what stood there.
  var anomalies: ReportTable {
    let issues = IssueText(words.corpus)
    var table = ReportTable(
      title: words.text("report.anomalies"),
      columns: [
        column("table.id", 18), column("report.fieldName", 24), column("report.expected", 50),
      ], unit: words.text("report.unit.places"))
    table.rows = data.quality.anomalies.compactMap { anomaly in
      guard isShown(anomaly.record) else { return nil }
      return [
        anomaly.record, words.field(anomaly.issue.field),
        issues.translate(anomaly.issue.expected, words.language),
      ]
    }
    return table
  }

  var duplicates: ReportTable {
    var table = ReportTable(
      title: words.text("report.duplicates"),
      columns: [column("report.kind", 14), column("report.ids", 60)],
      unit: words.text("report.unit.groups"))
    table.rows = data.quality.duplicates.compactMap { item in
      let ids = item.ids.filter(isShown)
      guard ids.count > 1 else { return nil }
      return [words.text("report.side.\(item.side.rawValue)"), words.list(ids)]
    }
    return table
  }

  private func isShown(_ id: String) -> Bool {
    if view.options.includesSynthetic { return true }
    return !(data.demands[id]?.synthetic ?? data.platforms[id]?.synthetic ?? false)
  }

  /// nil for a made-up platform that is left out.
  private func names(_ platform: String, _ line: String) -> [String]? {
    guard isShown(platform) else { return nil }
    guard let record = data.platforms[platform] else { return [platform, line] }
    let name = record.lines.first { $0.id == line }?.name.text(words.language) ?? line
    return [words.platform(record), name]
  }
}
