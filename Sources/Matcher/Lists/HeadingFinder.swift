/// Finds the headings of a table wherever they stand: below titles and notes, over one row or two.
struct HeadingFinder {
  let corpus: Corpus
  let profile: ListProfile

  /// The texts of a row, one a column; what a merged area repeats to the right stays.
  static func texts(_ row: SheetRow) -> [String] {
    row.cells.map { trimmed($0.text) }
  }

  /// The different texts of a row.
  static func distinct(_ row: SheetRow) -> Set<String> {
    Set(texts(row)).subtracting([""])
  }

  /// The columns that a row names if it is a row of headings.
  func columns(of row: SheetRow, above: SheetRow?) -> ListColumns? {
    let leaves = HeadingFinder.texts(row)
    guard isHeadingLike(row) else { return nil }
    let parents = above.flatMap { isGroupRow($0) ? HeadingFinder.spread($0) : nil } ?? []
    let columns = ListColumns(parents: parents, leaves: leaves, corpus: corpus, profile: profile)
    let alone = ListColumns(parents: [], leaves: leaves, corpus: corpus, profile: profile)
    guard columns.hasDemand, alone.fieldCount >= 2 else { return nil }
    let filled = HeadingFinder.distinct(row).count
    guard columns.fieldCount >= 3 || columns.fieldCount * 2 >= filled else { return nil }
    return columns
  }

  /// Whether `row`, right below the headings `upper`, continues them.
  func continues(_ upper: SheetRow, _ row: SheetRow) -> ListColumns? {
    guard isHeadingLike(row) else { return nil }
    let upperTexts = HeadingFinder.texts(upper)
    let texts = HeadingFinder.texts(row)
    let own = texts.indices.filter { index in
      !texts[index].isEmpty && (index >= upperTexts.count || upperTexts[index] != texts[index])
    }
    guard !own.isEmpty else { return nil }
    let lower = ListColumns(
      parents: [], leaves: texts.indices.map { own.contains($0) ? texts[$0] : "" }, corpus: corpus,
      profile: profile)
    // Headings below stand where the row above has a gap or one text over several columns.
    let spread = HeadingFinder.spread(upper)
    let isUnderGroup: (Int) -> Bool = { index in
      index >= upperTexts.count || upperTexts[index].isEmpty
        || spread.indices.contains { $0 != index && spread[$0] == upperTexts[index] }
        || (index < spread.count && spread.count(where: { $0 == spread[index] }) > 1)
    }
    // 經費 above 預算（萬元）, each over one column, beside groups over several: the texts below must
    // be headings by themselves.
    let areHeadings =
      lower.columns.count { $0.basis == .whole } >= 2 && own.contains(where: isUnderGroup)
    guard own.allSatisfy(isUnderGroup) || areHeadings,
      lower.columns.contains(where: { $0.field != nil }) || own.count >= 2
    else {
      return nil
    }
    guard lower.columns.count(where: { $0.field != nil }) * 2 >= own.count else { return nil }
    return ListColumns(parents: spread, leaves: texts, corpus: corpus, profile: profile)
  }

  /// The headings `upper` with the units of the row right below them; nil when that row is no row of
  /// units: （万元）, （年月日）, 万元, each below a heading, beside notes in brackets (（必填）) at most.
  func withUnits(_ upper: SheetRow, _ row: SheetRow) -> SheetRow? {
    var joined = upper
    var units = 0
    for (index, cell) in row.cells.enumerated() {
      if case .empty = cell.content { continue }
      guard case .text(let written) = cell.content else { return nil }
      let text = trimmed(written)
      if text.isEmpty { continue }
      guard index < upper.cells.count, text.unicodeScalars.count <= 16 else { return nil }
      if isUnit(text) { units += 1 } else if !isBracketed(text) { return nil }
      let heading = trimmed(upper.cells[index].text)
      guard !heading.isEmpty else { return nil }
      joined.cells[index] = Cell(.text(heading + (isBracketed(text) ? text : "（\(text)）")))
    }
    return units > 0 ? joined : nil
  }

  /// A unit of money or measure, or how a day is written, with or without brackets.
  private func isUnit(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    var inner = String.UnicodeScalarView()
    inner.append(contentsOf: isBracketed(text) ? scalars.dropFirst().dropLast() : scalars[...])
    let folded = corpus.folding.fold(String(inner))
    if corpus.lists.money[ListVocabulary.compact(folded)] != nil { return true }
    guard isBracketed(text) else { return false }
    let isDay = folded.allSatisfy { value in
      "年月日ymd-/. ".unicodeScalars.contains { $0.value == value }
    }
    return isDay || !corpus.registry.units.quantities(of: String(inner)).isEmpty
  }

  /// Wholly in one pair of brackets.
  private func isBracketed(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last, scalars.count > 2 else {
      return false
    }
    return (first == "（" || first == "(") && (last == "）" || last == ")")
      && !scalars.dropFirst().dropLast().contains { "（()）".unicodeScalars.contains($0) }
  }

  /// A row of short texts without numbers, dates and sentences.
  private func isHeadingLike(_ row: SheetRow) -> Bool {
    var filled = 0
    for cell in row.cells {
      switch cell.content {
      case .empty: continue
      case .text(let text):
        let short = trimmed(text)
        if short.isEmpty { continue }
        if short.unicodeScalars.count > 60 || short.unicodeScalars.contains("。") { return false }
        if short.unicodeScalars.allSatisfy({ $0.properties.numericType != nil }) { return false }
        filled += 1
      default: return false
      }
    }
    return filled >= 2
  }

  /// A row of group headings: several texts, none a sentence, with gaps or repeats between.
  func isGroupRow(_ row: SheetRow) -> Bool {
    let distinct = HeadingFinder.distinct(row)
    return distinct.count >= 2 && distinct.allSatisfy { $0.unicodeScalars.count <= 20 }
      && row.cells.allSatisfy {
        if case .number = $0.content { return false } else { return true }
      }
  }

  /// Group headings carried to the right over their gaps.
  static func spread(_ row: SheetRow) -> [String] {
    var current = ""
    return texts(row).map { text in
      if !text.isEmpty { current = text }
      return current
    }
  }
}
