import Matcher

/// A platform's inbox as a page to be sent to it.
struct InboxPage {
  let inbox: Inbox
  let view: ReportView
  /// By park id.
  let parks: [String: String]

  private var data: NightData { view.data }

  var bytes: [UInt8] {
    ReportPage(
      contents: Language.inOrder(view.options.language).map { language in
        let words = ReportWords(corpus: data.corpus, language: language)
        let title = words.text("report.inbox", ["platform": words.platform(inbox.platform)])
        return (language, title, body(words))
      }
    ).bytes
  }

  private func body(_ words: ReportWords) -> String {
    var out = HTMLText.paragraph(words.text("report.inbox.intro"), "facts")
    out += part("report.inbox.meets", inbox.meets, nil, words) { _ in "" }
    out += part("report.inbox.may", inbox.may, "report.inbox.unknown", words) { item in
      item.unknown.isEmpty
        ? words.text("report.restrictedPart") : words.list(names(item.unknown, words))
    }
    out += part("report.inbox.near", inbox.near, "report.inbox.obstacle", words) { item in
      obstacle(item, words)
    }
    return out + HTMLText.paragraph(words.text("report.inbox.note"), "note")
  }

  private func names(_ labels: [String], _ words: ReportWords) -> [String] {
    var seen: Set<String> = []
    return labels.map(words.criterion).filter { seen.insert($0).inserted }
  }

  private func obstacle(_ item: Inbox.Item, _ words: ReportWords) -> String {
    guard let obstacle = item.obstacle else { return "" }
    var text = words.criterion(obstacle.criterion)
    if let asked = obstacle.asked {
      text = words.text("report.inbox.asked", ["name": text, "asked": asked])
    }
    if let gap = obstacle.gap, gap > 0 {
      text += words.text("report.inbox.gap", ["gap": String(gap)])
    }
    guard !item.unknown.isEmpty else { return text }
    return text + "\n"
      + words.text(
        "report.inbox.alsoUnknown", ["list": words.list(names(item.unknown, words))])
  }

  private func part(
    _ id: String, _ items: [Inbox.Item], _ more: String?, _ words: ReportWords,
    _ cell: (Inbox.Item) -> String
  ) -> String {
    let heading = HTMLText.heading(words.text(id))
    guard !items.isEmpty else {
      return heading + HTMLText.paragraph(words.text("report.nothing"), "facts")
    }
    let columns = [
      "sheet.demand", "table.service", "report.yourLine", "report.finish", "report.contactPark",
    ]
    var table = ReportTable(
      title: words.text("\(id).title"),
      columns: (columns + [more].compactMap { $0 }).map {
        ReportTable.Column(
          title: words.text($0), width: 24, isShort: $0 == "sheet.demand" || $0 == "report.finish")
      }, unit: words.text("report.unit.demands"))
    table.rows = items.map { item in
      let row = head(item, words)
      return more == nil ? row : row + [cell(item)]
    }
    return heading
      + HTMLText.table(table, facts: words.facts(data, unit: table.unit), limit: 300) {
        words.text("table.more", ["count": String($0)])
      }
  }

  private func head(_ item: Inbox.Item, _ words: ReportWords) -> [String] {
    let stage = item.demand.stages.first { $0.id == item.stage }
    let services =
      stage?.ask.services.map { words.corpus.taxonomy[$0].name.text(words.language) } ?? []
    let window = stage?.ask.window
    let finish = window?.visibility == .everyone ? window?.finish : nil
    let line = inbox.platform.lines.first { $0.id == item.line }
    return [
      item.stage.map { "\(item.demand.id) / \($0)" } ?? item.demand.id,
      services.joined(separator: " / "), line?.name.text(words.language) ?? item.line,
      finish.map { "\($0)" } ?? "", parks[item.park] ?? item.park,
    ]
  }
}
