import Matcher

/// One demand's matches as a table for people: fits, to confirm, close, and what was folded.
struct MatchTable {
  let corpus: Corpus
  let language: Language

  private struct Row {
    let number: Int
    let match: Evaluation
  }

  func write(_ result: StageResult) {
    Output.line(heading(result))
    if result.matches.isEmpty { Output.line("  " + text("table.none")) }
    var number = 0
    let listed = listed(result)
    for (id, verdict) in MatchTable.groups {
      let rows = listed.filter { $0.verdict == verdict }.enumerated().map {
        Row(number: number + $0 + 1, match: $1)
      }
      number += rows.count
      section(id, rows)
    }
    if result.unlisted > 0 {
      Output.line("  " + text("table.more", ["count": String(result.unlisted)]))
    }
    if result.folded > 0 {
      Output.line("  " + text("table.folded", ["count": String(result.folded)]))
    }
    let overseas = result.summary.overseas
    if overseas > 0 {
      Output.line("  " + text("table.overseasFolded", ["count": String(overseas)]))
    }
    Output.line("  " + MatchSheet.counts(result.summary, corpus, language))
    removed(result)
    Output.line("")
  }

  /// The rows that are listed, in the order of their numbers.
  func listed(_ result: StageResult) -> [Evaluation] {
    MatchTable.groups.flatMap { group in result.matches.filter { $0.verdict == group.1 } }
  }

  private static let groups: [(String, Verdict)] = [
    ("group.fits", .full), ("group.confirm", .potential), ("group.close", .nearMiss),
    ("group.conflict", .conflict),
  ]

  private func heading(_ result: StageResult) -> String {
    let title = DisplayWidth.cut(result.demand.shortTitle(corpus, language), 60)
    var line = text("table.demand", ["id": result.demand.id, "title": title])
    if result.demand.synthetic { line += " 【\(text("table.synthetic"))】" }
    if result.demand.refusedFields > 0 {
      line += " 【\(text("table.refused", ["count": String(result.demand.refusedFields)]))】"
    }
    if let stage = result.stage.id { line += "  " + text("table.stage", ["id": stage]) }
    return Output.isTerminal ? "\u{1B}[1m\(line)\u{1B}[0m" : line
  }

  private func section(_ id: String, _ rows: [Row]) {
    guard !rows.isEmpty else { return }
    let names = ["rank", "platform", "line", "score", "known", "place", "next"]
    var table = TextTable(
      header: names.map { text("table.\($0)") }, limits: [4, 36, 30, 16, 24, 18, 90])
    for row in rows { table.add(cells(row)) }
    Output.line("  " + color(text(id), rows[0].match.verdict))
    for line in table.lines(indent: "    ") { Output.line(line) }
  }

  private func cells(_ row: Row) -> [String] {
    let match = row.match
    let line = match.line
    let points = match.score
    let score =
      "\(MatchSheet.whole(points, points.expected)) (\(MatchSheet.whole(points, points.low))–\(MatchSheet.whole(points, points.high)))"
    let mark = line.platform.synthetic ? "【\(text("table.synthetic"))】" : ""
    let name = line.line.name == line.platform.name ? "" : " " + line.line.name.text(language)
    let known = [
      "criteria": String(match.coverage.criteria), "known": String(match.coverage.knownCriteria),
    ]
    return [
      String(row.number), mark + line.platform.name.text(language), line.line.id + name,
      score,
      match.coverage.criteria > 0 ? text("table.knownCell", known) : text("coverage.none"),
      MatchSheet.place(line, corpus, language), MatchSheet.next(match, corpus, language),
    ]
  }

  private func removed(_ result: StageResult) {
    let counts = result.summary.removedInOrder.compactMap { criterion -> String? in
      let count = result.summary.removed[criterion] ?? 0
      return "\(MatchSheet.name(criterion, result.stage.ask, corpus, language)) \(count)"
    }
    guard !counts.isEmpty else { return }
    Output.line("  " + text("summary.removed", ["list": counts.joined(separator: " · ")]))
  }

  private func color(_ text: String, _ verdict: Verdict) -> String {
    guard Output.isTerminal else { return text }
    let code =
      switch verdict {
      case .full: "32"
      case .potential: "36"
      case .nearMiss: "33"
      case .conflict: "31"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
