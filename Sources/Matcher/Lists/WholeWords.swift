/// Words that are a whole cell, told first by the character with which a cell begins.
struct WholeWords {
  private let words: Set<String>
  private var beginnings = ScalarSet()

  init(_ words: Set<String>) {
    self.words = words
    for word in words {
      if let first = word.unicodeScalars.first { beginnings.insert(first.value) }
    }
  }

  /// Whether a cell is one of them, blanks aside.
  func holds(_ view: CellView) -> Bool {
    guard view.folded.count <= 24, let first = view.folded.first(where: { $0 > 0x20 }),
      beginnings.mayContain(first)
    else { return false }
    return words.contains(view.compact)
  }
}
