/// Reads park lists: finds the headings, says what becomes of every row, makes demand records.
///
/// Rows are given to `emit` in the order of the file, as they are read. Memory: the rows before the
/// headings, a bounded number of cells met last, and what `ListMemory` keeps to know rows again,
/// at most 300 bytes a row that was taken. One reader takes any number of files one after another
/// and compares their rows. Not for several threads.
public struct ListReader: SheetConsumer {
  public struct Options: Sendable {
    /// Relative dates count from it when neither the list nor its file states a day; dates before it
    /// have passed.
    public var asOf: CivilDate
    public var profile = ListProfile()
    /// A day found in the foot of the list by an earlier look at it.
    public var footDate: CivilDate?

    public init(asOf: CivilDate) {
      self.asOf = asOf
    }
  }

  let corpus: Corpus
  public var options: Options
  let quantities: QuantityReader
  private let emit: (ListRow) -> Void
  private var info = SheetInfo(file: "")
  private var state = State.seeking
  /// Rows above the headings, at most as many as headings are looked for.
  private var waiting: [SheetRow] = []
  private var reader: RowReader?
  private var memory: ListMemory
  private var previous: RowCells?
  private var cells: CellCache
  private var section: (code: String, name: String, text: String)?
  /// Sheets of this file that had headings.
  private var tables = 0
  private var fileOfTables = ""
  /// The columns of the last table that had headings.
  public private(set) var columns = ListColumns()
  public private(set) var park: String?
  public private(set) var basis: DateBasis
  private var issues: [RecordIssue] = []
  private var tablesRead: [Table] = []

  /// A table that was read: where it stands and how it was understood.
  public struct Table: Sendable {
    public let sheet: String?
    public let columns: ListColumns
    public let park: String?
    public let basis: DateBasis
  }

  /// What is wrong with whole sheets, since this was last asked.
  public mutating func takeIssues() -> [RecordIssue] {
    defer { issues = [] }
    return issues
  }

  /// The tables read since this was last asked.
  public mutating func takeTables() -> [Table] {
    defer { tablesRead = [] }
    return tablesRead
  }

  private enum State {
    case seeking
    /// Headings may go on in the next row.
    case confirming(ListColumns)
    case reading
    /// Rows with the product's own columns.
    case own(OwnTable)
    /// A sheet without demands.
    case other
  }

  public init(corpus: Corpus, options: Options, emit: @escaping (ListRow) -> Void) {
    self.corpus = corpus
    self.options = options
    self.emit = emit
    quantities = QuantityReader(corpus: corpus)
    memory = ListMemory(corpus: corpus)
    cells = CellCache(corpus: corpus)
    basis = DateBasis(kind: .asOf, day: options.asOf)
  }

  public mutating func begin(_ sheet: SheetInfo) {
    if sheet.file != fileOfTables {
      fileOfTables = sheet.file
      tables = 0
    }
    info = sheet
    state = isOtherByName ? .other : .seeking
    waiting = []
    reader = nil
    previous = nil
    section = nil
    memory.beginSheet()
    cells.removeAll()
    basis = statedBasis
  }

  /// A sheet named 填写说明 or 示例 beside others holds no demands.
  private var isOtherByName: Bool {
    guard let name = info.sheet else { return false }
    let folded = corpus.folding.fold(name)
    return corpus.lists.sheetWords.contains { ListVocabulary.contains(folded, $0) }
  }

  private var statedBasis: DateBasis {
    if let day = options.profile.dated { return DateBasis(kind: .profile, day: day) }
    if let day = options.footDate { return DateBasis(kind: .list, day: day) }
    if let day = info.dated { return DateBasis(kind: .file, day: day) }
    return DateBasis(kind: .asOf, day: options.asOf)
  }

  public mutating func row(_ row: SheetRow) {
    switch state {
    case .other: skip(row, "other_sheet")
    case .reading: read(row)
    case .seeking: seek(row)
    case .confirming(let columns): confirm(columns, row)
    case .own(let table): emit(table.read(row) { issues += $0 })
    }
  }

  public mutating func end() {
    switch state {
    case .confirming(let columns): start(columns)
    case .seeking: giveUp()
    case .reading, .own, .other: break
    }
    waiting = []
  }

  // MARK: above the headings

  private var finder: HeadingFinder { HeadingFinder(corpus: corpus, profile: options.profile) }

  private mutating func seek(_ row: SheetRow) {
    let above = waiting.last
    if let table = OwnTable(row, corpus: corpus, info: info) {
      for row in waiting {
        skip(row, HeadingFinder.distinct(row).isEmpty ? "blank_row" : "note_row")
      }
      waiting = []
      skip(row, "header_row")
      state = .own(table)
      return
    }
    waiting.append(row)
    if let columns = finder.columns(of: row, above: above) {
      state = .confirming(columns)
    } else if waiting.count >= Int(corpus.lists.setting("header_rows", 40)) {
      giveUp()
      state = .other
    }
  }

  private mutating func confirm(_ columns: ListColumns, _ row: SheetRow) {
    if let upper = waiting.last, let joined = finder.withUnits(upper, row),
      let known = finder.columns(of: joined, above: waiting.dropLast().last)
    {
      waiting.append(row)
      start(known, headingRows: 2)
      return
    }
    if let upper = waiting.last, let both = finder.continues(upper, row),
      both.fieldCount > columns.fieldCount || both.columns.count > columns.columns.count
        || hasGaps(upper)
    {
      waiting.append(row)
      start(both, headingRows: 2)
      return
    }
    start(columns)
    read(row)
  }

  private func hasGaps(_ row: SheetRow) -> Bool {
    let texts = HeadingFinder.texts(row)
    return Set(texts).count < texts.count
  }

  /// Says what stood above the headings and begins to read rows.
  private mutating func start(_ found: ListColumns, headingRows: Int = 1) {
    columns = found
    tables += 1
    var headings = headingRows
    let above = waiting.dropLast(headings)
    if headingRows == 1, let group = above.last, let row = waiting.last,
      finder.isGroupRow(group), HeadingFinder.distinct(group).count >= 2,
      group.number == row.number - 1
    {
      headings = 2
    }
    let notes = Array(waiting.dropLast(headings))
    let money = readNotes(notes)
    let titleRow = notes.first { HeadingFinder.distinct($0).count == 1 }
    for row in notes {
      let distinct = HeadingFinder.distinct(row)
      if distinct.isEmpty {
        skip(row, "blank_row")
      } else {
        skip(row, row.number == titleRow?.number && !isNote(distinct) ? "title_row" : "note_row")
      }
    }
    for row in waiting.suffix(headings) { skip(row, "header_row") }
    waiting = []
    state = .reading
    tablesRead.append(Table(sheet: info.sheet, columns: columns, park: park, basis: basis))
    makeReader(money)
  }

  private func isNote(_ texts: Set<String>) -> Bool {
    texts.contains { corpus.lists.begins("note_row", corpus.folding.fold($0)) }
  }

  private mutating func makeReader(_ money: ListVocabulary.MoneyUnit?) {
    let headings = columns.columns.map(\.heading).joined()
    let scalars = headings.unicodeScalars.map(\.value)
    let reader = RowReader(
      corpus: corpus, columns: columns, profile: options.profile, quantities: quantities,
      info: info, basis: basis, asOf: options.asOf)
    reader.park = park
    reader.tableMoney = money
    reader.isTraditional = corpus.folding.scripts.simplified(scalars) != scalars
    self.reader = reader
  }

  /// Park, day and unit of money from the rows above the headings; gives the unit.
  private mutating func readNotes(_ notes: [SheetRow]) -> ListVocabulary.MoneyUnit? {
    var money: ListVocabulary.MoneyUnit?
    let reader = NoteReader(corpus: corpus)
    park = options.profile.park
    for row in notes {
      for text in HeadingFinder.texts(row) where !text.isEmpty {
        if let day = reader.day(in: text), options.profile.dated == nil {
          basis = DateBasis(kind: .list, day: day)
        }
        money = money ?? reader.money(in: text)
        park = park ?? reader.park(in: text)
      }
    }
    return money
  }

  /// No headings: a sheet of notes beside a list, or a list that cannot be read.
  private mutating func giveUp() {
    let isProse = waiting.allSatisfy { HeadingFinder.distinct($0).count <= 1 }
    let isOther = isProse || tables > 0 || info.isHidden
    for row in waiting {
      if HeadingFinder.distinct(row).isEmpty {
        skip(row, isOther ? "other_sheet" : "blank_row")
      } else {
        skip(row, isOther ? "other_sheet" : "no_header")
      }
    }
    if !isOther, !waiting.isEmpty {
      issues.append(
        RecordIssue(
          .refused, file: info.file, row: waiting.first?.number ?? 0, field: info.sheet ?? "",
          got: "no row of headings", expected: "headings such as 需求名称 and 需求描述",
          hint: "add a row of headings, or name the columns with --map"))
    }
    waiting = []
  }

  private func skip(_ row: SheetRow, _ code: String) {
    emit(finished(row, [ListFinding(code)]))
  }

  private func finished(_ row: SheetRow, _ findings: [ListFinding]) -> ListRow {
    var out = ListRow(file: info.file, sheet: info.sheet, number: row.number)
    out.findings = findings.map { $0.named(columns) }
    out.action = ListVerdict.action(findings, corpus.listWords)
    return out
  }

  // MARK: below the headings

  private mutating func read(_ row: SheetRow) {
    guard let reader else { return }
    var cells = RowCells(row, cache: &self.cells)
    if let structure = reader.structure(row, cells) {
      if structure.code == "section_row" { enter(structure) }
      emit(finished(row, [structure]))
      return
    }
    let dittos = inherit(&cells)
    var draft = reader.demand(row, cells)
    draft.findings += dittos
    if info.isHidden { draft.say("hidden_sheet") }
    takeSection(&draft)
    previous = cells
    emit(memory.finish(&draft, reader: reader))
  }

  private mutating func enter(_ structure: ListFinding) {
    let text = Heading.withoutNumbering(structure.values["got"] ?? "")
    switch SectorCell.read(text, corpus: corpus) {
    case .known(let name), .several(let name): section = (name.code, name.listName, text)
    case .unknown: section = nil
    }
  }

  /// A row without a sector below a section heading has the section's.
  private func takeSection(_ draft: inout RowReader.Draft) {
    guard let section, draft.sector == nil,
      ListVerdict.action(draft.findings, corpus.listWords) != .reject,
      ListVerdict.action(draft.findings, corpus.listWords) != .skip
    else { return }
    draft.sector = section.code
    draft.fields["sector"] = .string(section.name)
    draft.record["sector"] = .string(section.code)
    if let index = columns.index(.sector) {
      draft.say("section_sector", index, ["taken": section.text])
    }
  }

  /// 同上 takes the cell above.
  private func inherit(_ cells: inout RowCells) -> [ListFinding] {
    guard let previous else { return [] }
    var findings: [ListFinding] = []
    for index in cells.filled where cells[index].folded.count <= 14 {
      guard cells[index].isDitto, !previous[index].isEmpty else { continue }
      let got = cells[index].text
      cells.inherit(index, from: previous)
      findings.append(
        ListFinding("ditto", column: index, values: ["got": got, "taken": previous[index].text]))
    }
    return findings
  }
}
