/// A row that asks something, field by field.
extension RowReader {
  func demand(_ row: SheetRow, _ cells: RowCells) -> Draft {
    var draft = Draft(cells: cells, row: row)
    read(marks(cells), &draft)
    return draft
  }

  private func read(_ marks: Marks, _ draft: inout Draft) {
    if marks.isRefused { return draft.say("state_secret") }
    // Known also of a row that is not read any further.
    draft.tier = marks.tiers.map(\.tier).max() ?? (marks.unclear == nil ? .everyone : .named)
    draft.title = columns.index(.title).map { ListColumns.oneLine(draft.cells[$0].text) } ?? ""
    if draft.row.isHidden { draft.say("hidden_row") }
    draft.text = bodyText(draft)
    draft.textFolded = foldedBody(draft)
    if marks.isTest || isTest(draft) { return draft.say("test_row") }
    if let (column, word) = marks.withdrawn {
      draft.say("withdrawn", column, ["got": word])
      return readIdentity(&draft)
    }
    if marks.isExample { return draft.say("example_row") }
    readTitleAndText(&draft)
    if isShifted(&draft) { return }
    readings.begin(title: draft.titleAsWritten, text: draft.text)
    checkDamage(&draft)
    checkCells(&draft)
    sayTier(marks, &draft)
    readNames(&draft)
    readSector(&draft)
    readBudget(&draft)
    readDates(&draft)
    checkNumbers(&draft)
    readQuantity(&draft)
    readPlaces(&draft)
    checkPrivate(&draft)
  }

  // MARK: title and text

  private func readTitleAndText(_ draft: inout Draft) {
    let titleColumn = columns.index(.title)
    let title = titleColumn.map { draft.cells[$0] }
    if let column = titleColumn, let title {
      if title.isEmpty || isPlaceholder(title) || !hasLetters(title.folded) {
        missingTitle(column, title, &draft)
      } else {
        draft.titleAsWritten = title.text
        draft.titleFolded = title.folded
        draft.title = shownTitle(title.text, column, &draft)
      }
    } else {
      takeBeginning(&draft)
    }
    checkTelling(&draft)
  }

  /// （空）, 待定, N/A: nothing, with or without brackets.
  private func isPlaceholder(_ view: CellView) -> Bool {
    // Longer than any such word.
    guard view.folded.count <= 24 else { return false }
    if view.isDitto { return true }
    guard let first = view.folded.first(where: { $0 > 0x20 && !RowReader.isBracket($0) }),
      placeholderBeginnings.mayContain(first)
    else { return false }
    if words.isWhole("title placeholder", view.compact) { return true }
    guard view.folded.contains(where: RowReader.isBracket) else { return false }
    let bare = ListVocabulary.compact(view.folded.filter { !RowReader.isBracket($0) })
    return words.isWhole("title placeholder", bare)
  }

  static func isBracket(_ value: UInt32) -> Bool {
    switch value {
    case 0x28, 0x29, 0x5B, 0x5D, 0x3010, 0x3011, 0x300C, 0x300D: true
    default: false
    }
  }

  private func hasLetters(_ folded: [UInt32]) -> Bool {
    folded.contains { ListVocabulary.isLatin($0) || $0 >= 0x3400 && $0 < 0xFE00 }
  }

  /// The description, then details and what other columns ask, each behind its heading.
  private func bodyText(_ draft: Draft) -> String {
    var parts: [String] = []
    for index in columns.indices(.text) where isContent(draft.cells[index]) {
      parts.append(draft.cells[index].text)
    }
    for index in asking where isContent(draft.cells[index]) {
      parts.append("\(columns.heading(at: index)): \(draft.cells[index].text)")
    }
    return parts.count == 1 ? parts[0] : parts.joined(separator: "\n")
  }

  /// The description folded: that of its one cell where there is no more.
  private func foldedBody(_ draft: Draft) -> [UInt32] {
    if let only = columns.indices(.text).first, draft.cells[only].text == draft.text {
      return draft.cells[only].folded
    }
    return corpus.folding.fold(draft.text)
  }

  private func isContent(_ view: CellView) -> Bool {
    !view.text.isEmpty && !view.isUnknown
  }

  /// A row without a title has the beginning of its text.
  private func takeBeginning(_ draft: inout Draft) {
    draft.title = beginning(of: draft.text)
    draft.titleAsWritten = draft.title
    draft.titleFolded = corpus.folding.fold(draft.title)
  }

  private func missingTitle(_ column: Int, _ view: CellView, _ draft: inout Draft) {
    let isTelling = isTelling(draft.textFolded)
    if isTelling {
      takeBeginning(&draft)
      draft.say("missing_title", column, ["taken": draft.title])
    } else {
      draft.title = ""
      draft.say("missing_title", column, effect: .reject, message: "list.no_title")
    }
    if !view.isEmpty { draft.say("placeholder", column, ["got": view.text]) }
    if !isTelling, !draft.text.isEmpty { draft.say("not_actionable") }
  }

  private func checkTelling(_ draft: inout Draft) {
    guard !draft.title.isEmpty, !draft.findings.contains(where: { $0.code == "missing_title" })
    else { return }
    if isTelling(draft.textFolded) { return }
    if !isTelling(draft.titleFolded) {
      draft.say("not_actionable")
    } else if draft.text.isEmpty, !columns.indices(.text).isEmpty {
      draft.say("missing_text")
    }
  }

  private static let clauseEnds: Set<Unicode.Scalar> = [
    "。", "；", ";", "\n", "！", "!", "？", "?", "，",
  ]

  /// The first clause of a text, at most as long as a title.
  private func beginning(of text: String) -> String {
    let limit = Int(words.setting("title_length", 60))
    let ends = RowReader.clauseEnds
    var out = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      if count >= limit || (count >= 6 && ends.contains(scalar)) { break }
      out.append(scalar == "\n" ? " " : scalar)
      count += 1
    }
    return trimmed(String(out))
  }

  private func isTest(_ draft: Draft) -> Bool {
    guard let column = columns.index(.title), isTestText(draft.cells[column].folded) else {
      return false
    }
    let body = draft.textFolded
    return body.isEmpty || isTestText(body) || !isTelling(body)
  }

  // MARK: the title as shown

  /// - Precondition: The draft's title is the text on one line.
  private func shownTitle(_ text: String, _ column: Int, _ draft: inout Draft) -> String {
    if draft.row.cells.indices.contains(column),
      case .text(let raw) = draft.row.cells[column].content,
      raw != text, trimmed(raw) == text
    {
      draft.say("whitespace", column)
    }
    var shown = draft.title
    if RowReader.mayHaveDegrees(shown), let (number, place) = degrees(shown),
      isCelsius(number, draft.textFolded)
    {
      var scalars = Array(shown.unicodeScalars)
      scalars.replaceSubrange(place, with: Array("\(number)℃".unicodeScalars))
      var out = String.UnicodeScalarView()
      out.append(contentsOf: scalars)
      draft.say("unit_variant", column, ["got": "\(number)度", "taken": "\(number)℃"])
      shown = String(out)
    }
    return isTraditional ? commonGlyphs(shown) : shown
  }

  /// Whether a digit stands right before 度, which is E5 BA A6 in UTF-8.
  private static func mayHaveDegrees(_ text: String) -> Bool {
    let found = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.indices.dropFirst(3).contains { last in
        bytes[last] == 0xA6 && bytes[last - 1] == 0xBA && bytes[last - 2] == 0xE5
          && (0x30...0x39).contains(bytes[last - 3])
      }
    }
    return found ?? true
  }

  /// The first `2000度` of a title that is no 度電 or angle.
  private func degrees(_ title: String) -> (number: String, place: Range<Int>)? {
    let scalars = Array(title.unicodeScalars)
    for end in scalars.indices where scalars[end] == "度" {
      var start = end
      while start > 0, ("0"..."9").contains(scalars[start - 1]) { start -= 1 }
      let next = scalars.indices.contains(end + 1) ? scalars[end + 1] : " "
      guard start < end, !["电", "電", "角", "仪", "数"].contains(next) else { continue }
      var digits = String.UnicodeScalarView()
      digits.append(contentsOf: scalars[start..<end])
      return (String(digits), start..<(end + 1))
    }
    return nil
  }

  /// Whether the text gives the same number with the sign of degrees Celsius.
  private func isCelsius(_ number: String, _ folded: [UInt32]) -> Bool {
    ListVocabulary.contains(folded, "\(number)°c".unicodeScalars.map(\.value))
  }

  private func commonGlyphs(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { words.glyphs[$0.value] != nil }) else {
      return text
    }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      out.append(words.glyphs[scalar.value].flatMap(Unicode.Scalar.init) ?? scalar)
    }
    return String(out)
  }

  // MARK: damage and shape

  private func checkDamage(_ draft: inout Draft) {
    for (field, index) in readable where readings.mayBeDamaged || !isRead(field) {
      let view = draft.cells[index]
      if view.text.isEmpty { continue }
      let share = damage(view)
      if share == 0 { continue }
      draft.say("encoding_damage", index)
      if share > 0.3, field == .title || field == .text { draft.say("unreadable") }
    }
  }

  private func damage(_ view: CellView) -> Double {
    if let known = view.damage { return known }
    let share = TextDamage.share(view.text)
    if view.isShared { view.damage = share }
    return share
  }

  /// Cells that the readings were taken from.
  func isRead(_ field: ListField) -> Bool {
    field == .title || field == .text || field == .details
  }

  private func checkCells(_ draft: inout Draft) {
    let last = columns.columns.last?.index ?? 0
    let extra = draft.cells.filled.count { $0 > last }
    if extra > 0 { draft.say("extra_cells", nil, ["got": String(extra)]) }
    for index in draft.cells.filled {
      let view = draft.cells[index]
      if view.folded.count > textLimit {
        draft.say("text_too_long", index, ["got": String(view.folded.count)])
      }
      if view.hasNote { draft.say("cell_note", index) }
      if case .error(let text) = view.content, columns.field(at: index) != nil {
        draft.say("error_cell", index, ["got": text])
      }
      if case .formula(let text) = view.content, !isNumeric(index) {
        draft.say("formula_unknown", index, ["got": text])
      }
      if view.isInherited, let field = columns.field(at: index), !field.isPersonal {
        draft.say(
          "merged_cell", index, ["taken": view.text],
          effect: [.enterprise, .park, .serial, .place].contains(field) ? .info : nil)
      }
    }
  }

  private func isNumeric(_ index: Int) -> Bool {
    switch columns.field(at: index) {
    case .budget, .quantity, .serial, .due, .start: true
    default: false
    }
  }

  private func fits(_ view: CellView, _ field: ListField) -> Bool {
    if let known = view.fits { return known }
    let fits = RowShape.fits(view, field, self)
    if view.isShared { view.fits = fits }
    return fits
  }

  /// Typed cells that hold what belongs to another column, all the same number of columns away: the
  /// row is shifted and none of its cells can be trusted.
  private func isShifted(_ draft: inout Draft) -> Bool {
    var misfits: [Int] = []
    for index in draft.cells.filled {
      guard let field = columns.field(at: index), field != .contact,
        !fits(draft.cells[index], field)
      else { continue }
      misfits.append(index)
    }
    guard misfits.count >= 2, let first = misfits.first else { return false }
    for step in [-1, 1, -2, 2, -3, 3, -4, 4, -5, 5] {
      let isOff = misfits.allSatisfy { index in
        guard let field = columns.column(at: index + step)?.field else { return false }
        return RowShape.isTyped(field) && RowShape.fits(draft.cells[index], field, self)
      }
      if isOff {
        draft.say("column_shift", first, ["got": draft.cells[first].text])
        return true
      }
    }
    return false
  }
}
