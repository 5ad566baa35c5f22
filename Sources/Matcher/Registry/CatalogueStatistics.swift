/// The frozen tables of a catalogue. Made once, kept as files, so that a pair never depends on
/// other records.
public struct CatalogueStatistics {
  let corpus: Corpus

  public init(corpus: Corpus) {
    self.corpus = corpus
  }

  /// `text-stats.tsv`: the number of lines with words, their average length, and each term that
  /// occurs in two lines or more.
  ///
  /// - Parameter version: the name that a run's summary will give.
  /// - Complexity: O(size of the texts), memory for each distinct term.
  public func textTable(_ platforms: [Platform], version: String) -> String {
    var builder = TermTableBuilder(reader: corpus.termReader)
    for platform in platforms {
      for line in platform.lines { builder.add(ResolvedLine.words(platform, line)) }
    }
    return builder.rows(version: version)
  }

  /// How the tables in force read and weigh a text as a demand's: its terms, heaviest first.
  public func termWeights(_ text: String) -> [TermWeight] {
    let reader = corpus.termReader
    var spellings: [UInt64: String] = [:]
    _ = reader.forEachTerm(in: text) { term, spelling in
      guard spellings[term] == nil else { return }
      let scalars = spelling.compactMap(Unicode.Scalar.init)
      spellings[term] = String(String.UnicodeScalarView(scalars))
    }
    let weighed = WeighedTerms(text, reader: reader, statistics: corpus.statistics)
    let rows = weighed.terms.indices.map { place in
      TermWeight(weighed, place, spellings[weighed.terms[place]] ?? "", corpus)
    }
    return rows.sorted { ($0.weight, $1.term) > ($1.weight, $0.term) }
  }

  /// `stated.tsv`: each key that a line states or denies, with the number of such lines.
  public func statedTable(_ platforms: [Platform]) -> String {
    var lines: [String: Int] = [:]
    for line in platforms.flatMap(\.lines) {
      let keys = Set((line.specs + line.envelopes.flatMap(\.specs)).map(\.key))
      for key in keys { lines[corpus.registry[key].id, default: 0] += 1 }
    }
    let rows = lines.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)\n" }
    return "key\tlines\n" + rows.joined()
  }

  /// One object a stated spec: key, sector of the line's first service, the spec as its record has
  /// it.
  public func priors(_ platforms: [Platform]) -> [JSONValue] {
    var rows: [(key: String, line: String, value: JSONValue)] = []
    for platform in platforms {
      for line in platform.lines {
        let home = (line.services + line.broadServices).first.map { corpus.taxonomy.sector(of: $0) }
        for spec in line.specs + line.envelopes.flatMap(\.specs) {
          guard case .stated(let value, _) = spec.claim else { continue }
          let key = corpus.registry[spec.key].id
          rows.append((key, line.id, row(key, home ?? "", value, spec.complete)))
        }
      }
    }
    return rows.sorted { ($0.key, $0.line) < ($1.key, $1.line) }.map(\.value)
  }

  private func row(_ key: String, _ sector: String, _ value: Spec.Value, _ complete: Bool)
    -> JSONValue
  {
    var spec = JSONObject([("key", .string(key))])
    let unit = corpus.registry.key(key).map { corpus.registry[$0].unit } ?? ""
    switch value {
    case .interval(let lower, let upper):
      if let lower { spec["min"] = .number(lower) }
      if let upper { spec["max"] = .number(upper) }
    case .numbers(let numbers): spec["values"] = .array(numbers.map { .number($0) })
    case .terms(let stated, _):
      spec["values"] = .array(stated.map { .string($0.id) })
      spec["complete"] = .bool(complete)
    case .rank(let rank):
      let domain = corpus.registry.key(key).map { corpus.registry[$0].domain } ?? ""
      spec["value"] = .string(
        corpus.registry.ladders[domain]?.names[rank]?.simplified ?? String(rank))
    case .flag(let flag): spec["value"] = .bool(flag)
    }
    if !unit.isEmpty { spec["unit"] = .string(unit) }
    return .object(
      JSONObject([("key", .string(key)), ("sector", .string(sector)), ("spec", .object(spec))]))
  }
}

/// A term of a text with what the frozen tables say of it.
public struct TermWeight: Sendable {
  /// As it is compared: folded, stemmed; `_` marks where a word begins or ends.
  public let term: String
  /// `word`, `gram`, `character` or `pair`.
  public let kind: String
  /// In how many of the general table's texts and of the catalogue's lines it occurs.
  public let general: Double
  public let catalogue: Double
  /// What it adds to the most that a line can reach, all its occurrences together.
  public let weight: Double
  /// How often the text holds it.
  public let count: Int

  init(_ weighed: WeighedTerms, _ place: Int, _ spelling: String, _ corpus: Corpus) {
    let number = weighed.terms[place]
    term = spelling
    kind = Term.kind(number).rawValue
    general = corpus.statistics.general.texts(with: number)
    catalogue = corpus.statistics.catalogue.texts(with: number)
    weight = weighed.weights[place]
    count = Int(weighed.counts[place])
  }
}
