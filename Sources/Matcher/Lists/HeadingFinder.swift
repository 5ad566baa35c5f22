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
    let isUnderGroup = own.allSatisfy { index in
      index >= upperTexts.count || upperTexts[index].isEmpty
        || spread.indices.contains { $0 != index && spread[$0] == upperTexts[index] }
        || (index < spread.count && spread.count(where: { $0 == spread[index] }) > 1)
    }
    guard isUnderGroup, lower.columns.contains(where: { $0.field != nil }) || own.count >= 2 else {
      return nil
    }
    guard lower.columns.count(where: { $0.field != nil }) * 2 >= own.count else { return nil }
    return ListColumns(parents: spread, leaves: texts, corpus: corpus, profile: profile)
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
