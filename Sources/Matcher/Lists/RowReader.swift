/// Reads one row below the headings: what it is, and if it is a demand, its fields.
///
/// State over rows (twins, inherited cells) is the list reader's; a row reader only looks.
final class RowReader {
  let corpus: Corpus
  let columns: ListColumns
  let profile: ListProfile
  let quantities: QuantityReader
  let info: SheetInfo
  /// Before the number of a row where a record names it: file, sheet, `#`.
  let sheetReference: String
  /// The park's name, from the profile or the title above the table.
  var park: String? {
    didSet { parkKey = park.map { corpus.folding.name($0) } ?? "" }
  }
  private(set) var parkKey = ""
  /// The unit of money of the whole table, from a note above it.
  var tableMoney: ListVocabulary.MoneyUnit?
  /// The day from which relative dates count, and where it comes from.
  let basis: DateBasis
  let asOf: CivilDate
  /// The headings are in Traditional characters.
  var isTraditional = false

  let words: ListVocabulary
  let markFinder: MarkFinder
  let shared: ListWords
  /// Columns that people read: what stands there must be sound.
  let readable: [(field: ListField, index: Int)]
  /// Columns that ask something beside the description.
  let asking: [Int]
  let textLimit: Int
  let money: MoneyWords
  let withdrawnInBrackets: WordTable
  /// With what the titles of examples and of withdrawn rows begin.
  let exampleTitles: [[UInt32]]
  let withdrawnTitles: [[UInt32]]
  /// The first characters of both.
  let titleBeginnings: ScalarSet
  /// Whole cells that make a row an example, withdrawn or a test.
  let exampleSerials: WholeWords
  let withdrawnMarks: WholeWords
  let testMarks: WholeWords
  /// The first signs, brackets aside, of what stands for no title.
  let placeholderBeginnings: ScalarSet
  /// What the sentences of the row at hand say in numbers.
  var readings: RowReadings

  init(
    corpus: Corpus, columns: ListColumns, profile: ListProfile, quantities: QuantityReader,
    info: SheetInfo, basis: DateBasis, asOf: CivilDate
  ) {
    self.corpus = corpus
    self.columns = columns
    self.profile = profile
    self.quantities = quantities
    self.info = info
    sheetReference = info.file + (info.sheet.map { "/" + $0 } ?? "") + "#"
    self.basis = basis
    self.asOf = asOf
    words = corpus.lists
    markFinder = MarkFinder(corpus.lists)
    shared = corpus.listWords
    readable = [ListField.title, .text, .details, .enterprise, .remark].flatMap { field in
      columns.indices(field).map { (field, $0) }
    }
    asking = [ListField.details, .service, .certificates, .standard].flatMap(columns.indices)
    textLimit = Int(corpus.lists.setting("text_limit", 6000))
    money = MoneyWords(corpus: corpus)
    withdrawnInBrackets = WordTable(
      (corpus.lists.wholes["bracket withdrawn"] ?? []).sorted().map {
        $0.unicodeScalars.map(\.value)
      })
    exampleTitles = corpus.lists.starts["title example_row"] ?? []
    withdrawnTitles = corpus.lists.starts["title withdrawn"] ?? []
    var titles = ScalarSet()
    for word in exampleTitles + withdrawnTitles {
      if let first = word.first { titles.insert(first) }
    }
    titleBeginnings = titles
    exampleSerials = WholeWords(corpus.lists.wholes["serial example_row"] ?? [])
    withdrawnMarks = WholeWords(corpus.lists.wholes["mark withdrawn"] ?? [])
    testMarks = WholeWords(corpus.lists.wholes["mark test_row"] ?? [])
    var beginnings = ScalarSet()
    for word in corpus.lists.wholes["title placeholder"] ?? [] {
      let scalars = word.unicodeScalars.lazy.map(\.value)
      if let first = scalars.first(where: { !RowReader.isBracket($0) }) { beginnings.insert(first) }
    }
    placeholderBeginnings = beginnings
    readings = RowReadings(quantities: quantities, asOf: basis.day)
  }

  /// The state of reading one row.
  struct Draft {
    let cells: RowCells
    let row: SheetRow
    var findings: [ListFinding] = []
    var title = ""
    var text = ""
    /// Folded once for everything that looks at the description.
    var textFolded: [UInt32] = []
    /// The enterprise's name for comparison; empty when it is not known.
    var firm = ""
    var titleAsWritten = ""
    var fields = JSONObject()
    var record = JSONObject()
    var sector: String?
    var enterprise: String?
    var isFirmHidden = false
    var tier: Visibility = .everyone
    var budget: Double?
    var budgetCurrency = "CNY"
    var due: DateCell?
    /// The day of the cell read last.
    var date: DateCell?
    var dueText: String?
    var serial: String?
    var ownID: String?
    var statedID: String?
    /// The enterprise of a row that is read no further; for knowing it again alone.
    var firmAside: String?
    var code: String?

    /// The title's characters, folded.
    var titleFolded: [UInt32] = []

    mutating func say(
      _ code: String, _ column: Int? = nil, _ values: [String: String] = [:],
      effect: ListCode.Effect? = nil, message: String? = nil
    ) {
      var finding = ListFinding(code, column: column, values: values)
      finding.effect = effect
      finding.message = message
      findings.append(finding)
    }

    mutating func take(_ effect: Effect) {
      if !effect.findings.isEmpty { findings += effect.findings }
      for (name, value) in effect.fields.members { fields[name] = value }
      for (name, value) in effect.record.members { record[name] = value }
      sector = effect.sector ?? sector
      if let known = effect.budget { (budget, budgetCurrency) = (known, effect.budgetCurrency) }
      date = effect.date
    }
  }

  /// What reading one cell adds to a row. A class, so that a look at it costs one reference.
  final class Effect {
    let findings: [ListFinding]
    let fields: JSONObject
    let record: JSONObject
    let sector: String?
    let budget: Double?
    let budgetCurrency: String
    let date: DateCell?

    init(_ draft: Draft) {
      findings = draft.findings
      fields = draft.fields
      record = draft.record
      sector = draft.sector
      budget = draft.budget
      budgetCurrency = draft.budgetCurrency
      date = draft.date
    }
  }

  /// Reads a cell whose meaning lies in itself alone: once for all rows that have it.
  func remembered(_ index: Int, _ draft: inout Draft, _ read: (inout Draft) -> Void) {
    let view = draft.cells[index]
    guard view.isShared else { return read(&draft) }
    if let effect = view.effect { return draft.take(effect) }
    var alone = Draft(cells: draft.cells, row: draft.row)
    read(&alone)
    let effect = Effect(alone)
    view.effect = effect
    draft.take(effect)
  }

  /// Structure, or nil for a row that asks something.
  func structure(_ row: SheetRow, _ cells: RowCells) -> ListFinding? {
    let filled = cells.filled
    if filled.isEmpty { return ListFinding("blank_row") }
    if isRepeatedHeading(cells, filled) { return ListFinding("repeated_header") }
    if let total = total(cells, filled) { return total }
    let hasText =
      hasContent(.title, cells) || hasContent(.text, cells) || hasContent(.details, cells)
    if isPreparedRow(cells, filled) { return ListFinding("blank_row") }
    if filled.count <= 2, !hasText || isAlone(cells, filled) {
      return foot(cells, filled, hasText: hasText)
    }
    return nil
  }

  private func hasContent(_ field: ListField, _ cells: RowCells) -> Bool {
    columns.indices(field).contains { !cells[$0].isEmpty }
  }

  /// One text alone in its row, in a table of several columns.
  private func isAlone(_ cells: RowCells, _ filled: [Int]) -> Bool {
    filled.count == 1 && columns.columns.count >= 3
  }

  private func isRepeatedHeading(_ cells: RowCells, _ filled: [Int]) -> Bool {
    guard filled.count >= 2 else { return false }
    var others = 0
    for index in filled {
      let heading = columns.column(at: index)?.heading ?? ""
      let text = cells[index].text
      // Headings are short; most cells are told from them by their length and beginning.
      let mayBe =
        text.utf8.count >= heading.utf8.count && text.utf8.count <= heading.utf8.count + 12
        && ListColumns.mayBegin(text, with: heading)
      if !mayBe || ListColumns.plain(text) != heading { others += 1 }
      if others * 2 >= filled.count { return false }
    }
    return true
  }

  private func total(_ cells: RowCells, _ filled: [Int]) -> ListFinding? {
    guard let first = filled.first else { return nil }
    let isLong: (Int) -> Bool = { !cells[$0].isEmpty && cells[$0].folded.count > 12 }
    let texts =
      columns.indices(.text).contains(where: isLong)
      || columns.indices(.details).contains(where: isLong)
    guard !texts, cells[first].folded.count <= 16 else { return nil }
    for code in ["subtotal_row", "total_row"] where words.begins(code, cells[first].folded) {
      return ListFinding(code)
    }
    return nil
  }

  /// A number and nothing else: the table was numbered in advance.
  private func isPreparedRow(_ cells: RowCells, _ filled: [Int]) -> Bool {
    filled.allSatisfy { index in
      guard let field = columns.field(at: index) else { return false }
      return field == .serial || field.isReturned || field == .systemID
    }
      && filled.allSatisfy { index in
        cells[index].folded.count <= 8 && !cells[index].folded.contains { $0 >= 0x3400 }
      }
      && !filled.contains { words.begins("note_row", cells[$0].folded) || isFoot(cells[$0].folded) }
  }

  private func isFoot(_ folded: [UInt32]) -> Bool {
    words.begins("footer_row", folded)
      || words.footParts.contains { ListVocabulary.contains(folded, $0) }
  }

  /// Notes, feet and section headings: one or two texts outside what is asked.
  private func foot(_ cells: RowCells, _ filled: [Int], hasText: Bool) -> ListFinding? {
    for index in filled {
      if isFoot(cells[index].folded) { return ListFinding("footer_row") }
      if words.begins("note_row", cells[index].folded) { return ListFinding("note_row") }
    }
    if let section = section(cells, filled) { return section }
    guard !hasText, filled.count == 1 else { return nil }
    let field = columns.column(at: filled[0])?.field
    return field == .serial || filled[0] == 0 ? ListFinding("note_row") : nil
  }

  /// 一、集成电路: one short text that numbers or names a sector.
  private func section(_ cells: RowCells, _ filled: [Int]) -> ListFinding? {
    guard filled.count == 1, cells[filled[0]].folded.count <= 24 else { return nil }
    let text = cells[filled[0]].text
    let bare = Heading.withoutNumbering(text)
    let isNumbered = bare != text
    if case .unknown = SectorCell.read(bare, corpus: corpus), !isNumbered { return nil }
    if isNumbered, columns.index(.title) == filled[0], cells[filled[0]].folded.count > 12 {
      return nil
    }
    return ListFinding("section_row", column: filled[0], values: ["got": text])
  }
}

/// Words around amounts in a text.
struct MoneyWords {
  /// Before a budget.
  let labels: WordTable
  /// Before a budget or beside an amount.
  let named: WordTable
  /// Before an amount that is no budget.
  let others: WordTable
  /// What names a currency. 元 and 万 alone leave it to the place; 人民币, HK$ and the like name it.
  let names: WordTable
  let currencies: Set<String>

  init(corpus: Corpus) {
    let lists = corpus.lists
    labels = lists.phrases("budget_label")
    named = WordTable(labels.all + lists.phrases("currency_word").all)
    others = lists.phrases("not_budget")
    let plain: Set<String> = ["元", "块", "元整", "元正", "圆", "$"]
    names = WordTable(
      lists.money.filter { $0.value.factor == 1 && !plain.contains($0.key) }.keys.sorted()
        .map { $0.unicodeScalars.map(\.value) }.filter { $0.count <= 5 })
    let known = corpus.policy.rates.map(\.currency).filter { $0.utf8.count == 3 }
    currencies = Set(known + ["CNY", "TWD"])
  }
}

/// The day from which relative and year-less dates of a list count.
public struct DateBasis: Sendable, Equatable {
  public enum Kind: String, Sendable {
    /// Stated by the list: 填报日期.
    case list
    /// Stated by the park's profile.
    case profile
    /// The day the file says it was changed.
    case file
    case asOf = "as_of"
  }

  public let kind: Kind
  public let day: CivilDate
}
