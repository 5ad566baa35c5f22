/// Reads platform lists made after the template: headings in any of its languages, or the product's
/// own column names, wherever their row stands.
///
/// Example rows and sheets without such headings are left out. A cell stays the text that a person
/// sees in it.
public struct PlatformTable: SheetConsumer {
  private let columns: [String: String]
  private let examples: Set<String>
  private let folding: Folding
  private var header: [String]?
  private var first = true
  /// The header and the rows below it, of every sheet with headings, by sheet.
  public private(set) var rows: [[(number: Int, cells: [String])]] = []

  public init(corpus: Corpus) {
    folding = corpus.folding
    let template = corpus.templates.columns(of: .platforms)
    var columns: [String: String] = [:]
    for name in TableRecords.platformColumns { columns[name] = name }
    for column in template {
      for heading in column.heading.all {
        columns[Heading(heading, fold: corpus.folding).name] = column.field
      }
    }
    self.columns = columns
    examples = Set(template.first?.example.all ?? [])
  }

  public mutating func begin(_ sheet: SheetInfo) { header = nil }

  public mutating func row(_ row: SheetRow) {
    let cells = row.cells.map { $0.mergedFrom == row.number ? "" : $0.text }
    guard header != nil else {
      let names = cells.map { name($0) }
      guard names.contains("id"), names.count(where: { columns.values.contains($0) }) >= 3 else {
        return
      }
      header = names
      rows.append([(row.number, names)])
      return
    }
    guard !row.isHidden, !cells.allSatisfy({ trimmed($0).isEmpty }) else { return }
    let id = header?.firstIndex(of: "id").flatMap { $0 < cells.count ? trimmed(cells[$0]) : nil }
    if let id, examples.contains(id) { return }
    rows[rows.count - 1].append((row.number, cells))
  }

  public mutating func end() {}

  /// The column's own name for a heading; the heading itself when none is known.
  private func name(_ heading: String) -> String {
    let key = trimmed(heading)
    return columns[key] ?? columns[Heading(key, fold: folding).name] ?? key
  }
}
