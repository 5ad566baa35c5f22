/// A cell as the reader of rows looks at it. Cells of one column with the same short text share one
/// view, and what was once found in it is kept there. Belongs to one list reader; not for several
/// threads.
final class CellView {
  /// Without blanks around it, as shown; empty when the cell holds nothing that can be read.
  let text: String
  /// Folded once for everything that is compared.
  let folded: [UInt32]
  let content: Cell.Content
  /// Without any blanks, for whole-cell words; empty for cells longer than any such word.
  private(set) lazy var compact = folded.count <= 24 ? ListVocabulary.compact(folded) : ""
  /// How much of it shows damage; nil before the first look.
  var damage: Double?
  /// What tells it from other names where it is an organization's; nil before the first look.
  var core: String?
  /// Takes its content from the row above by merging.
  let isInherited: Bool
  let hasNote: Bool
  /// A word for nothing known: 待定, N/A.
  let isUnknown: Bool
  /// 同上, as above.
  let isDitto: Bool
  /// Other rows may have the same view.
  let isShared: Bool

  /// The numbers of the words found in it, in order; nil before the first look.
  var words: [Int]?
  /// Whether it looks like what its column holds; nil before the first look.
  var fits: Bool?
  /// What reading it adds to a row; nil before it was read.
  var effect: RowReader.Effect?

  convenience init(_ cell: Cell, text: String, isShared: Bool, tools: borrowing CellTools) {
    self.init(
      cell.content, text: text, isInherited: cell.mergedFrom != nil, hasNote: cell.note != nil,
      isShared: isShared, tools: tools)
  }

  /// The view of a cell that holds a text and nothing more.
  convenience init(
    text: String, trimmed: String, isShared: Bool, tools: borrowing CellTools
  ) {
    self.init(
      .text(text), text: trimmed, isInherited: false, hasNote: false, isShared: isShared,
      tools: tools)
  }

  private init(
    _ content: Cell.Content, text written: String, isInherited: Bool, hasNote: Bool,
    isShared: Bool, tools: borrowing CellTools
  ) {
    let (text, folded) = tools.read(written)
    self.text = text
    self.folded = folded
    self.isShared = isShared
    self.content = content
    self.isInherited = isInherited
    self.hasNote = hasNote
    guard tools.mayBeWhole(folded) else {
      (isUnknown, isDitto) = (false, false)
      return
    }
    let compact = ListVocabulary.compact(folded)
    isUnknown = tools.unknown.contains(compact)
    isDitto = tools.ditto.contains(compact)
  }

  var isEmpty: Bool {
    switch content {
    case .empty: true
    case .text: text.isEmpty
    default: false
    }
  }
}

/// What looking at a cell takes of the corpus.
struct CellTools {
  let folding: Folding
  let unknown: Set<String>
  let ditto: Set<String>
  /// ┋ and its like.
  let choiceMarks: [Unicode.Scalar]
  /// The characters with which the whole-cell words begin.
  private let beginnings: ScalarSet

  init(corpus: Corpus) {
    folding = corpus.folding
    unknown = corpus.lists.wholes["unknown"] ?? []
    ditto = corpus.lists.wholes["ditto"] ?? []
    // A bar may be anything else in a list.
    choiceMarks = corpus.formMarks.choices.flatMap(\.unicodeScalars).filter {
      (0x2500...0x257F).contains($0.value)
    }
    var beginnings = ScalarSet()
    for word in unknown.union(ditto) {
      if let first = word.unicodeScalars.first { beginnings.insert(first.value) }
    }
    self.beginnings = beginnings
  }

  /// Whether a folded cell may be one of the whole-cell words: short, and its first sign is one's.
  func mayBeWhole(_ folded: [UInt32]) -> Bool {
    guard folded.count <= 24, let first = folded.first(where: { $0 > 0x20 }) else { return false }
    return beginnings.mayContain(first)
  }

  /// A cell's text without marks of choices, and folded.
  func read(_ written: String) -> (text: String, folded: [UInt32]) {
    if written.isEmpty { return ("", []) }
    let quick = written.utf8.withContiguousStorageIfAvailable { folding.fold(utf8: $0) }
    if let (folded, hasBox) = quick.flatMap(\.self), !hasBox { return (written, folded) }
    let text = withoutChoiceMarks(written)
    return (text, folding.fold(text))
  }

  /// The text with `；` for the marks by which exports of form services join several choices.
  func withoutChoiceMarks(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: choiceMarks.contains) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      out.append(choiceMarks.contains(scalar) ? "；" : scalar)
    }
    return String(out)
  }
}

/// The views of short cells that were met last, so that what repeats from row to row is looked at
/// once: at most `slots` a column for the first `columns` columns, whatever the list's length.
struct CellCache {
  private static let slots = 1024
  private static let columns = 64
  private static let longest = 48

  private let tools: CellTools
  let blank: CellView
  private var tables: [[CellView?]] = []

  init(corpus: Corpus) {
    tools = CellTools(corpus: corpus)
    blank = CellView(Cell(.empty), text: "", isShared: false, tools: tools)
  }

  /// Forgets all cells: their columns mean something else in the next table.
  mutating func removeAll() { tables = [] }

  mutating func view(_ cell: Cell, column: Int) -> CellView {
    guard cell.mergedFrom == nil, cell.note == nil else { return fresh(cell) }
    return view(of: cell.content, column: column)
  }

  /// The view of a cell that holds this and nothing more.
  mutating func view(of content: Cell.Content, column: Int) -> CellView {
    switch content {
    case .text(let written): return view(written, column: column)
    case .empty: return blank
    default: return fresh(Cell(content))
    }
  }

  private mutating func view(_ written: String, column: Int) -> CellView {
    guard column < CellCache.columns, written.utf8.count <= CellCache.longest else {
      return CellView(
        text: written, trimmed: CellCache.trim(written), isShared: false, tools: tools)
    }
    while tables.count <= column { tables.append([]) }
    if tables[column].isEmpty {
      tables[column] = Array(repeating: nil, count: CellCache.slots)
    }
    let slot = CellCache.hash(written) & (CellCache.slots - 1)
    if let known = tables[column][slot], case .text(let text) = known.content,
      text.utf8.count == written.utf8.count, text == written
    {
      return known
    }
    let view = CellView(
      text: written, trimmed: CellCache.trim(written), isShared: true, tools: tools)
    tables[column][slot] = view
    return view
  }

  private func fresh(_ cell: Cell) -> CellView {
    CellView(cell, text: CellCache.trim(cell.text), isShared: false, tools: tools)
  }

  private static func hash(_ text: String) -> Int {
    let hash = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }
    let out = hash ?? 0
    return Int(out ^ (out >> 15))
  }

  /// The text without blanks around it; as it is when its ends are plainly none.
  private static func trim(_ text: String) -> String {
    let found = text.utf8.withContiguousStorageIfAvailable { bytes -> (UInt8, UInt8)? in
      guard let first = bytes.first, let last = bytes.last else { return nil }
      return (first, last)
    }
    guard
      let (first, last) = found
        ?? text.utf8.first.flatMap({ ends in
          text.utf8.last.map { (ends, $0) }
        })
    else { return text }
    switch (first, last) {
    case (0...0x20, _), (0xC2, _), (0xE3, _), (0xE2, _), (0xEF, _): return trimmed(text)
    case (_, 0...0x20), (_, 0x80), (_, 0xA0), (_, 0x8B), (_, 0xBF): return trimmed(text)
    default: return text
    }
  }
}
