extension Demand {
  /// The title, else the words, else the services asked.
  public func shortTitle(_ corpus: Corpus, _ language: Language) -> String {
    if !title.isEmpty { return title }
    if !text.isEmpty { return text }
    let services = stages.flatMap(\.ask.services).map { corpus.taxonomy[$0].name.text(language) }
    return services.joined(separator: " / ")
  }
}
