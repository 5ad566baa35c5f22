/// In how many texts of a collection each term occurs. Frozen: made once, kept as a file.
struct TermTable: Sendable {
  /// The name a run's summary gives; empty without a table.
  var version = ""
  /// The number of texts that the counts are out of.
  var texts = 0.0
  /// Of the texts, in words as `TextTerms` counts them.
  var averageLength = 0.0
  /// A term and in how many texts it is.
  struct Row {
    var term: UInt64
    var texts: Float
  }

  /// Open addressing with linear probing; the term of a free place is 0, which no term is.
  private var rows: [Row] = []
  private(set) var count = 0
  /// The smallest count of each kind, by the kind's place.
  private var least = SIMD4<Float>(repeating: .infinity)

  /// Sets the counts of terms, the later of one term's. O(*n*).
  ///
  /// The table is larger than the caches near the processor: one short loop lets many rows wait for
  /// memory at the same time.
  mutating func set(_ new: [Row]) {
    reserve(count + new.count)
    let mask = rows.count - 1
    var (added, least) = (0, self.least)
    var places = rows.mutableSpan
    for row in new where row.term != 0 {
      var place = TermTable.place(of: row.term, mask)
      while places[place].term != 0, places[place].term != row.term { place = (place + 1) & mask }
      if places[place].term == 0 { added += 1 }
      places[place] = row
      let kind = TermTable.place(Term.kind(row.term))
      least[kind] = min(least[kind], row.texts)
    }
    count += added
    self.least = least
  }

  func texts(with term: UInt64) -> Double {
    Double(stated(term) ?? 0)
  }

  /// The count of a term as one that the table leaves out for rarity is taken: its kind's smallest,
  /// at least ½.
  func texts(atLeastWith term: UInt64) -> Double {
    if let stated = stated(term) { return Double(stated) }
    let smallest = least[TermTable.place(Term.kind(term))]
    return smallest.isFinite ? Double(max(0.5, smallest)) : 0.5
  }

  /// Makes room for so many terms, at most two thirds full.
  private mutating func reserve(_ count: Int) {
    var size = 16
    while 2 * size < 3 * count { size *= 2 }
    guard size > rows.count else { return }
    let old = rows
    rows = [Row](repeating: Row(term: 0, texts: 0), count: size)
    for row in old where row.term != 0 { rows[place(of: row.term)] = row }
  }

  private func stated(_ term: UInt64) -> Float? {
    guard term != 0, count > 0 else { return nil }
    let row = rows[place(of: term)]
    return row.term == 0 ? nil : row.texts
  }

  /// Where the term stands, or the free place where it would.
  private func place(of term: UInt64) -> Int {
    let mask = rows.count - 1
    var place = TermTable.place(of: term, mask)
    while rows[place].term != 0, rows[place].term != term { place = (place + 1) & mask }
    return place
  }

  /// Where looking for a term begins. Fibonacci hashing: terms are packed characters, whose low bits
  /// tell little.
  @inline(__always)
  private static func place(of term: UInt64, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: (term &* 0x9E37_79B9_7F4A_7C15) >> 24) & mask
  }

  @inline(__always)
  private static func place(_ kind: Term.Kind) -> Int {
    switch kind {
    case .word: 0
    case .gram: 1
    case .character: 2
    case .pair: 3
    }
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
