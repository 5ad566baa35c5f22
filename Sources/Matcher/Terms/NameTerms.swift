/// The words and pairs of characters of a short name, each once: for telling names by what they
/// share. A single character between other signs is one too. Words are whole, not stemmed.
struct NameTerms: Sendable {
  /// Ascending.
  let terms: [UInt64]

  /// O(*n* log *n*) for *n* characters.
  init(_ text: String, folding: Folding) {
    var found: Set<UInt64> = []
    TermReader.forEachRun(of: folding.fold(text)) { kind, run in
      switch kind {
      case .word: found.insert(Term.word(run))
      case .character:
        if run.count == 1 { found.formUnion(run.map(Term.character)) }
        for (left, right) in zip(run, run.dropFirst()) { found.insert(Term.pair(left, right)) }
      case .other: break
      }
    }
    terms = found.sorted()
  }

  /// O(log *n*) for *n* terms.
  func contains(_ term: UInt64) -> Bool {
    var (low, high) = (0, terms.count)
    while low < high {
      let middle = (low + high) / 2
      if terms[middle] < term { low = middle + 1 } else { high = middle }
    }
    return low < terms.count && terms[low] == term
  }
}
