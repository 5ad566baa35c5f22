/// Cuts a text into terms: folded, words stemmed, stop words left out.
struct TermReader: Sendable {
  let folding: Folding
  /// English words that say nothing about a subject, folded. `lexicon/stopwords.tsv`.
  let stopWords: Set<UInt64>
  /// Chinese ones: 什么, 如何, 是否. From the same table.
  let stopPhrases: WordTable

  /// Calls `body` with each term and its spelling (valid during the call), in the text's order.
  ///
  /// - Parameter grams: whether words are told in fours of letters too.
  /// - Returns: the length in words, as `TextTerms.length` counts it.
  func forEachTerm(
    in text: String, grams: Bool = true, _ body: (UInt64, ArraySlice<UInt32>) -> Void
  ) -> Double {
    var length = 0.0
    TermReader.forEachRun(of: folding.fold(text)) { kind, run in
      switch kind {
      case .word: length += word(run, grams: grams, body)
      case .character: length += characters(run, body)
      case .other: break
      }
    }
    return length
  }

  /// The longest runs of signs of one kind, in order.
  static func forEachRun(of values: [UInt32], _ body: (Kind, ArraySlice<UInt32>) -> Void) {
    var start = 0
    while start < values.count {
      let kind = self.kind(values[start])
      var end = start + 1
      while end < values.count, self.kind(values[end]) == kind { end += 1 }
      body(kind, values[start..<end])
      start = end
    }
  }

  /// The key under which a stop word is kept.
  func stopKey(_ word: some StringProtocol) -> UInt64 {
    Term.word(folding.fold(word))
  }
}

extension TermReader {
  enum Kind {
    case word
    case character
    case other
  }

  private static func kind(_ value: UInt32) -> Kind {
    switch value {
    case 0x30...0x39, 0x61...0x7A, 0xDF...0xF6, 0xF8...0x24F, 0x3B1...0x3C9, 0x430...0x44F: .word
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3041...0x30FF:
      .character
    default: .other
    }
  }

  private func word(
    _ letters: ArraySlice<UInt32>, grams: Bool, _ body: (UInt64, ArraySlice<UInt32>) -> Void
  ) -> Double {
    if stopWords.contains(Term.word(letters)) { return 0 }
    let stem = TermReader.stem(letters)
    body(Term.word(stem), stem)
    guard grams else { return 1 }
    let bounded = [TermReader.boundary] + letters + [TermReader.boundary]
    for start in 0..<max(0, bounded.count - 3) {
      let gram = bounded[start..<start + 4]
      body(Term.gram(gram), gram)
    }
    return 1
  }

  /// Marks where a word begins and ends, in a gram: `_mea`, `sure`, `ure_`.
  private static let boundary = UInt32(UInt8(ascii: "_"))

  private static func stem(_ letters: ArraySlice<UInt32>) -> ArraySlice<UInt32> {
    guard letters.allSatisfy({ (0x61...0x7A).contains($0) }) else { return letters }
    return EnglishStemmer.stem(letters.map { UInt8(truncatingIfNeeded: $0) }).map(UInt32.init)[...]
  }

  private func characters(
    _ run: ArraySlice<UInt32>, _ body: (UInt64, ArraySlice<UInt32>) -> Void
  ) -> Double {
    let text = Array(run)
    var count = 0
    var previous: Int?
    var index = 0
    while index < text.count {
      let stop = stopPhrases.length(in: text, at: index)
      if stop > 0 {
        index += stop
        previous = nil
        continue
      }
      if let previous { body(Term.pair(text[previous], text[index]), text[previous...index]) }
      body(Term.character(text[index]), text[index...index])
      previous = index
      index += 1
      count += 1
    }
    return Double(count) / 2
  }
}
