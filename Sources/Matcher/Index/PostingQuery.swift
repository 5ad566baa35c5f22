/// What is asked of a `PostingIndex`: terms of its dictionary with their weights.
public struct PostingQuery: Sendable, Equatable {
  /// Ascending, each once: so ascending by term, too.
  public let terms: [UInt32]
  /// Positive and finite, in the order of `terms`.
  public let weights: [Double]

  public var isEmpty: Bool {
    terms.isEmpty
  }

  /// A query by the dictionary's numbers, in any order. Weights of a term named twice are added in
  /// the order given; a weight that is not positive and finite leaves its term out.
  public init(_ terms: some Sequence<(term: UInt32, weight: Double)>) {
    let known = terms.filter { $0.weight > 0 && $0.weight < .infinity }.enumerated().sorted {
      ($0.element.term, $0.offset) < ($1.element.term, $1.offset)
    }
    var (numbers, weights): ([UInt32], [Double]) = ([], [])
    for (_, next) in known {
      if numbers.last == next.term {
        weights[weights.count - 1] += next.weight
      } else {
        numbers.append(next.term)
        weights.append(next.weight)
      }
    }
    self.terms = numbers
    self.weights = weights
  }

  /// A query by terms; those that no document has are left out, as they add nothing.
  public init(terms: some Sequence<(term: UInt64, weight: Double)>, in dictionary: TermDictionary) {
    self.init(
      terms.compactMap { term, weight in
        dictionary[term].map { (term: $0, weight: weight) }
      })
  }
}
