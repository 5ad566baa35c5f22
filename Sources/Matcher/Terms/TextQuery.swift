/// A line's text with what does not depend on a demand worked out once.
package struct LineText: Sendable {
  /// Ascending, each once.
  package let terms: [UInt64]
  /// The share of its largest value that BM25's term frequency reaches, 0…1, in the order of
  /// `terms`.
  package let impacts: [Float]

  package var isEmpty: Bool {
    terms.isEmpty
  }

  /// No words.
  package static let none = LineText()

  private init() {
    terms = []
    impacts = []
  }

  /// f ÷ (f + k₁·(1 − b + b · length ÷ average length)) of each term.
  init(_ text: TextTerms, statistics: TextStatistics) {
    terms = text.terms
    let ratio = text.length / statistics.averageLength
    let norm = TextStatistics.k1 * (1 - TextStatistics.b + TextStatistics.b * ratio)
    impacts = text.counts.map { Float(Double($0) / (Double($0) + norm)) }
  }
}

/// A demand's text against lines' texts: BM25 over the most it could reach, through the policy's
/// curve.
///
/// - Note: BM25 after Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
///   Beyond", 2009; the idf is −ln of a frozen share of texts, so that a pair's value never depends
///   on other records. What a term weighs in its demand: `WeighedTerms`.
package struct TextQuery: Sendable {
  /// Ascending, so that sums are formed in one order.
  package let terms: [UInt64]
  package let weights: [Double]
  /// B*.
  package let best: Double
  package let curve: [(share: Double, degree: Double)]

  /// nil when no term of the text tells anything.
  init?(_ text: WeighedTerms, curve: [(share: Double, degree: Double)]) {
    terms = text.terms
    weights = text.weights
    best = weights.reduce(0, +)
    self.curve = curve
    guard best > 0 else { return nil }
  }

  /// B ÷ B* in 2⁻³²: 0 without a common term, never falling when a line's counts rise at the same
  /// length.
  ///
  /// - Complexity: O(terms of both sides), no allocation.
  func share(of line: LineText) -> UInt32 {
    UInt32(
      min(4_294_967_295, Elementary.rounded(sum(of: line) / best * 4_294_967_296)))
  }

  /// B: Σ weight · impact in ascending order of the terms, from 0.
  package func sum(of line: LineText) -> Double {
    var sum = 0.0
    var (own, other) = (0, 0)
    while own < terms.count, other < line.terms.count {
      let (left, right) = (terms[own], line.terms[other])
      if left == right { sum += weights[own] * Double(line.impacts[other]) }
      own += left <= right ? 1 : 0
      other += right <= left ? 1 : 0
    }
    return sum
  }

  /// The degree of a share through the curve, in millionths.
  package func degree(share: UInt32) -> Int64 {
    let x = Double(share) / 4_294_967_296
    for (left, right) in zip(curve, curve.dropFirst()) where x <= right.share {
      let t = (x - left.share) / (right.share - left.share)
      return Degree.millionths(left.degree + t * (right.degree - left.degree))
    }
    return Degree.millionths(curve.last?.degree ?? 1)
  }
}
