/// The table of texts that cells refer to by number.
enum SharedStrings {
  static func read(_ archive: ZipArchive, _ path: String?) throws(TableFileError) -> [String] {
    guard let entry = archive.entry(path ?? "xl/sharedStrings.xml") else { return [] }
    let source = try archive.open(entry)
    var scanner = XMLScanner(part: entry.name) { () throws(TableFileError) in try source.next() }
    var strings: [String] = []
    while true {
      let token = try scanner.next()
      if token == .done { return strings }
      if token == .start, scanner.isNamed("si") { strings.append(try scanner.richText()) }
    }
  }
}

extension XMLScanner {
  /// The text of the element whose start was the last token: its runs joined, the reading aids of
  /// East Asian text (`rPh`) left out.
  mutating func richText() throws(TableFileError) -> String {
    let outer = depth - 1
    var text = ""
    while depth > outer {
      switch try next() {
      case .start where isNamed("rPh"): try skipElement()
      case .start where isNamed("t"): text += try elementText()
      case .done: return text
      default: continue
      }
    }
    return XMLText.unescaped(text)
  }

  /// The characters inside the element whose start was the last token.
  mutating func elementText() throws(TableFileError) -> String {
    let outer = depth - 1
    var text = ""
    while depth > outer {
      switch try next() {
      case .text: text += self.text
      case .done: return text
      default: continue
      }
    }
    return text
  }
}

/// The number formats of a workbook's cell styles, by the style's index.
enum CellStyles {
  static func read(
    _ archive: ZipArchive, _ path: String?
  ) throws(TableFileError) -> [NumberFormat] {
    guard let entry = archive.entry(path ?? "xl/styles.xml") else { return [] }
    var scanner = XMLScanner(part: entry.name, bytes: try archive.content(entry, limit: 64 << 20))
    var codes: [Int: NumberFormat] = [:]
    var formats: [NumberFormat] = []
    var isCells = false
    while true {
      switch try scanner.next() {
      case .done: return formats
      case .start where scanner.isNamed("numFmt"):
        if let id = scanner.integer("numFmtId"), let code = scanner.attribute("formatCode") {
          codes[id] = NumberFormat(code: code)
        }
      case .start where scanner.isNamed("cellXfs"): isCells = true
      case .end where scanner.isNamed("cellXfs"): isCells = false
      case .start where isCells && scanner.isNamed("xf"):
        let id = scanner.integer("numFmtId") ?? 0
        formats.append(codes[id] ?? NumberFormat.builtIn(id) ?? .general)
      default: continue
      }
    }
  }
}

/// The notes that hang on a sheet's cells. Threaded comments count before the old form, in which
/// programs only say that there is a thread.
enum CellNotes {
  static func read(
    _ archive: ZipArchive, _ relations: [String: OfficePackage.Relation]
  ) throws(TableFileError) -> [CellReference: String] {
    var notes: [CellReference: String] = [:]
    for (kind, element) in [("comments", "comment"), ("threadedComment", "threadedComment")] {
      let parts = relations.values.filter { $0.kind == kind }.map(\.target).sorted()
      for path in parts {
        guard let entry = archive.entry(path) else { continue }
        let found = try part(archive, entry, element)
        notes.merge(found) { $1 }
      }
    }
    return notes
  }

  private static func part(
    _ archive: ZipArchive, _ entry: ZipArchive.Entry, _ element: String
  ) throws(TableFileError) -> [CellReference: String] {
    var notes: [CellReference: String] = [:]
    var scanner = XMLScanner(part: entry.name, bytes: try archive.content(entry, limit: 64 << 20))
    while true {
      let token = try scanner.next()
      if token == .done { return notes }
      guard token == .start,
        element == "comment" ? scanner.isNamed("comment") : scanner.isNamed("threadedComment"),
        let place = scanner.attribute("ref").flatMap({ CellReference($0.utf8) })
      else { continue }
      let text = try element == "comment" ? scanner.richText() : scanner.threadText()
      notes[place] = [notes[place], text].compactMap { $0 }.joined(separator: "\n")
    }
  }
}

extension XMLScanner {
  /// The text of one contribution to a thread.
  fileprivate mutating func threadText() throws(TableFileError) -> String {
    let outer = depth - 1
    var text = ""
    while depth > outer {
      switch try next() {
      case .start where isNamed("text"): text += try elementText()
      case .done: return text
      default: continue
      }
    }
    return text
  }
}
