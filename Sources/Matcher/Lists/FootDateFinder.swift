/// Looks over a list for a day that its foot states (`填表日期：2026年11月20日`), before it is read.
public struct FootDateFinder: SheetConsumer {
  private let reader: NoteReader
  public private(set) var day: CivilDate?

  public init(corpus: Corpus) {
    reader = NoteReader(corpus: corpus)
  }

  public mutating func begin(_ sheet: SheetInfo) {}

  public mutating func row(_ row: SheetRow) {
    guard day == nil else { return }
    var texts: [String] = []
    for cell in row.cells {
      guard case .text(let text) = cell.content, !trimmed(text).isEmpty else { continue }
      if texts.last != text { texts.append(text) }
      if texts.count > 3 { return }
    }
    for text in texts where text.utf8.count < 600 {
      if let found = reader.day(in: text) { day = found }
    }
  }

  public mutating func end() {}
}
