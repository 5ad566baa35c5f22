/// The frozen tables of a catalogue. Made once, kept as files, so that a pair never depends on
/// other records.
public struct CatalogueStatistics {
  let corpus: Corpus

  public init(corpus: Corpus) {
    self.corpus = corpus
  }

  /// `text-stats.tsv`: the number of lines, their average length, and each term that occurs in two
  /// lines or more.
  public func textTable(_ platforms: [Platform]) -> String {
    let texts = platforms.flatMap { platform in
      platform.lines.map { ResolvedLine(platform, $0, corpus: corpus).text }
    }
    return TextStatistics.rows(of: texts.filter { !$0.isEmpty })
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

extension CatalogueStatistics {
  /// `ranges.tsv`: for each number key the least and the greatest number that lines state, in the
  /// canonical unit, and how many lines state it.
  public func knownRanges(_ platforms: [Platform]) -> String {
    var ranges: [KeyID: (low: Double, high: Double, lines: Set<String>)] = [:]
    for line in platforms.flatMap(\.lines) {
      for spec in line.specs + line.envelopes.flatMap(\.specs) {
        guard case .stated(let value, _) = spec.claim, corpus.registry[spec.key].kind == .number
        else { continue }
        for number in numbers(value) {
          let old = ranges[spec.key] ?? (number, number, [])
          ranges[spec.key] = (
            min(old.low, number), max(old.high, number), old.lines.union([line.id])
          )
        }
      }
    }
    let rows = ranges.sorted { corpus.registry[$0.key].id < corpus.registry[$1.key].id }
    return "key\tunit\tlow\thigh\tn\n"
      + rows.map { key, range in
        let row = corpus.registry[key]
        let (low, high) = (JSONValue.text(of: range.low), JSONValue.text(of: range.high))
        return "\(row.id)\t\(row.unit)\t\(low)\t\(high)\t\(range.lines.count)\n"
      }.joined()
  }

  private func numbers(_ value: Spec.Value) -> [Double] {
    switch value {
    case .interval(let lower, let upper): [lower, upper].compactMap(\.self)
    case .numbers(let numbers): numbers
    case .terms, .rank, .flag: []
    }
  }
}
