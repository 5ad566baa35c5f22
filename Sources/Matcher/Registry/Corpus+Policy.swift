extension Corpus {
  /// This corpus with what a JSON states set in its policy, the rest as it was; and what of it could
  /// not be used.
  public func applyingPolicy(_ value: JSONValue, file: String) -> (Corpus, [RecordIssue]) {
    var copy = tables
    let issues = copy.applyPolicy(value, file: file)
    return (Corpus(copy), issues)
  }

  /// This corpus with another policy in the place of its own: defaults, then each layer over the one
  /// before. Rates and instruments are tables and stay.
  package func replacingPolicy(by layers: [JSONValue]) -> Corpus {
    var copy = tables
    var fresh = Policy()
    fresh.rates = policy.rates
    fresh.instruments = policy.instruments
    copy.policy = fresh
    for layer in layers { _ = copy.applyPolicy(layer, file: "policy") }
    return Corpus(copy)
  }
}
