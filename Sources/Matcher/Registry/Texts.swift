/// The texts that people see, by id and language; placeholders are `{name}`. `texts/messages*.tsv`.
public struct Texts: Sendable {
  private var messages: [String: LocalizedName] = [:]

  init() {}

  mutating func add(_ id: String, _ text: LocalizedName) -> Bool {
    guard messages[id] == nil else { return false }
    messages[id] = text
    return true
  }

  /// The ids, sorted.
  public var ids: [String] {
    messages.keys.sorted()
  }

  func localized(_ id: String) -> LocalizedName? {
    messages[id]
  }

  /// The text with its placeholders filled; the id itself in brackets when the corpus lacks it.
  public func text(_ id: String, _ language: Language, _ values: [String: String] = [:]) -> String {
    guard let message = messages[id]?.text(language) else { return "[\(id)]" }
    return Texts.filled(message, values)
  }

  /// A piece of a text.
  enum Part: Equatable {
    case literal(String)
    case placeholder(String)

    var placeholder: String? {
      if case .placeholder(let name) = self { name } else { nil }
    }
  }

  /// The text in pieces, in order; a brace without its partner is literal.
  static func parts(_ text: String) -> [Part] {
    var parts: [Part] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
      parts.append(.placeholder(String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.literal(String(rest))) }
    return parts
  }

  /// The text with its placeholders filled; one without a value stays as it is.
  static func filled(_ text: String, _ values: [String: String]) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var out = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      out += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      out += values[name] ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }

  /// The items as a list in a sentence. A table's cells end without blanks, so English adds its
  /// own.
  public func list(_ items: [String], _ language: Language) -> String {
    items.joined(separator: text("list.mark", language) + (language == .english ? " " : ""))
  }

  /// The placeholder names of a text, sorted.
  static func placeholders(_ text: String) -> [String] {
    Set(parts(text).compactMap(\.placeholder)).sorted()
  }
}
