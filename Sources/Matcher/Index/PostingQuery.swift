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
    var known = Array(terms)
    self.init(sorting: &known)
  }

  private init(sorting known: inout [(term: UInt32, weight: Double)]) {
    known.removeAll { !($0.weight > 0 && $0.weight < .infinity) }
    // Stable, so that weights of a term named twice are added in the order given.
    var isAscending = true
    for place in 1..<max(1, known.count) where known[place - 1].term >= known[place].term {
      isAscending = false
    }
    if !isAscending {
      known = known.enumerated().sorted {
        ($0.element.term, $0.offset) < ($1.element.term, $1.offset)
      }.map(\.element)
    }
    var (numbers, weights): ([UInt32], [Double]) = ([], [])
    numbers.reserveCapacity(known.count)
    weights.reserveCapacity(known.count)
    for next in known {
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

  /// A query by terms in any order, each with its weight at the same place; terms that no document
  /// has are left out, as they add nothing. As the initialisers above, for plain arrays.
  public init(terms: [UInt64], weights: [Double], in dictionary: TermDictionary) {
    var known: [(term: UInt32, weight: Double)] = []
    known.reserveCapacity(terms.count)
    for place in 0..<min(terms.count, weights.count) {
      if let number = dictionary[terms[place]] { known.append((number, weights[place])) }
    }
    self.init(sorting: &known)
  }

  /// A query by terms; those that no document has are left out, as they add nothing.
  public init(terms: some Sequence<(term: UInt64, weight: Double)>, in dictionary: TermDictionary) {
    self.init(
      terms.compactMap { term, weight in
        dictionary[term].map { (term: $0, weight: weight) }
      })
  }
}
