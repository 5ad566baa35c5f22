import Matcher

/// Reading the corpus: tables into registry, taxonomy, lexicon, places, policy.
enum CorpusStage: Stage {
  static let name = "corpus"

  static func run(_ workload: Workload) -> [(String, Int)] {
    let corpus = Corpus(.folder(workload.options.corpus))
    return [
      ("keys", corpus.registry.keys.count), ("services", corpus.taxonomy.nodes.count),
      ("places", corpus.places.all.count),
    ]
  }
}
