import Matcher

/// A digest as a page.
struct DigestPage {
  let digest: Digest

  private var view: ReportView { digest.view }
  private var data: NightData { view.data }

  var bytes: [UInt8] {
    ReportPage(
      contents: Language.inOrder(view.options.language).map { language in
        let words = ReportWords(corpus: data.corpus, language: language)
        let title = words.text(
          "report.digest",
          ["broker": digest.broker ?? words.text("report.allBrokers"), "date": "\(data.asOf)"])
        return (language, title, body(words))
      }
    ).bytes
  }

  private func body(_ words: ReportWords) -> String {
    let sections = ReportSections(view: view, words: words)
    var out = HTMLText.paragraph(
      words.text("report.digest.facts", ["count": String(digest.demands.count)]), "facts")
    out += part("report.fitting", table(sections, words, digest.fitting), words)
    out += part("report.due", due(words), words)
    out += part("report.noReply", unanswered(words), words)
    out += part("report.changes", table(sections, words, digest.changes), words)
    return out
  }

  private func part(_ id: String, _ table: ReportTable, _ words: ReportWords) -> String {
    let heading = HTMLText.heading(words.text(id))
    guard !table.rows.isEmpty else {
      return heading + HTMLText.paragraph(words.text("report.nothing"), "facts")
    }
    return heading
      + HTMLText.table(table, facts: words.facts(data, unit: table.unit), limit: 200) {
        words.text("table.more", ["count": String($0)])
      }
  }

  private func table(
    _ sections: ReportSections, _ words: ReportWords, _ changes: [NightChange]
  ) -> ReportTable {
    var table = sections.changesHead
    table.title = words.text("report.digest.pairs")
    table.note = data.previous == nil ? words.text("report.firstRun") : ""
    table.rows = changes.prefix(200).map { change in
      let title =
        data.demands[change.pair.demand].map(words.title) ?? words.text("report.gone")
      return sections.row(change, title)
    }
    table.left = changes.count - table.rows.count
    return table
  }

  private func due(_ words: ReportWords) -> ReportTable {
    var table = ReportTable(
      title: words.text("report.due.title", ["days": String(Digest.dueDays)]),
      columns: [
        ("report.dueDay", 14, true), ("sheet.demand", 16, true), ("sheet.title", 36, false),
        ("report.what", 24, false),
      ].map { ReportTable.Column(title: words.text($0.0), width: $0.1, isShort: $0.2) },
      unit: words.text("report.unit.demands"))
    table.rows = digest.due.map { day, demand, what in
      ["\(day)", demand.id, words.title(demand), words.text(what)]
    }
    return table
  }

  private func unanswered(_ words: ReportWords) -> ReportTable {
    var table = ReportTable(
      title: words.text("report.noReply.title", ["days": String(Digest.replyDays)]),
      columns: [
        ReportTable.Column(title: words.text("report.addressee"), width: 28),
        ReportTable.Column(title: words.text("report.asked"), width: 24),
        ReportTable.Column(title: words.text("report.demands"), width: 30),
        ReportTable.Column(title: words.text("report.since"), width: 14, isShort: true),
        ReportTable.Column(title: words.text("report.workingDays"), width: 12, isNumber: true),
      ], unit: words.text("report.unit.questions"))
    table.rows = digest.unanswered.map { item in
      [
        data.platforms[item.addressee].map(words.platform) ?? item.addressee,
        item.slot.map(words.criterion) ?? words.text("report.asked.step"),
        words.list(item.demands.filter { digest.demands.contains($0) }), "\(item.since)",
        String(item.workingDays),
      ]
    }
    return table
  }
}

extension Language {
  /// All three, this one first.
  static func inOrder(_ first: Language) -> [Language] {
    [first] + Language.allCases.filter { $0 != first }
  }
}
