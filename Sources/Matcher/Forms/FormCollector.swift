/// Makes one list in the template's columns of forms and lists of other shapes.
///
/// Each form is a row; each row of a list or of a form service's export too. Labels that the
/// template has no column for get a column of their own behind, the source file the last one.
public struct FormCollector: Sendable {
  private struct Row: Sendable {
    var values: [String: String]
    var file: String
  }

  private let corpus: Corpus
  private let language: Language
  private let columns: [TemplateColumn]
  private var rows: [Row] = []
  /// Columns behind the template's: what they are known by, and their headings.
  private var extras: [(key: String, heading: String)] = []
  public private(set) var issues: [RecordIssue] = []

  public init(corpus: Corpus, language: Language) {
    self.corpus = corpus
    self.language = language
    columns = corpus.templates.columns(of: .demands)
  }

  /// Adds the forms or rows of a file.
  ///
  /// - Returns: How many rows it gave; a file without any gets an issue.
  @discardableResult
  public mutating func add(_ tables: GatheredTables, file: String) -> Int {
    let before = rows.count
    var form: [FormEntry] = []
    for table in tables.tables where !table.info.isHidden {
      if addList(table, file: file) { continue }
      let entries = FormReader(corpus: corpus).entries(table.rows)
      let fields = Set(entries.filter { !$0.value.isEmpty }.compactMap(\.field))
      if fields.isEmpty { continue }
      // A table that asks again what was answered is another form; else it goes on.
      let known = Set(form.filter { !$0.value.isEmpty }.compactMap(\.field))
      if known.intersection(fields).count * 2 > fields.count {
        add(form, file: file)
        form = []
      }
      form += entries
    }
    if !form.isEmpty { add(form, file: file) }
    if rows.count == before {
      issues.append(
        RecordIssue(
          .refused, file: file, field: "", got: "no form and no list",
          expected: "labels such as the headings of the template beside or above their values",
          hint: "see matchctl inspect --table for what the file holds"))
    }
    if tables.dropped > 0 {
      issues.append(
        RecordIssue(
          .warning, file: file, field: "", got: "\(tables.dropped) rows too many",
          expected: "at most \(GatheredTables.rowLimit) rows a table",
          hint: "a list of this size is read as it is, without collecting"))
    }
    return rows.count - before
  }

  /// Headings, in the language of the collector, and rows of as many cells.
  public var table: (header: [String], rows: [[String]]) {
    let header =
      columns.map { $0.heading.text(language) } + extras.map(\.heading)
      + [corpus.texts.text("collect.source", language)]
    let cells = rows.enumerated().map { index, row in
      columns.map { column in
        let value = row.values[column.field] ?? ""
        // Numbers of several files say nothing in one list; a park's own ids do.
        let isNumber = value.unicodeScalars.allSatisfy { $0.properties.numericType != nil }
        return column.field == "serial" && isNumber ? String(index + 1) : value
      } + extras.map { row.values[$0.key] ?? "" } + [row.file]
    }
    return (header, cells)
  }

  /// Gives the list to a consumer as one sheet whose first row are the headings.
  public func give(_ info: SheetInfo, to consumer: inout some SheetConsumer) {
    let (header, rows) = table
    consumer.begin(info)
    for (index, texts) in ([header] + rows).enumerated() {
      let cells = texts.map { Cell($0.isEmpty ? .empty : .text($0)) }
      consumer.row(SheetRow(number: index + 1, cells: cells))
    }
    consumer.end()
  }

  // MARK: forms

  private mutating func add(_ entries: [FormEntry], file: String) {
    var row = Row(values: [:], file: file)
    for entry in entries where !entry.value.isEmpty {
      put(entry.value, label: entry.label, field: entry.field, into: &row)
    }
    let fields = Set(entries.filter { !$0.value.isEmpty }.compactMap(\.field))
    if fields.count >= 2 { rows.append(row) }
  }

  private mutating func put(
    _ value: String, label: String, field: ListField?, into row: inout Row
  ) {
    guard let field, let column = columns.first(where: { $0.field == field.rawValue }) else {
      let name = Heading(label, fold: corpus.folding).name
      let key = "+" + (field?.rawValue ?? name)
      if !extras.contains(where: { $0.key == key }) {
        extras.append((key, trimmed(Heading.withoutNumbering(label))))
      }
      let old = row.values[key].map { $0 == value ? "" : $0 + "\n" } ?? ""
      row.values[key] = old + value
      return
    }
    let value = withUnit(value, label: label, column)
    if let old = row.values[column.field], old != value {
      row.values[column.field] = "\(old)\n\(Heading.withoutNumbering(label))：\(value)"
    } else {
      row.values[column.field] = value
    }
  }

  /// A bare number whose label names another unit than the template's column takes it along.
  private func withUnit(_ value: String, label: String, _ column: TemplateColumn) -> String {
    guard [ListField.budget, .quantity].contains(where: { $0.rawValue == column.field }) else {
      return value
    }
    let own = Heading(label, fold: corpus.folding).notes
    let asked = Heading(column.heading.text(language), fold: corpus.folding).notes
    let isBare = value.utf8.allSatisfy {
      (0x30...0x39).contains($0) || [0x2E, 0x2C, 0x2D].contains($0)
    }
    let fold = corpus.folding
    guard isBare, let unit = own.first, own.map(fold.name) != asked.map(fold.name),
      unit.unicodeScalars.count <= 8, !unit.utf8.contains(where: { (0x30...0x39).contains($0) })
    else { return value }
    return value + unit
  }

  // MARK: lists

  /// Adds the rows of a list: a table with one row of headings. False when it is none.
  private mutating func addList(_ table: GatheredTables.Table, file: String) -> Bool {
    let finder = HeadingFinder(corpus: corpus, profile: ListProfile())
    let reader = FormReader(corpus: corpus)
    let headers = table.rows.prefix(60).indices.filter {
      finder.columns(of: table.rows[$0], above: nil) != nil && isDense(table.rows[$0])
    }
    // Headings may be repeated on every page; other rows of headings are those of a form.
    let texts = Set(headers.map { HeadingFinder.texts(table.rows[$0]) })
    guard texts.count == 1, let header = headers.first,
      let columns = finder.columns(of: table.rows[header], above: nil)
    else { return false }
    let below = table.rows[(header + 1)...].prefix(20).filter {
      !texts.contains(HeadingFinder.texts($0))
    }
    let labels = below.reduce(0) { $0 + reader.labelCount($1) }
    let filled = below.reduce(0) { sum, row in sum + row.cells.count { $0.content != .empty } }
    guard labels * 10 <= filled else { return false }
    var count = 0
    for source in table.rows[(header + 1)...]
    where !source.isHidden && !texts.contains(HeadingFinder.texts(source)) {
      var row = Row(values: [:], file: file)
      for column in columns.columns where column.index < source.cells.count {
        let value = corpus.formMarks.answer(source.cells[column.index].text)
        if value.isEmpty || column.heading.isEmpty { continue }
        put(value, label: column.heading, field: column.field, into: &row)
      }
      if row.values["title"] != nil || row.values["text"] != nil {
        rows.append(row)
        count += 1
      }
    }
    return count > 0
  }

  /// Headings of a list stand side by side; labels of a form have room for values between.
  private func isDense(_ row: SheetRow) -> Bool {
    let filled = row.cells.indices.filter { row.cells[$0].content != .empty }
    guard let first = filled.first, let last = filled.last, filled.count >= 3 else { return false }
    return filled.count * 5 >= (last - first + 1) * 4
  }
}
