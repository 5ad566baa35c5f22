extension Units {
  /// Unit, quantity kind and aliases, in file order.
  public var listing: [[String]] {
    all.map { [$0.name, $0.quantity, aliases(of: $0).joined(separator: " ")] }
  }
}

extension SpecRegistry {
  /// Term id, name and vocabulary or ladder; vocabularies by name, terms in file order.
  public func termListing(_ language: Language) -> [[String]] {
    var rows: [[String]] = []
    for (name, vocabulary) in vocabularies.sorted(by: { $0.key < $1.key }) {
      for term in vocabulary.order {
        rows.append([term.id, vocabulary.name(term)?.text(language) ?? "", name])
      }
    }
    for (name, ladder) in ladders.sorted(by: { $0.key < $1.key }) {
      for (rank, step) in ladder.names.sorted(by: { $0.key < $1.key }) {
        rows.append(["\(name) \(rank)", step.text(language), name])
      }
    }
    return rows
  }

  /// The terms or steps that a key's values are taken from, in their order; none for numbers.
  package func terms(of key: SpecKey, _ language: Language) -> [(id: String, name: String)] {
    if let vocabulary = vocabularies[key.domain] {
      return vocabulary.order.map { ($0.id, vocabulary.name($0)?.text(language) ?? $0.id) }
    }
    let steps = ladders[key.domain]?.names.sorted { $0.key < $1.key } ?? []
    return steps.map { (String($0.key), $0.value.text(language)) }
  }
}
