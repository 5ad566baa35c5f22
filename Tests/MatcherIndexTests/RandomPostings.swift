import MatcherIndex

/// A random world of documents and queries from a seed, with what the index must answer by hand.
struct RandomPostings {
  var random: SplitMix
  var documents: [(terms: [UInt64], impacts: [Float])] = []
  let vocabulary: Int

  init(seed: UInt64) {
    random = SplitMix(seed: seed)
    let count = random.pick([0, 1, 2, 63, 64, 65, 127, 129, 500, 3_000])
    vocabulary = random.pick([1, 5, 60, 400])
    // Few distinct impacts make ties; the higher a term's number, the rarer it is.
    let impacts: [Float] = random.pick([
      [0.5], [0.25, 0.5, 0.75], (1...40).map { Float($0) / 37 },
      [.leastNonzeroMagnitude, 1e-3, 1e4],
    ])
    for _ in 0..<count {
      var terms: Set<UInt64> = []
      for _ in 0..<random.below(20) { terms.insert(term()) }
      let own = Array(terms).shuffled(using: &random)
      documents.append((own, own.map { _ in random.pick(impacts) }))
    }
  }

  /// Terms are spread over 64 bits, ascending with their rank.
  mutating func term() -> UInt64 {
    let rank = random.below(1 + random.below(vocabulary))
    return UInt64(rank + 1) &* (UInt64.max / 500)
  }

  mutating func query() -> [(term: UInt64, weight: Double)] {
    let weights: [Double] = random.pick([[1], [1, 2, 0.5], [3.25, 0.1, 7.77], [1e-3, 1e5]])
    var terms: Set<UInt64> = []
    for _ in 0..<random.pick([0, 1, 3, 12, 60]) {
      terms.insert(random.below(10) == 0 ? random.next() : term())
    }
    return terms.sorted().map { ($0, random.pick(weights)) }
  }

  /// Each document's score: Σ weight · impact, terms ascending, in `Double`.
  func scores(_ query: [(term: UInt64, weight: Double)]) -> [Double] {
    documents.map { document in
      let impacts = Dictionary(uniqueKeysWithValues: zip(document.terms, document.impacts))
      return query.reduce(0) { sum, asked in
        impacts[asked.term].map { sum + asked.weight * Double($0) } ?? sum
      }
    }
  }

  /// The best documents of a score by descending score, then ascending number.
  static func top(_ k: Int, _ scores: [Double], where takesPart: (Int) -> Bool) -> [Hit] {
    let all = scores.indices.filter(takesPart).map { Hit(document: UInt32($0), score: scores[$0]) }
    return Array(all.sorted { $0.precedes($1) }.prefix(k))
  }

  func index(parts: Int = 1, workers: Workers = .one, share: Int = 64) throws -> PostingIndex {
    let parts = (0..<parts).map { part in
      let own = PostingPart()
      for document in documents[
        documents.count * part / parts..<documents.count * (part + 1) / parts]
      {
        own.add(document.terms, impacts: document.impacts)
      }
      return own
    }
    var options = PostingIndex.Options()
    options.columnShare = share
    return try PostingIndex(parts, options: options, workers: workers)
  }
}

/// A small generator that gives the same numbers everywhere.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: Int) -> Int {
    Int(next() % UInt64(max(1, limit)))
  }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[below(values.count)]
  }
}
