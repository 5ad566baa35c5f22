/// The terms of a text for relevance: bigrams of Chinese characters, words of letters and digits.
///
/// A bigram is packed exactly into its term; a word is hashed (FNV-1a, 62 bits).
struct TextTerms: Sendable {
  /// Term → how often, and the number of terms.
  private(set) var counts: [UInt64: Int32] = [:]
  private(set) var length = 0

  var isEmpty: Bool {
    length == 0
  }

  init(_ text: String, folding: Folding) {
    var run: [UInt32] = []
    var isWord = false
    for value in folding.fold(text) {
      let kind = TextTerms.kind(value)
      if kind != .other, !run.isEmpty, (kind == .word) == isWord {
        run.append(value)
        continue
      }
      close(run, isWord)
      run.removeAll(keepingCapacity: true)
      if kind != .other {
        run.append(value)
        isWord = kind == .word
      }
    }
    close(run, isWord)
  }

  private enum Kind {
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

  private mutating func close(_ run: [UInt32], _ isWord: Bool) {
    guard let first = run.first else { return }
    if isWord {
      add(TextTerms.hash(run))
    } else if run.count == 1 {
      add(UInt64(first) << 21)
    } else {
      for (left, right) in zip(run, run.dropFirst()) { add(UInt64(left) << 21 | UInt64(right)) }
    }
  }

  private mutating func add(_ term: UInt64) {
    counts[term, default: 0] += 1
    length += 1
  }

  private static func hash(_ word: [UInt32]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in word {
      hash ^= UInt64(value)
      hash = hash &* 0x100_0000_01B3
    }
    return hash | 1 << 63
  }
}

/// Frozen statistics of a catalogue's texts. `policy/text-stats.tsv`: rows of a term (hexadecimal)
/// and its number of texts; the first two rows carry the number of texts and the average length.
struct TextStatistics: Sendable {
  var documents = 0
  var averageLength = 1.0
  private var frequency: [UInt64: Int] = [:]

  static let k1 = 1.2
  static let b = 0.75

  mutating func set(_ term: UInt64, documents: Int) {
    frequency[term] = documents
  }

  /// ln(1 + (N − n + ½) ÷ (n + ½)); a term the table does not know takes the largest value.
  func weight(_ term: UInt64) -> Double {
    let n = Double(frequency[term] ?? 0)
    let all = Double(max(documents, 1))
    return Elementary.ln(1 + (all - min(n, all) + 0.5) / (n + 0.5))
  }

  /// The tables' rows for a set of texts, terms in ascending order.
  static func rows(of texts: [TextTerms]) -> String {
    var frequency: [UInt64: Int] = [:]
    var length = 0
    for text in texts {
      length += text.length
      for term in text.counts.keys { frequency[term, default: 0] += 1 }
    }
    let average = texts.isEmpty ? 1 : Double(length) / Double(texts.count)
    var out =
      "term\ttexts\nN\t\(texts.count)\nlength\t\(JSONValue.text(of: (average * 1000).rounded() / 1000))\n"
    for (term, count) in frequency.sorted(by: { $0.key < $1.key }) where count > 1 {
      out += "\(String(term, radix: 16))\t\(count)\n"
    }
    return out
  }
}

/// A demand's text against lines' texts: BM25 over the most it could reach, through the policy's
/// curve.
///
/// - Note: BM25 after Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
///   Beyond", 2009, with Lucene's non-negative idf. Statistics are frozen, so that a pair's value
///   never depends on other records.
struct TextQuery: Sendable {
  /// Ascending by term, so that sums are formed in one order.
  private let weights: [(term: UInt64, weight: Double)]
  private let best: Double
  private let statistics: (average: Double, k1: Double, b: Double)
  private let curve: [(share: Double, degree: Double)]

  init?(
    _ text: TextTerms, statistics table: TextStatistics, curve: [(share: Double, degree: Double)]
  ) {
    guard !text.isEmpty else { return nil }
    let weights = text.counts.keys.sorted().map { (term: $0, weight: table.weight($0)) }
    self.weights = weights
    best = weights.reduce(0) { $0 + $1.weight * (TextStatistics.k1 + 1) }
    statistics = (table.averageLength, TextStatistics.k1, TextStatistics.b)
    self.curve = curve
  }

  /// B ÷ B* in 2⁻³²; terms are added in ascending order.
  func share(of text: TextTerms) -> UInt32 {
    let (average, k1, b) = statistics
    let norm = k1 * (1 - b + b * Double(text.length) / average)
    var sum = 0.0
    for (term, weight) in weights {
      guard let count = text.counts[term] else { continue }
      let frequency = Double(count)
      sum += weight * frequency * (k1 + 1) / (frequency + norm)
    }
    return UInt32(min(4_294_967_295, Elementary.rounded(sum / best * 4_294_967_296)))
  }

  /// The degree of a share through the curve, in millionths.
  func degree(share: UInt32) -> Int64 {
    let x = Double(share) / 4_294_967_296
    for (left, right) in zip(curve, curve.dropFirst()) where x <= right.share {
      let t = (x - left.share) / (right.share - left.share)
      return Degree.millionths(left.degree + t * (right.degree - left.degree))
    }
    return Degree.millionths(curve.last?.degree ?? 1)
  }
}
