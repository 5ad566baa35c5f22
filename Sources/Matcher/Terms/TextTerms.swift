/// The terms of a text for relevance, each once with its count.
///
/// Terms of four kinds: stems of words, the words' letters in fours (so that inflections and
/// compounds that no stemmer knows still meet), Chinese characters, and pairs of them.
struct TextTerms: Sendable, Equatable {
  /// Ascending, each once.
  private(set) var terms: [UInt64] = []
  /// How often each term occurs, in the order of `terms`.
  private(set) var counts: [Int32] = []
  /// In words: a word of letters is one, a Chinese character half a one. Stop words are none.
  private(set) var length = 0.0

  var isEmpty: Bool {
    terms.isEmpty
  }

  /// O(*n* log *n*) for *n* characters.
  init(_ text: String, reader: TermReader) {
    var found: [UInt64] = []
    let length = reader.forEachTerm(in: text) { term, _ in found.append(term) }
    self.init(found, length: length)
  }

  /// Terms in any order, as often as they occur. O(*n* log *n*).
  init(_ found: [UInt64], length: Double) {
    self.length = length
    for term in found.sorted() {
      if terms.last == term {
        counts[counts.count - 1] += 1
      } else {
        terms.append(term)
        counts.append(1)
      }
    }
  }
}

/// A term in 64 bits: characters, pairs and letters in fours are packed exactly, a word is hashed
/// (FNV-1a, 62 bits).
enum Term {
  enum Kind: String, CaseIterable {
    case word
    case gram
    case character
    case pair

    /// Words and their letters in fours, which are weighed together.
    var isOfLetters: Bool {
      self == .word || self == .gram
    }

    /// How much a term of this kind counts beside the others, so that a word of letters with its
    /// fours and a Chinese word of two characters with their pair weigh about the same. That of fours
    /// is for all fours of a word together, of the word's own weight.
    var weight: Double {
      switch self {
      case .word, .pair: 1
      case .gram: 2
      case .character: 1.3
      }
    }

    /// How often a demand says a term, as it counts. Chinese is cut without knowing its words, so a
    /// character or pair met again is often part of another word: it saturates with k₃ = 3, from 1 to
    /// 4. Repeated words of letters count in full.
    func said(_ count: Int32) -> Double {
      switch self {
      case .word, .gram: Double(count)
      case .character, .pair: Double(count) * 4 / (Double(count) + 3)
      }
    }
  }

  static func kind(_ term: UInt64) -> Kind {
    if term >> 63 == 1 { return .word }
    if term >> 62 == 1 { return .gram }
    return term & 0x1F_FFFF == 0 ? .character : .pair
  }

  static func character(_ value: UInt32) -> UInt64 {
    UInt64(value) << 21
  }

  static func pair(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) << 21 | UInt64(right)
  }

  /// The two characters of a pair, as terms.
  static func characters(of pair: UInt64) -> (UInt64, UInt64) {
    (pair & ~0x1F_FFFF, (pair & 0x1F_FFFF) << 21)
  }

  static func word(_ letters: some Sequence<UInt32>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in letters {
      hash ^= UInt64(value)
      hash = hash &* 0x100_0000_01B3
    }
    return hash | 1 << 63
  }

  static func gram(_ letters: some Sequence<UInt32>) -> UInt64 {
    letters.reduce(0) { $0 << 15 | UInt64($1 & 0x7FFF) } | 1 << 62
  }

  /// The term that a table spells so; nil when the spelling is not of that kind.
  static func spelled(_ text: some StringProtocol, _ kind: Kind) -> UInt64? {
    spelled(text.unicodeScalars.map(\.value), kind)
  }

  /// The term of these scalars; nil when they are not of that kind.
  static func spelled(_ values: [UInt32], _ kind: Kind) -> UInt64? {
    var spelling = Spelling()
    for value in values { spelling.add(value) }
    return spelling.term(kind)
  }

  /// The scalars of a term, one after the other, as what each kind makes of them.
  struct Spelling {
    private var count = 0
    private var first: UInt32 = 0
    private var second: UInt32 = 0
    private var letters: UInt64 = 0
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    mutating func add(_ value: UInt32) {
      if count == 0 { first = value }
      if count == 1 { second = value }
      count += 1
      letters = letters << 15 | UInt64(value & 0x7FFF)
      hash = (hash ^ UInt64(value)) &* 0x100_0000_01B3
    }

    /// Nil when the scalars are not of that kind.
    func term(_ kind: Kind) -> UInt64? {
      switch (kind, count) {
      case (.word, 1...): hash | 1 << 63
      case (.gram, 4): letters | 1 << 62
      case (.character, 1): Term.character(first)
      case (.pair, 2): Term.pair(first, second)
      default: nil
      }
    }
  }
}
