/// What reading free text needs, built once from a corpus; any thread may use it.
public struct ReadingTools: Sendable {
  let services: ServiceFinder
  let specs: SpecFinder
  let asks: AskFinder
  let writer: RequirementWriter
  let stages: StageSplitter
  private let index: MentionIndex
  private let quantities: QuantityReader
  private let folding: Folding

  /// O(letters of all names of the corpus).
  public init(corpus: Corpus) {
    index = ReadingTools.index(corpus)
    services = ServiceFinder(corpus: corpus)
    specs = SpecFinder(corpus: corpus)
    asks = AskFinder(corpus: corpus)
    writer = RequirementWriter(corpus: corpus, specs: specs, asks: asks)
    stages = StageSplitter(corpus: corpus, finder: services)
    quantities = QuantityReader(corpus: corpus)
    folding = corpus.folding
  }

  func read(title: String, text: String, asOf: CivilDate) -> ReadText {
    ReadText(
      title: title, text: text, index: index, quantities: quantities, folding: folding, asOf: asOf)
  }

  private static func index(_ corpus: Corpus) -> MentionIndex {
    var index = MentionIndex(folding: corpus.folding, names: 1 << 14)
    addServices(corpus, &index)
    for (place, key) in corpus.registry.keys.enumerated() {
      let id = KeyID(ordinal: Int32(place))
      for name in key.name.all + key.aliases { index.add(name, .key(id)) }
    }
    for (node, rows) in corpus.reading.typical.sorted(by: { $0.key < $1.key }) {
      for row in rows {
        for cue in row.cues { index.add(cue, .localKey(row.key, node)) }
      }
    }
    for (name, vocabulary) in corpus.registry.vocabularies.sorted(by: { $0.key < $1.key }) {
      vocabulary.eachName { index.add($0, .term(vocabulary: name, $1)) }
    }
    for scheme in corpus.lexicon.schemes.order { index.add(scheme.id, .scheme(scheme)) }
    corpus.lexicon.schemes.eachName { index.add($0, .scheme($1)) }
    corpus.lexicon.scopes.eachName { index.add($0, .scope($1)) }
    corpus.places.eachName { index.add($0, .place($1)) }
    for cue in corpus.reading.cues {
      for word in cue.words { index.add(word, .cue(cue.kind)) }
    }
    for noun in corpus.reading.certificateNouns { index.add(noun, .cue(.certificateNoun)) }
    return index
  }

  private static func addServices(_ corpus: Corpus, _ index: inout MentionIndex) {
    for (place, node) in corpus.taxonomy.nodes.enumerated() where node.level == .service {
      let id = ServiceID(ordinal: Int32(place))
      for name in node.name.all + node.aliases { index.add(name, .service(id, .name)) }
    }
    for (service, word, isStrong) in corpus.reading.evidence {
      index.add(word, .service(service, isStrong ? .strong : .weak))
    }
  }
}
