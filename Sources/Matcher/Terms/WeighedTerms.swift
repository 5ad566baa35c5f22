/// The terms of a demand's text, each with the most that a line could add by it.
///
/// A word of letters counts once by itself and twice by its letters in fours, which share that
/// among them, the telling ones more. So `administration` weighs no more than a short word as rare:
/// were its everyday fours added up one by one, the longest words of a demand would decide. A word
/// too short for a four counts by itself alone. Each occurrence of a word counts in full; Chinese
/// characters and pairs count as `Term.Kind.said` lets them.
///
/// - Note: Letters in fours after McNamee and Mayfield, "Character N-Gram Tokenization for European
///   Language Text Retrieval", Information Retrieval 7, 2004, doi:10.1023/B:INRT.0000009441.78971.be;
///   there every gram has its own idf. That the grams of a word share the idf of the word is ours.
struct WeighedTerms: Sendable {
  /// Ascending, each once.
  let terms: [UInt64]
  /// Of all occurrences together, 0 or more, in the order of `terms`.
  private(set) var weights: [Double]
  /// How often each term occurs, in the order of `terms`.
  let counts: [Int32]

  /// The same text gives the same weights to the last bit.
  ///
  /// - Complexity: O(*n* log *n*) for *n* characters.
  init(_ text: String, reader: TermReader, statistics: TextStatistics) {
    var said: [UInt64] = []
    let length = reader.forEachTerm(in: text) { term, _ in said.append(term) }
    let distinct = TextTerms(said, length: length)
    (terms, counts) = (distinct.terms, distinct.counts)
    let each = terms.map(statistics.weight)
    weights = zip(zip(terms, counts), each).map { occurring, weight in
      let kind = Term.kind(occurring.0)
      return kind.isOfLetters ? 0 : weight * kind.weight * kind.said(occurring.1)
    }
    addWords(said, each)
  }
}

extension WeighedTerms {
  /// Adds each word that is said, in the order of the text, to its stem and to its fours.
  private mutating func addWords(_ said: [UInt64], _ each: [Double]) {
    var start = 0
    while start < said.count {
      var end = start + 1
      if Term.kind(said[start]) == .word {
        while end < said.count, Term.kind(said[end]) == .gram { end += 1 }
        addWord(said[start], said[start + 1..<end].map { place(of: $0) }, each)
      }
      start = end
    }
  }

  private mutating func addWord(_ word: UInt64, _ fours: [Int], _ each: [Double]) {
    let own = place(of: word)
    weights[own] += each[own] * Term.Kind.word.weight
    let sum = fours.reduce(0) { $0 + each[$1] }
    guard sum > 0 else { return }
    let shared = each[own] * Term.Kind.gram.weight / sum
    for four in fours { weights[four] += shared * each[four] }
  }

  /// Where a term of the text stands in `terms`.
  private func place(of term: UInt64) -> Int {
    var (low, high) = (0, terms.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if terms[middle] < term { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
