/// Which column of a table holds what: what the headings say, corrected by a park's profile.
public struct ListColumns: Sendable {
  /// How a column came to its field.
  public enum Basis: String, Sendable {
    /// The heading is one that the tables know.
    case whole
    /// The heading contains one.
    case part
    /// A person said so.
    case profile
    /// Not read; its cells are kept in the record.
    case kept
  }

  public struct Column: Sendable {
    /// Of the table, from 0.
    public let index: Int
    /// As written; of headings over two rows both, with a blank.
    public let heading: String
    public internal(set) var field: ListField?
    public internal(set) var basis: Basis
    /// The unit named in the heading, as written.
    public let unit: String?
    let money: ListVocabulary.MoneyUnit?
  }

  public internal(set) var columns: [Column] = []
  /// By `ListField.ordinal`.
  private var byField = [[Int]](repeating: [], count: ListField.allCases.count)
  /// By column of the table: its place in `columns`, −1 for none.
  private var places: [Int] = []

  init() {}

  /// Columns of the headings `parents` (of the row above, may be empty) and `leaves`.
  init(parents: [String], leaves: [String], corpus: Corpus, profile: ListProfile) {
    for index in 0..<max(parents.count, leaves.count) {
      let parent = index < parents.count ? trimmed(parents[index]) : ""
      let leaf = index < leaves.count ? trimmed(leaves[index]) : ""
      if parent.isEmpty, leaf.isEmpty { continue }
      columns.append(
        ListColumns.column(index, parent: parent, leaf: leaf, corpus: corpus, profile: profile))
    }
    settle()
  }

  /// The columns of a field, from left to right; details are several.
  func indices(_ field: ListField) -> [Int] { byField[field.ordinal] }

  func index(_ field: ListField) -> Int? { byField[field.ordinal].first }

  func column(at index: Int) -> Column? {
    guard index >= 0, index < places.count, places[index] >= 0 else { return nil }
    return columns[places[index]]
  }

  func field(at index: Int) -> ListField? {
    guard index >= 0, index < places.count, places[index] >= 0 else { return nil }
    return columns[places[index]].field
  }

  /// The heading of a column for a message; its letter when it has none.
  func heading(at index: Int) -> String {
    column(at: index)?.heading ?? ListColumns.letter(index)
  }

  /// A, B, …, Z, AA, as spreadsheets name columns.
  static func letter(_ index: Int) -> String {
    var rest = index
    var out = ""
    repeat {
      out = String(UnicodeScalar(UInt8(65 + rest % 26))) + out
      rest = rest / 26 - 1
    } while rest >= 0
    return out
  }

  private static func column(
    _ index: Int, parent: String, leaf: String, corpus: Corpus, profile: ListProfile
  ) -> Column {
    let fold = corpus.folding
    let shown = leaf.isEmpty || parent == leaf ? (leaf.isEmpty ? parent : leaf) : leaf
    let candidates = [leaf, parent.isEmpty || leaf.isEmpty ? "" : parent + leaf, parent]
    let unit = [leaf, parent].lazy.compactMap { ListColumns.unit($0, corpus) }.first
    func made(_ field: ListField?, _ basis: Basis) -> Column {
      let own = profile.units.first {
        Heading.key($0.heading, fold: fold) == Heading.key(shown, fold: fold)
      }
      let text = own?.unit ?? unit
      return Column(
        index: index, heading: ListColumns.plain(shown), field: field, basis: basis, unit: text,
        money: text.flatMap { corpus.lists.money[ListVocabulary.compact(fold.fold($0))] })
    }
    let key = Heading.key(shown, fold: fold)
    if let rule = profile.headings.first(where: { Heading.key($0.heading, fold: fold) == key }) {
      return made(rule.field, .profile)
    }
    if let field = joined(parent, leaf, corpus) { return made(field, .whole) }
    var part: ListField?
    for text in candidates where !text.isEmpty {
      let name = withoutUnit(Heading(text, fold: fold).name, corpus)
      guard let found = corpus.lists.headings.field(name) else { continue }
      if found.isWhole { return made(found.field, .whole) }
      if part == nil { part = found.field }
    }
    return made(part, part == nil ? .kept : .part)
  }

  /// 预算/万元 and 預算HK$ without the unit behind.
  private static func withoutUnit(_ name: String, _ corpus: Corpus) -> String {
    if corpus.lists.headings.field(name)?.isWhole == true { return name }
    let scalars = Array(name.unicodeScalars)
    for length in stride(from: min(10, scalars.count - 1), through: 1, by: -1) {
      var unit = String.UnicodeScalarView()
      unit.append(contentsOf: scalars.suffix(length))
      guard corpus.lists.money[String(unit)] != nil else { continue }
      var rest = String.UnicodeScalarView()
      rest.append(contentsOf: scalars.dropLast(length))
      return String(rest)
    }
    return name
  }

  /// 企业信息 above 名称 is 企业名称.
  private static func joined(_ parent: String, _ leaf: String, _ corpus: Corpus) -> ListField? {
    guard !parent.isEmpty, !leaf.isEmpty, parent != leaf else { return nil }
    let fold = corpus.folding
    var stem = Heading(parent, fold: fold).name.unicodeScalars.map(\.value)
    for ending in corpus.lists.phrases("group_ending").all
    where ending.count < stem.count && stem.suffix(ending.count).elementsEqual(ending) {
      stem.removeLast(ending.count)
      break
    }
    let name = ListVocabulary.compact(stem) + Heading(leaf, fold: fold).name
    return corpus.lists.headings.field(name).flatMap { $0.isWhole ? $0.field : nil }
  }

  /// The unit in brackets, behind a slash or behind the name: `预算(万元)`, `预算/万元`, `預算HK$`.
  static func unit(_ text: String, _ corpus: Corpus) -> String? {
    let fold = corpus.folding
    func isMoney(_ text: String) -> Bool {
      corpus.lists.money[ListVocabulary.compact(fold.fold(text))] != nil
    }
    let heading = Heading(text, fold: fold)
    for note in heading.notes {
      if isMoney(note) { return note }
      let parts = note.split(whereSeparator: { ":：,，;；/ ".contains($0) }).map(String.init)
      if let money = parts.first(where: isMoney) { return money }
    }
    let tails = text.split(whereSeparator: { "/:：,， \n".contains($0) }).dropFirst().map(String.init)
    if let money = tails.first(where: isMoney) { return money }
    if let found = corpus.lists.headings.field(heading.name), !found.isWhole {
      let rest = heading.name.replacing(found.part, with: "")
      if corpus.lists.money[rest] != nil { return rest }
    }
    return heading.notes.first { !$0.isEmpty && $0.unicodeScalars.count <= 8 }
  }

  /// Whether `plain` of the text may be this heading: its first byte is the heading's, or that of a
  /// mark or break that is left out.
  static func mayBegin(_ text: String, with heading: String) -> Bool {
    guard let first = text.utf8.first, let own = heading.utf8.first else { return true }
    if isMark(first) || isOfTwoWays(first) || isOfTwoWays(own) { return true }
    guard first == own else { return false }
    // What begins as the heading does goes on with a mark or a break, or is no heading. Letters that
    // can be written in two ways are left to the comparison.
    var rest = text.utf8.makeIterator()
    for byte in heading.utf8 {
      guard let next = rest.next(), !isOfTwoWays(byte), !isOfTwoWays(next) else { return true }
      if next != byte { return isMark(next) || isMark(byte) }
    }
    return rest.next().map(isMark) ?? true
  }

  /// A byte with which characters begin that are joined with accents or out of parts.
  private static func isOfTwoWays(_ byte: UInt8) -> Bool {
    (0xC0...0xE1).contains(byte) || byte >= 0xEA
  }

  /// A byte with which a mark, a blank or a break may begin.
  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "*"), UInt8(ascii: ":"), 0xC2, 0xE2, 0xE3, 0xEF: true
    default: false
    }
  }

  /// A heading in one line, without the marks of what must be filled in.
  static func plain(_ heading: String) -> String {
    let marks: Set<Character> = ["*", "＊", "※", ":", "：", " ", "\u{3000}"]
    var text = Substring(oneLine(heading))
    while let first = text.first, marks.contains(first) { text.removeFirst() }
    while let last = text.last, marks.contains(last) { text.removeLast() }
    return text.isEmpty ? heading : String(text)
  }

  /// A heading that is broken over lines, in one.
  static func oneLine(_ text: String) -> String {
    let isOne = text.utf8.withContiguousStorageIfAvailable { bytes in
      !bytes.contains { $0 < 0x20 || $0 == 0xE2 || $0 == 0xC2 }
    }
    if isOne ?? false { return text }
    let isHan: (Character?) -> Bool = { ($0?.unicodeScalars.first?.value ?? 0) >= 0x2E80 }
    var out = ""
    for part in text.split(whereSeparator: { $0.isNewline }).map({ trimmed($0) })
    where !part.isEmpty {
      if !out.isEmpty, !isHan(out.last) || !isHan(part.first) { out += " " }
      out += part
    }
    return out
  }

  /// One column a field: whole headings before parts, from left to right. A second title is text, a
  /// second text a detail, any other second one is kept.
  private mutating func settle() {
    var taken: Set<ListField> = []
    let order = columns.indices.sorted { left, right in
      let (a, b) = (rank(columns[left].basis), rank(columns[right].basis))
      return a == b ? left < right : a < b
    }
    for index in order {
      guard var field = columns[index].field else { continue }
      if field == .title, taken.contains(.title) { field = .text }
      if field == .text, taken.contains(.text) { field = .details }
      if taken.contains(field), !ListColumns.isMultiple(field) {
        columns[index].field = nil
        columns[index].basis = .kept
        continue
      }
      taken.insert(field)
      columns[index].field = field
    }
    places = Array(repeating: -1, count: (columns.last?.index ?? -1) + 1)
    for (place, column) in columns.enumerated() {
      places[column.index] = place
      if let field = column.field { byField[field.ordinal].append(column.index) }
    }
  }

  private static func isMultiple(_ field: ListField) -> Bool {
    [.details, .remark, .certificates, .standard, .service, .status, .contact, .phone].contains(
      field)
  }

  private func rank(_ basis: Basis) -> Int {
    switch basis {
    case .profile: 0
    case .whole: 1
    case .part: 2
    case .kept: 3
    }
  }

  /// How many different fields the headings name, and whether what is asked is among them.
  var fieldCount: Int { byField.count { !$0.isEmpty } }

  var hasDemand: Bool { index(.title) != nil || index(.text) != nil }
}
