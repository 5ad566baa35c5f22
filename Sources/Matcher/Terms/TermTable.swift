/// In how many texts of a collection each term occurs. Frozen: made once, kept as a file.
struct TermTable: Sendable {
  /// The name a run's summary gives; empty without a table.
  var version = ""
  /// The number of texts that the counts are out of.
  var texts = 0.0
  /// Of the texts, in words as `TextTerms` counts them.
  var averageLength = 0.0
  private(set) var counts: [UInt64: Float] = [:]
  /// The smallest count of each kind.
  private var least: [Term.Kind: Float] = [:]

  var count: Int { counts.count }

  mutating func set(_ term: UInt64, texts: Double) {
    counts[term] = Float(texts)
    let kind = Term.kind(term)
    least[kind] = min(least[kind] ?? .infinity, Float(texts))
  }

  func texts(with term: UInt64) -> Double {
    Double(counts[term] ?? 0)
  }

  /// The count of a term as one that the table leaves out for rarity is taken: its kind's smallest,
  /// at least ½.
  func texts(atLeastWith term: UInt64) -> Double {
    Double(counts[term] ?? max(0.5, least[Term.kind(term)] ?? 0.5))
  }

  mutating func reserve(_ count: Int) {
    counts.reserveCapacity(count)
  }
}

/// How telling a term is: general language and the catalogue's own texts together, both frozen, so
/// that a pair's value never depends on other records.
///
/// A catalogue of few lines says little about how common a word is; general language alone does
/// not know that every platform writes 中试. So the general share counts as many texts as
/// `generalTexts`, the catalogue's as many as it has.
struct TextStatistics: Sendable {
  /// General language. `policy/text-general.tsv`.
  var general = TermTable()
  /// The catalogue's texts. `policy/text-stats.tsv`.
  var catalogue = TermTable()

  static let generalTexts = 1000.0
  static let k1 = 1.2
  static let b = 0.95

  /// What one occurrence of a term tells, 0 or more, before its kind's weight.
  ///
  /// That is −ln of the share of texts that hold it; a term that no table knows takes the largest
  /// value of its kind. A pair tells only what it adds to its two characters, which count by
  /// themselves: its own value less their mean.
  func weight(_ term: UInt64) -> Double {
    let own = surprise(term)
    guard Term.kind(term) == .pair else { return own }
    let (left, right) = Term.characters(of: term)
    return max(0, own - (surprise(left) + surprise(right)) / 2)
  }

  private func surprise(_ term: UInt64) -> Double {
    -Elementary.ln(min(1, share(term)))
  }

  private func share(_ term: UInt64) -> Double {
    guard general.texts > 0 else {
      return (catalogue.texts(with: term) + 0.5) / (catalogue.texts + 1)
    }
    let common = general.texts(atLeastWith: term) / general.texts
    let own = catalogue.texts(with: term)
    return (own + TextStatistics.generalTexts * common)
      / (catalogue.texts + TextStatistics.generalTexts)
  }

  /// The length in words at which a count is neither raised nor lowered; at least 1.
  var averageLength: Double {
    let weight = general.texts > 0 ? TextStatistics.generalTexts : 0
    let texts = catalogue.texts + weight
    guard texts > 0 else { return 1 }
    return max(
      1, (catalogue.averageLength * catalogue.texts + general.averageLength * weight) / texts)
  }

  /// The names of the tables, as a run's summary gives them.
  var version: String {
    [general.version, catalogue.version].filter { !$0.isEmpty }.joined(separator: "+")
  }
}
