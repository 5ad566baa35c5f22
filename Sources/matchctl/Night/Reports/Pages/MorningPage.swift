import Matcher

/// The morning report: one page for everybody, in three languages, with pictures.
struct MorningPage {
  let view: ReportView

  private var data: NightData { view.data }

  static func title(_ words: ReportWords, _ data: NightData) -> String {
    words.text("report.title", ["date": "\(data.asOf)"])
  }

  var bytes: [UInt8] {
    ReportPage(
      contents: Language.inOrder(view.options.language).map { language in
        let words = ReportWords(corpus: data.corpus, language: language)
        return (language, MorningPage.title(words, data), body(words))
      }
    ).bytes
  }

  private func body(_ words: ReportWords) -> String {
    let sections = ReportSections(view: view, words: words)
    let pictures = ReportPictures(view: view, words: words)
    let unmatched = UnmatchedTables(view: view, words: words)
    var out = head(words)
    out += HTMLText.heading(words.text("report.part.verdicts")) + pictures.funnel
    out += HTMLText.heading(words.text("report.part.changes"))
    if data.previous == nil {
      out += HTMLText.paragraph(words.text("report.firstRun"), "facts")
    } else {
      out +=
        pictures.changes + pictures.causes
        + table(sections.changes(limit: view.options.rows), words)
    }
    out += HTMLText.heading(words.text("report.part.parks"))
    out += table(ParkOverview(view: view, words: words).table, words)
    out += differences(words) + definitions(words)
    out += HTMLText.heading(words.text("report.part.supply")) + pictures.supply
    out += HTMLText.heading(words.text("report.part.unmatched"))
    out += table(unmatched.impossible(limit: view.options.rows), words)
    out += table(unmatched.unstated(limit: view.options.rows), words)
    out += HTMLText.heading(words.text("report.part.quality"))
    let quality = [
      sections.unknowns, sections.lapses, sections.stale, sections.anomalies, sections.duplicates,
    ]
    let found = quality.filter { !$0.rows.isEmpty }
    if found.isEmpty { out += HTMLText.paragraph(words.text("report.nothing"), "facts") }
    return out + found.map { table($0, words) }.joined()
  }

  private func table(_ table: ReportTable, _ words: ReportWords) -> String {
    guard !table.rows.isEmpty else {
      return "<h3>\(HTMLText.escaped(table.title))</h3>\n"
        + HTMLText.paragraph(words.text("report.nothing"), "facts")
        + HTMLText.paragraph(table.note, "note")
    }
    return HTMLText.table(
      table, facts: words.facts(data, unit: table.unit), limit: view.options.rows
    ) { words.text("report.more", ["count": String($0)]) }
  }

  private func head(_ words: ReportWords) -> String {
    var out = HTMLText.paragraph(
      words.text(
        "report.imprint",
        [
          "date": "\(data.asOf)", "run": data.run, "seq": String(data.world.seq),
          "program": data.program, "policy": data.corpus.policy.version,
        ]), "facts")
    if let previous = data.previous {
      out += HTMLText.paragraph(
        words.text("report.comparedWith", ["run": previous.run, "date": "\(previous.asOf)"]),
        "facts")
    }
    let madeUp = view.syntheticDemands + view.syntheticPlatforms
    if madeUp > 0 {
      let id = view.options.includesSynthetic ? "report.synthetic.in" : "report.synthetic.out"
      out += HTMLText.paragraph(
        words.text(
          id,
          [
            "demands": String(view.syntheticDemands),
            "platforms": String(view.syntheticPlatforms),
          ]), view.options.includesSynthetic ? "warn" : "facts")
    }
    return out + cards(words)
  }

  private func cards(_ words: ReportWords) -> String {
    let standing = view.standing
    let unmatched = standing.filter { ($0.verdict ?? .conflict) < .potential }
    let changed = Set(view.changes.filter { $0.kind == .new }.map(\.pair.demand))
    func cell(_ count: Int, _ restricted: Int) -> String {
      SmallCells.Cell(count: count, restricted: restricted).isSafe
        ? String(count) : words.text("report.fewer.short")
    }
    let cards = [
      (
        "report.card.standing",
        cell(standing.count, standing.count(where: \.isRestricted))
      ),
      ("report.card.platforms", String(view.platforms.count)),
      ("report.card.lines", String(view.platforms.reduce(0) { $0 + $1.lines.count })),
      (
        "report.card.new",
        data.previous == nil
          ? "—" : cell(changed.count, changed.count { view.restricted.contains($0) })
      ),
      (
        "report.card.unmatched", cell(unmatched.count, unmatched.count(where: \.isRestricted))
      ),
    ]
    let items = cards.map { id, count in
      "<li><b>\(HTMLText.escaped(count))</b><span>\(HTMLText.escaped(words.text(id)))</span></li>"
    }
    return "<ul class=\"cards\">\n\(items.joined(separator: "\n"))\n</ul>\n"
  }

  /// Closed figures that a count made now gives otherwise, with both numbers.
  private func differences(_ words: ReportWords) -> String {
    let all = view.book.differences.filter { $0.closed.park == nil }
    guard !all.isEmpty else { return "" }
    let items = all.prefix(12).map { difference in
      words.text(
        "report.difference",
        [
          "period": words.period(difference.closed.period),
          "name": name(difference.id, words),
          "then": "\(difference.then.numerator)/\(difference.then.denominator)",
          "now": "\(difference.now.numerator)/\(difference.now.denominator)",
          "date": "\(difference.closed.asOf)",
        ])
    }
    return HTMLText.paragraph(items.joined(separator: "\n"), "warn")
  }

  private func name(_ id: String, _ words: ReportWords) -> String {
    data.corpus.indicators.indicators.first { $0.id == id }?.name.text(words.language) ?? id
  }

  private func definitions(_ words: ReportWords) -> String {
    let indicators = data.corpus.indicators
    let items = indicators.indicators.map { indicator in
      "<li><b>\(HTMLText.escaped(indicator.name.text(words.language)))</b> "
        + "\(HTMLText.escaped(indicator.definition.text(words.language)))</li>"
    }
    return HTMLText.heading(words.text("report.definitions"), level: 3)
      + HTMLText.paragraph(
        words.text("report.policyVersion", ["version": indicators.version]), "facts")
      + "<ul class=\"note\">\n\(items.joined(separator: "\n"))\n</ul>\n"
  }
}
