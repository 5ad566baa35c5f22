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
