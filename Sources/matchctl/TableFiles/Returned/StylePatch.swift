/// Cell styles added to a workbook: those of marked cells and of the added columns.
///
/// A style is looked for before one is added, so that a second return adds none.
struct StylePatch {
  private let bytes: [UInt8]
  /// The styles of cells as they stand in the file, and those added.
  private var cellStyles: [String] = []
  private let knownStyles: Int
  private var fills: [String] = []
  private let knownFills: Int
  private let places: Places
  private var isUsable: Bool { places.styles != nil && !cellStyles.isEmpty }

  /// The start tags whose counts change, and where their elements end.
  private struct Places {
    var styles: (tag: Range<Int>, end: Int)?
    var fills: (tag: Range<Int>, end: Int)?
    var prefix = ""
  }

  init(_ archive: ZipArchive, _ path: String?) throws(TableFileError) {
    var places = Places()
    var styles: [String] = []
    var fills: [String] = []
    guard let path, let entry = archive.entry(path) else {
      (bytes, knownStyles, knownFills) = ([], 0, 0)
      self.places = places
      return
    }
    let bytes = try archive.content(entry, limit: 64 << 20)
    self.bytes = bytes
    var scanner = XMLScanner(part: path, bytes: bytes)
    var open: [(name: String, tag: Range<Int>)] = []
    while true {
      let token = try scanner.next()
      if token == .done { break }
      if token == .start {
        let name = scanner.localName
        if name == "cellXfs" { places.prefix = XMLTag(bytes[scanner.range]).prefix }
        open.append((name, scanner.range))
      } else if token == .end, let element = open.popLast() {
        let text = { String(decoding: bytes[element.tag.lowerBound..<$0], as: UTF8.self) }
        switch (open.last?.name, element.name) {
        case ("cellXfs", "xf"): styles.append(text(scanner.range.upperBound))
        case ("fills", "fill"): fills.append(text(scanner.range.upperBound))
        case (_, "cellXfs"): places.styles = (element.tag, scanner.range.lowerBound)
        case (_, "fills"): places.fills = (element.tag, scanner.range.lowerBound)
        default: break
        }
      }
    }
    cellStyles = styles
    self.fills = fills
    (knownStyles, knownFills) = (styles.count, fills.count)
    self.places = places
  }

  /// The part with what was added; nil when nothing was.
  var content: [UInt8]? {
    guard cellStyles.count > knownStyles || fills.count > knownFills, let place = places.styles
    else { return nil }
    var edits = XMLEdits()
    func add(_ place: (tag: Range<Int>, end: Int), _ items: [String], from known: Int) {
      guard items.count > known else { return }
      var tag = XMLTag(bytes[place.tag])
      tag.set("count", String(items.count))
      edits.replace(place.tag, tag.text)
      edits.replace(place.end..<place.end, items[known...].joined())
    }
    if let fillPlace = places.fills { add(fillPlace, fills, from: knownFills) }
    add(place, cellStyles, from: knownStyles)
    return edits.applied(to: bytes)
  }

  /// The style `base` with the mark's fill; nil when the file has no styles to build on.
  mutating func marked(_ base: Int, _ mark: ReturnedMark) -> Int? {
    guard isUsable, places.fills != nil, cellStyles.indices.contains(base) else { return nil }
    let fill = fillIndex(mark.color)
    return index(
      of: changed(cellStyles[base]) {
        $0.set("fillId", String(fill))
        $0.set("applyFill", "1")
      })
  }

  /// The style of a cell without a mark of ours: a style that is the same but for the fill. nil
  /// when the style has no mark of ours.
  func unmarked(_ style: Int) -> Int? {
    guard cellStyles.indices.contains(style), let fill = fillID(cellStyles[style]),
      isOurs(fill)
    else { return nil }
    let plain = withoutFill(cellStyles[style])
    return cellStyles.indices.first { index in
      guard withoutFill(cellStyles[index]) == plain else { return false }
      return !(fillID(cellStyles[index]).map(isOurs) ?? false)
    } ?? 0
  }

  /// The style `base` for a column of text: lines break, the text begins at the top, codes stay
  /// text.
  mutating func text(_ base: Int) -> Int? {
    guard isUsable, cellStyles.indices.contains(base) else { return nil }
    let plain = unmarked(base) ?? base
    var style = changed(cellStyles[plain]) {
      $0.set("numFmtId", "49")
      $0.set("applyNumberFormat", "1")
      $0.set("applyAlignment", "1")
    }
    let name = "<\(places.prefix)alignment"
    if let start = style.firstRange(of: name)?.lowerBound,
      let end = style[start...].firstIndex(of: ">")
    {
      var tag = XMLTag(Array(style[start...end].utf8)[...])
      tag.set("wrapText", "1")
      tag.set("vertical", "top")
      style.replaceSubrange(start...end, with: tag.text)
    } else {
      style = inserted("\(name) vertical=\"top\" wrapText=\"1\"/>", into: style)
    }
    return index(of: style)
  }

  /// Puts a child first into a style's element.
  private func inserted(_ child: String, into style: String) -> String {
    guard let end = style.firstIndex(of: ">") else { return style }
    let isEmpty = style[..<end].hasSuffix("/")
    var tag = XMLTag(Array(style[...end].utf8)[...])
    tag.open()
    let rest = isEmpty ? "</\(places.prefix)xf>" : String(style[style.index(after: end)...])
    return tag.text + child + rest
  }

  /// The style with its start tag changed.
  private func changed(_ style: String, _ change: (inout XMLTag) -> Void) -> String {
    guard let end = style.firstIndex(of: ">") else { return style }
    var tag = XMLTag(Array(style[...end].utf8)[...])
    change(&tag)
    return tag.text + style[style.index(after: end)...]
  }

  private mutating func index(of style: String) -> Int {
    if let known = cellStyles.firstIndex(of: style) { return known }
    cellStyles.append(style)
    return cellStyles.count - 1
  }

  private func withoutFill(_ style: String) -> String {
    changed(style) {
      $0.set("fillId", "0")
      $0.set("applyFill", "0")
    }
  }

  private func fillID(_ style: String) -> Int? {
    guard let end = style.firstIndex(of: ">") else { return nil }
    return XMLTag(Array(style[...end].utf8)[...]).value("fillId").flatMap { Int($0) }
  }

  private func isOurs(_ fill: Int) -> Bool {
    guard fills.indices.contains(fill) else { return false }
    return [ReturnedMark.refused, .warning].contains { fills[fill].contains("\"\($0.color)\"") }
  }

  private mutating func fillIndex(_ color: String) -> Int {
    if let known = fills.firstIndex(where: { $0.contains("\"\(color)\"") }) { return known }
    let p = places.prefix
    fills.append(
      "<\(p)fill><\(p)patternFill patternType=\"solid\"><\(p)fgColor rgb=\"\(color)\"/>"
        + "<\(p)bgColor indexed=\"64\"/></\(p)patternFill></\(p)fill>")
    return fills.count - 1
  }
}

extension XMLScanner {
  /// The element's name without its prefix.
  var localName: String {
    String(decoding: buffer[name], as: UTF8.self)
  }
}
