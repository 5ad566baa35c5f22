/// Reads one row below the headings: what it is, and if it is a demand, its fields.
///
/// State over rows (twins, inherited cells) is the list reader's; a row reader only looks.
final class RowReader {
  let corpus: Corpus
  let columns: ListColumns
  let profile: ListProfile
  let quantities: QuantityReader
  let info: SheetInfo
  /// The park's name, from the profile or the title above the table.
  var park: String? {
    didSet { parkKey = park.map { corpus.folding.name($0) } ?? "" }
  }
  private(set) var parkKey = ""
  /// The unit of money of the whole table, from a note above it.
  var tableMoney: ListVocabulary.MoneyUnit?
  /// The day from which relative dates count, and where it comes from.
  var basis: DateBasis
  let asOf: CivilDate
  /// The headings are in Traditional characters.
  var isTraditional = false

  let words: ListVocabulary
  let shared: ListWords

  init(
    corpus: Corpus, columns: ListColumns, profile: ListProfile, quantities: QuantityReader,
    info: SheetInfo, basis: DateBasis, asOf: CivilDate
  ) {
    self.corpus = corpus
    self.columns = columns
    self.profile = profile
    self.quantities = quantities
    self.info = info
    self.basis = basis
    self.asOf = asOf
    words = corpus.lists
    shared = corpus.listWords
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
    var dueText: String?
    var serial: String?
    var ownID: String?
    var code: String?

    mutating func say(
      _ code: String, _ column: Int? = nil, _ values: [String: String] = [:],
      effect: ListCode.Effect? = nil, message: String? = nil
    ) {
      var finding = ListFinding(code, column: column, values: values)
      finding.effect = effect
      finding.message = message
      findings.append(finding)
    }
  }

  /// Structure, or nil for a row that asks something.
  func structure(_ row: SheetRow, _ cells: RowCells) -> ListFinding? {
    let filled = cells.filled
    if filled.isEmpty { return ListFinding("blank_row") }
    if isRepeatedHeading(cells, filled) { return ListFinding("repeated_header") }
    if let total = total(cells, filled) { return total }
    let hasText = [ListField.title, .text, .details].contains { field in
      columns.indices(field).contains { !cells[$0].isEmpty }
    }
    if isPreparedRow(cells, filled) { return ListFinding("blank_row") }
    if filled.count <= 2, !hasText || isAlone(cells, filled) {
      return foot(cells, filled, hasText: hasText)
    }
    return nil
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
      // Headings are short; most cells are told from them by their length.
      let mayBe =
        text.utf8.count >= heading.utf8.count && text.utf8.count <= heading.utf8.count + 12
      if !mayBe || ListColumns.plain(text) != heading { others += 1 }
      if others * 2 >= filled.count { return false }
    }
    return true
  }

  private func total(_ cells: RowCells, _ filled: [Int]) -> ListFinding? {
    guard let first = filled.first else { return nil }
    let texts = (columns.indices(.text) + columns.indices(.details)).contains {
      !cells[$0].isEmpty && cells[$0].folded.count > 12
    }
    guard !texts, cells[first].folded.count <= 16 else { return nil }
    for code in ["subtotal_row", "total_row"] where words.begins(code, cells[first].folded) {
      return ListFinding(code)
    }
    return nil
  }

  /// A number and nothing else: the table was numbered in advance.
  private func isPreparedRow(_ cells: RowCells, _ filled: [Int]) -> Bool {
    filled.allSatisfy { index in
      guard let field = columns.column(at: index)?.field else { return false }
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
