import Matcher

/// What people open in the morning: every file a function of what the run found.
package enum NightReports {
  /// The files of a run, by name: the report, workbooks, digests (on working days), inboxes.
  ///
  /// The same data give the same bytes.
  /// - Complexity: O(listed pairs + entries); an evaluation for each unmatched stage.
  package static func files(
    _ data: NightData, options: ReportOptions = ReportOptions()
  ) -> [NightFile] {
    all(data, options: options).files
  }

  /// The figures of periods that have ended and are not closed yet, each to be written as one entry of
  /// kind `period` under its subject, once. Made-up records are never in them.
  package static func closing(_ data: NightData) -> [PeriodFigures] {
    ReportView(data, ReportOptions()).book.closing
  }

  /// Both, as `files` and `closing` give them.
  package static func all(
    _ data: NightData, options: ReportOptions = ReportOptions()
  ) -> (files: [NightFile], closing: [PeriodFigures]) {
    let view = ReportView(data, options)
    var maker = FileMaker(view)
    maker.morning()
    maker.changes()
    maker.unmatched()
    maker.quality()
    maker.indicators()
    maker.digests()
    maker.inboxes()
    return (
      maker.files.sorted { $0.name < $1.name },
      options.includesSynthetic ? closing(data) : view.book.closing
    )
  }
}

/// Makes the files one after the other.
private struct FileMaker {
  let view: ReportView
  let words: ReportWords
  let sheets: ReportSheets
  var files: [NightFile] = []
  private var names = FileNames()

  init(_ view: ReportView) {
    self.view = view
    words = ReportWords(corpus: view.data.corpus, language: view.options.language)
    sheets = ReportSheets(corpus: view.data.corpus, language: view.options.language)
  }

  private var data: NightData { view.data }
  private var date: String { "\(data.asOf)" }

  private mutating func add(
    _ folders: [String] = [], _ name: String, _ ending: String, _ bytes: [UInt8]
  ) {
    files.append(
      NightFile(name: names.path(folders, "\(name)-\(date)", ending), bytes: bytes))
  }

  private func workbook(_ tables: [(String, ReportTable)]) -> [UInt8] {
    sheets.workbook(tables.map { (name: $0.0, table: $0.1) }) { table in
      words.facts(data, unit: table.unit)
    }
  }

  mutating func morning() {
    add([], words.text("report.file.morning"), "html", MorningPage(view: view).bytes)
  }

  mutating func changes() {
    guard data.previous != nil else { return }
    let table = ReportSections(view: view, words: words).changes()
    add([], words.text("report.file.changes"), "csv", ReportSheets.csv(table))
  }

  mutating func unmatched() {
    let tables = UnmatchedTables(view: view, words: words)
    add(
      [], words.text("report.file.unmatched"), "xlsx",
      workbook([
        (words.text("report.sheet.impossible"), tables.impossible()),
        (words.text("report.sheet.unstated"), tables.unstated()),
      ]))
  }

  mutating func quality() {
    let sections = ReportSections(view: view, words: words)
    add(
      [], words.text("report.file.quality"), "xlsx",
      workbook([
        (words.text("report.sheet.unknowns"), sections.unknowns),
        (words.text("report.sheet.lapses"), sections.lapses),
        (words.text("report.sheet.stale"), sections.stale),
        (words.text("report.sheet.anomalies"), sections.anomalies),
        (words.text("report.sheet.duplicates"), sections.duplicates),
      ]))
  }

  mutating func indicators() {
    let folder = words.text("report.folder.indicators")
    let overview = ParkOverview(view: view, words: words).table
    add([folder], words.text("report.file.parks"), "csv", ReportSheets.csv(overview))
    indicators(nil, view.ledger, in: folder)
    for (park, scope) in view.ledger.byPark.sorted(by: { $0.key < $1.key }) {
      indicators(park, scope, in: folder)
    }
  }

  private mutating func indicators(_ park: String?, _ scope: IndicatorLedger, in folder: String) {
    let tables = IndicatorTables(view, words, park: park, scope: scope)
    let name = words.text("report.file.indicators", ["park": tables.parkName])
    add(
      [folder], name, "xlsx",
      workbook([
        (words.text("report.sheet.rates"), tables.rates),
        (words.text("report.sheet.rows"), tables.rows),
        (words.text("report.sheet.contracts"), tables.contracts),
        (words.text("report.sheet.periods"), tables.periods),
      ]))
  }

  mutating func digests() {
    let folder = words.text("report.folder.digests")
    for digest in Digest.all(view) {
      add(
        [folder], digest.broker ?? words.text("report.allBrokers"), "html",
        DigestPage(digest: digest).bytes)
    }
  }

  mutating func inboxes() {
    let inboxes = Inbox.all(view)
    let lines = inboxes.map { JSONWriter.line($0.json) + "\n" }
    files.append(NightFile(name: names.path([], "inbox", "jsonl"), text: lines.joined()))
    guard inboxes.count <= view.options.inboxPages else { return }
    let parks = view.parkNames
    let folder = words.text("report.folder.inboxes")
    for inbox in inboxes {
      let page = InboxPage(inbox: inbox, view: view, parks: parks)
      add([folder], words.platform(inbox.platform), "html", page.bytes)
    }
  }
}
