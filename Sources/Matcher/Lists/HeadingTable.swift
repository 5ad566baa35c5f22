/// Which headings mean which field. `lists/headings.tsv`.
struct HeadingTable: Sendable {
  private var exact: [String: ListField] = [:]
  private var parts: [(name: String, field: ListField)] = []

  init() {}

  mutating func add(_ field: ListField, whole: [String], parts names: [String]) {
    for name in whole + names where !name.isEmpty && exact[name] == nil { exact[name] = field }
    for name in names where !name.isEmpty { parts.append((name, field)) }
  }

  /// Longest first, so that the first that fits is the best.
  mutating func sort() {
    parts = parts.enumerated().sorted { left, right in
      let (a, b) = (left.element.name.utf8.count, right.element.name.utf8.count)
      return a == b ? left.offset < right.offset : a > b
    }
    .map(\.element)
  }

  /// The field of a heading's folded name, with the part of the name that says so; `isWhole` when it
  /// is all of it.
  ///
  /// A name that ends the heading wins over one inside it (联系人电话 is a phone), then the longest.
  func field(_ name: String) -> (field: ListField, part: String, isWhole: Bool)? {
    if name.isEmpty { return nil }
    if let field = exact[name] { return (field, name, true) }
    if let ending = parts.first(where: { name.hasSuffix($0.name) }) {
      return (ending.field, ending.name, false)
    }
    // Two characters inside a heading say too little: 费用承担方式 is no budget.
    let inner = parts.first { $0.name.unicodeScalars.count >= 3 && Self.contains(name, $0.name) }
    return inner.map { ($0.field, $0.name, false) }
  }

  private static func contains(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    guard let first = part.first, text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains {
      text[$0] == first && text[$0...].starts(with: part)
    }
  }
}
