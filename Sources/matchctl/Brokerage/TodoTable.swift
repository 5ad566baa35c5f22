import Ledger
import Matcher
import RecordFiles
import TableFiles

/// A broker's list as rows and as a workbook: the follow-up sheet.
package struct TodoTable {
  package let corpus: Corpus
  package let language: Language
  package let broker: String
  package let asOf: CivilDate
  /// Adds a column of lines that newly fit.
  package let newcomers: Newcomers?

  package init(
    corpus: Corpus, language: Language, broker: String, asOf: CivilDate, newcomers: Newcomers?
  ) {
    self.corpus = corpus
    self.language = language
    self.broker = broker
    self.asOf = asOf
    self.newcomers = newcomers
  }

  private var columns: [String] {
    ["due", "demand", "name", "target", "step", "since", "next", "waits"]
      + (newcomers == nil ? [] : ["new"])
  }

  package var header: [String] { columns.map { text("todo.\($0)") } }

  package var title: String {
    text("todo.title", ["broker": broker, "date": "\(asOf)"])
  }

  /// The sheet as CSV for spreadsheets: a byte order mark, line ends as RFC 4180 has them.
  package func csv(_ items: [Todo.Item]) -> [UInt8] {
    let lines = ([header] + items.map(row)).map { CSVWriter.row($0) + "\r\n" }
    return Array((CSVWriter.byteOrderMark + lines.joined()).utf8)
  }

  package func workbook(_ items: [Todo.Item]) -> [UInt8] {
    let widths = [12, 18, 32, 24, 14, 12, 36, 8, 40]
    let styles: [NewSheet.Style] = [
      .date, .code, .text, .text, .text, .date, .text, .text, .text,
    ]
    var sheet = NewSheet(
      name: text("todo.next"),
      columns: columns.indices.map { NewSheet.Column(width: widths[$0], style: styles[$0]) })
    sheet.pageTitle = title
    sheet.headerRows = 2
    sheet.rows = [[(.text(title), .title)], header.map { (.text($0), .heading) }]
    for item in items {
      sheet.rows.append(
        row(item, marksLate: false).enumerated().map { place, cell in
          if cell.isEmpty { return (.empty, .text) }
          if styles[place] == .date, let day = CivilDate(iso: cell) {
            return (.number(String(day.dayNumber + 25_569)), .date)
          }
          return (.text(cell), styles[place] == .date ? .text : styles[place])
        })
    }
    sheet.rows.append([(.text(text("todo.source")), .plain)])
    var writer = ListTemplate(corpus: corpus, language: language, list: .demands).writer
    writer.sheets = [sheet]
    return writer.write()
  }

  /// A late day is marked.
  package func row(_ item: Todo.Item) -> [String] { row(item, marksLate: true) }

  private func row(_ item: Todo.Item, marksLate: Bool) -> [String] {
    var due = item.due.map { "\($0)" } ?? ""
    if marksLate, item.isOpen, let day = item.due, day < asOf { due += " " + text("todo.late") }
    let cells = [
      due, item.demand, item.title, item.line ?? item.platform ?? "",
      item.closed.map { text($0) } ?? text("step.\(item.step)"), "\(item.since)", next(item),
      item.waitsFor.map { text("todo.waits.\($0.rawValue)") } ?? "",
    ]
    return newcomers == nil ? cells : cells + [fitting(item)]
  }

  /// What to do next; empty for what is closed.
  package func next(_ item: Todo.Item) -> String {
    guard item.isOpen else { return "" }
    if item.isUnanswered { return text("todo.unanswered") }
    return corpus.broker.next[item.step]?.name.text(language) ?? ""
  }

  private func fitting(_ item: Todo.Item) -> String {
    (newcomers?.matches[item.demand] ?? []).prefix(5).map { match in
      let verdict = Explanation(match, corpus: corpus, language: language).verdict
      return "\(match.line.line.id) \(verdict)"
    }.joined(separator: "; ")
  }

  private func text(_ id: String, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }
}
