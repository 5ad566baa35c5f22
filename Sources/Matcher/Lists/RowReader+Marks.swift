/// Marks on a row: who may see it, whether it is withdrawn, a test or an example.
extension RowReader {
  /// What words anywhere in the row say, with where each stands.
  struct Marks {
    var isRefused = false
    var withdrawn: (column: Int, word: String)?
    var isTest = false
    var isExample = false
    var firmHidden: Int?
    /// Tiers said, each with its column and words.
    var tiers: [(tier: Visibility, column: Int, got: String)] = []
    var unclear: (column: Int, got: String)?
  }

  func marks(_ cells: RowCells) -> Marks {
    var marks = Marks()
    for index in cells.filled {
      let field = columns.field(at: index)
      if field?.isReturned == true || field?.isPersonal == true { continue }
      scan(cells[index], index, place(of: field), &marks)
      if field == .visibility { readTier(cells[index], index, &marks) }
      if field == .title { readTitle(cells[index], index, &marks) }
      if field == .remark || field == .status { readWhole(cells[index], index, &marks) }
      if field == .serial, exampleSerials.holds(cells[index]) {
        marks.isExample = true
      }
    }
    return marks
  }

  private func place(of field: ListField?) -> ListVocabulary.Place {
    switch field {
    case .visibility: .column
    case .text, .details: .text
    case .title: .title
    case .remark, .status: .mark
    default: .other
    }
  }

  private func scan(
    _ view: CellView, _ index: Int, _ place: ListVocabulary.Place, _ marks: inout Marks
  ) {
    for phrase in found(view, place) {
      let word = words.words[phrase]
      switch word.meaning {
      case .brokers: marks.tiers.append((.brokers, index, word.spelling))
      case .named: marks.tiers.append((.named, index, word.spelling))
      case .firmHidden: marks.firmHidden = marks.firmHidden ?? index
      case .refused: marks.isRefused = true
      case .withdrawn: marks.withdrawn = marks.withdrawn ?? (index, word.spelling)
      case .testRow: marks.isTest = true
      case .exampleRow: marks.isExample = true
      case .open, .ignored, .vague, .openBudget, .openDate: break
      }
    }
  }

  /// The numbers of the words that stand in a cell and count in its column, in order.
  private func found(_ view: CellView, _ place: ListVocabulary.Place) -> [Int] {
    if let known = view.words { return known }
    let found = markFinder.found(in: view.folded, place)
    if view.isShared { view.words = found }
    return found
  }

  /// A cell of a visibility column: one of the known words, else read with care.
  private func readTier(_ view: CellView, _ index: Int, _ marks: inout Marks) {
    if view.isUnknown, words.tierOfWholeCell[view.compact] == nil { return }
    guard let meaning = words.tierOfWholeCell[view.compact] else {
      let isRead =
        marks.isRefused || marks.tiers.contains { $0.column == index }
        || marks.firmHidden == index
      if !isRead { marks.unclear = (index, view.text) }
      return
    }
    marks.tiers.removeAll { $0.column == index }
    switch meaning {
    case .brokers: marks.tiers.append((.brokers, index, view.text))
    case .named: marks.tiers.append((.named, index, view.text))
    case .refused: marks.isRefused = true
    default: break
    }
  }

  private func readTitle(_ view: CellView, _ index: Int, _ marks: inout Marks) {
    if let first = view.folded.first, titleBeginnings.mayContain(first) {
      let begins = { (word: [UInt32]) in ListVocabulary.starts(view.folded, with: word) }
      if exampleTitles.contains(where: begins) { marks.isExample = true }
      if withdrawnTitles.contains(where: begins) { marks.withdrawn = (index, view.text) }
    }
    guard
      view.folded.contains(where: {
        $0 == 0x28 || $0 == 0x5B || $0 == 0x3010 || $0 == 0x3014 || $0 == 0x7B
      })
    else {
      return
    }
    guard withdrawnInBrackets.isPart(of: view.folded.filter { $0 > 0x20 }) else { return }
    for part in Heading(view.text, fold: corpus.folding).notes {
      let compact = ListVocabulary.compact(corpus.folding.fold(part))
      if words.isWhole("bracket withdrawn", compact) { marks.withdrawn = (index, part) }
    }
  }

  private func readWhole(_ view: CellView, _ index: Int, _ marks: inout Marks) {
    if withdrawnMarks.holds(view) { marks.withdrawn = (index, view.text) }
    if testMarks.holds(view) { marks.isTest = true }
  }

  /// Whether a text is made of nothing but words for trying out, digits and signs.
  func isTestText(_ folded: [UInt32]) -> Bool {
    let isLetter = { (value: UInt32) in
      (0x61...0x7A).contains(value) || value >= 0x3400 && value < 0xFE00
    }
    // Most texts begin as none of the words does.
    guard let first = folded.first(where: isLetter),
      words.testWords.contains(where: { $0.first == first })
    else { return false }
    let letters = folded.filter(isLetter)
    var index = 0
    while index < letters.count {
      let word = words.testWords.filter { letters[index...].starts(with: $0) }.max {
        $0.count < $1.count
      }
      guard let word, !word.isEmpty else { return false }
      index += word.count
    }
    return true
  }

  /// Whether a text says what is wanted: a number, a Latin name, a service of the taxonomy, or enough
  /// words beyond those that every demand has.
  func isTelling(_ folded: [UInt32]) -> Bool {
    guard folded.count > 1 else { return false }
    if isPlainlyTelling(folded) { return true }
    var rest = folded
    words.genericWords.scan(folded, wanted: { _ in true }) { _, place in
      for index in place { rest[index] = 0x20 }
    }
    var letters = 0
    var digits = 0
    var latin = 0
    for value in rest {
      if (0x30...0x39).contains(value) { digits += 1 }
      if ListVocabulary.isLatin(value) { latin += 1 }
      if value >= 0x3400, value < 0xFE00 { letters += 1 }
    }
    return letters >= 3 || latin >= 3 || (digits > 0 && letters + latin > 0)
  }

  /// A short number among a dozen letters; numbers as long as a phone's say nothing.
  private func isPlainlyTelling(_ folded: [UInt32]) -> Bool {
    var letters = 0
    var run = 0
    var hasNumber = false
    for value in folded {
      if (0x30...0x39).contains(value) {
        run += 1
        continue
      }
      if run > 0, run < 6 { hasNumber = true }
      run = 0
      if ListVocabulary.isLatin(value) || (value >= 0x3400 && value < 0xFE00) { letters += 1 }
      if hasNumber, letters >= 16 { return true }
    }
    return false
  }

  /// Says who may see the row, the strictest of all that is said.
  func sayTier(_ marks: Marks, _ draft: inout Draft) {
    if let strictest = marks.tiers.max(by: { $0.tier < $1.tier }) {
      draft.tier = strictest.tier
      let isMixed = Set(marks.tiers.map(\.tier)).count > 1
      draft.say(
        isMixed ? "confidential_conflict" : "confidential", strictest.column,
        ["got": strictest.got, "taken": "tier.\(strictest.tier.rawValue)"])
    } else if let (column, got) = marks.unclear {
      draft.tier = .named
      draft.say("visibility_unknown", column, ["got": got, "taken": "tier.named"])
    }
    if let column = marks.firmHidden {
      draft.isFirmHidden = true
      draft.say("firm_name_hidden", column)
    }
  }
}
