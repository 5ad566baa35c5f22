/// The words of park lists: headings, marks, tiers, money, codes, limits. `Corpus/lists`.
struct ListVocabulary: Sendable {
  /// Where a word counts, as bits.
  struct Place: OptionSet, Sendable {
    let rawValue: Int
    /// A column of its own for visibility.
    static let column = Place(rawValue: 1)
    static let text = Place(rawValue: 2)
    static let title = Place(rawValue: 4)
    /// Remark and status columns.
    static let mark = Place(rawValue: 8)
    static let other = Place(rawValue: 16)
    /// How many kinds there are.
    static let bits = 5

    static let anyButText: Place = [.column, .title, .mark, .other]
    static let everywhere: Place = [.column, .title, .mark, .other, .text]
  }

  /// What a word found inside a cell says.
  enum Meaning: Sendable, Equatable {
    /// May be read by everyone.
    case open
    case brokers
    case named
    /// Only the enterprise's name is hidden.
    case firmHidden
    case refused
    case withdrawn
    case testRow
    case exampleRow
    /// Takes its place in the text so that no shorter word is read there.
    case ignored
    case vague
    case openBudget
    case openDate
  }

  struct Word: Sendable {
    let meaning: Meaning
    let place: Place
    let spelling: String
  }

  struct MoneyUnit: Sendable {
    let currency: String
    let factor: Double
  }

  struct Limit: Sendable {
    let factor: Double
    let range: ClosedRange<Double>
    let shown: String
  }

  struct SectorName: Sendable {
    let code: String
    let listName: String
    let isSynonym: Bool
  }

  var headings = HeadingTable()
  var codes: [String: ListCode] = [:]
  var scanner = PhraseFinder()
  /// By number of the scanner.
  var words: [Word] = []
  /// Whole cells: `kind` → compact spelling.
  var wholes: [String: Set<String>] = [:]
  /// Beginnings: code and folded spelling.
  var starts: [String: [[UInt32]]] = [:]
  /// Parts of a row's first cell that say it is the table's foot.
  var footParts: [[UInt32]] = []
  var testWords: [[UInt32]] = []
  /// Words that say nothing about what is wanted.
  var genericWords = PhraseFinder()
  var sheetWords: [[UInt32]] = []
  var money: [String: MoneyUnit] = [:]
  var limits: [String: Limit] = [:]
  var sectors: [String: SectorName] = [:]
  /// By code: the name that `fields` print.
  var sectorListNames: [String: String] = [:]
  var settings: [String: Double] = [:]
  /// By what they do. `lists/words.tsv`.
  var phrases: [String: WordTable] = [:]
  var tierOfWholeCell: [String: Meaning] = [:]
  var names = NameWords()
  /// Glyph forms of Hong Kong and the common ones: 温 → 溫, in Traditional text only.
  var glyphs: [UInt32: UInt32] = [:]

  func phrases(_ name: String) -> WordTable {
    phrases[name] ?? .empty
  }

  func setting(_ name: String, _ fallback: Double) -> Double {
    settings[name] ?? fallback
  }

  /// Whether the whole cell is one of the words of a kind, such as `unknown` or `ditto`.
  func isWhole(_ kind: String, _ compact: String) -> Bool {
    wholes[kind]?.contains(compact) ?? false
  }

  /// Whether folded text begins with a word of a code.
  func begins(_ code: String, _ folded: [UInt32]) -> Bool {
    starts[code]?.contains { Self.starts(folded, with: $0) } ?? false
  }

  /// Folded text begins with a word; a Latin word ends there.
  static func starts(_ folded: [UInt32], with word: [UInt32]) -> Bool {
    guard word.isEmpty || word.first == folded.first, folded.starts(with: word) else {
      return false
    }
    guard let last = word.last, let next = folded.dropFirst(word.count).first else { return true }
    return !(isLatin(last) && isLatin(next))
  }

  static func contains(_ text: [UInt32], _ part: [UInt32]) -> Bool {
    guard let first = part.first, text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains {
      text[$0] == first && text[$0...].starts(with: part)
    }
  }

  static func isLatin(_ value: UInt32) -> Bool {
    (0x61...0x7A).contains(value)
  }

  /// A scalar beyond ASCII as UTF-8.
  private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    let tail = { (shift: UInt32) in UInt8(truncatingIfNeeded: 0x80 | (value >> shift & 0x3F)) }
    switch value {
    case ..<0x800: bytes.append(UInt8(0xC0 | value >> 6))
    case ..<0x10000:
      bytes.append(UInt8(0xE0 | value >> 12))
      bytes.append(tail(6))
    default:
      bytes.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
      bytes.append(tail(12))
      bytes.append(tail(6))
    }
    bytes.append(tail(0))
  }

  /// Folded text without any blanks, as a key.
  static func compact(_ folded: [UInt32]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(folded.count * 3)
    for value in folded where value > 0x20 {
      if value < 0x80 {
        bytes.append(UInt8(value))
      } else if let scalar = Unicode.Scalar(value) {
        append(scalar.value, to: &bytes)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
