/// Which services a text is about.
///
/// Names and telling words count by their length, those of the title twice; words shared with a
/// service's names count by how few services share them.
struct ServiceFinder: Sendable {
  struct Found: Sendable {
    let service: ServiceID
    /// Comparable within one text only.
    let weight: Double
    /// A name or telling word of it stands in the text; else it only shares words with its names.
    let isNamed: Bool
    /// Where its names and telling words stand, in order.
    let ranges: [Range<Int>]
  }

  /// Shared words alone tell a service from this weight: two or three rare words.
  private static let leastWords = 12.0
  /// More than these are no choice to put to anybody.
  private static let mostChoices = 6

  private let taxonomy: Taxonomy
  private let folding: Folding
  private let reader: TermReader
  /// Only texts whose services are not stated ask for it.
  private let names: MadeOnce<NameWords>

  init(corpus: Corpus) {
    taxonomy = corpus.taxonomy
    folding = corpus.folding
    reader = corpus.termReader
    names = MadeOnce { NameWords(corpus) }
  }

  /// The words of the services' names.
  private struct NameWords: Sendable {
    /// Word or bigram → services whose names hold it, with how often.
    var holders: [UInt64: [(service: ServiceID, count: Int)]] = [:]
    var services = 0

    /// O(letters of all names and telling words of services).
    init(_ corpus: Corpus) {
      let (folding, reader) = (corpus.folding, corpus.termReader)
      var names: [ServiceID: [String]] = [:]
      for (index, node) in corpus.taxonomy.nodes.enumerated() where node.level == .service {
        names[ServiceID(ordinal: Int32(index))] = node.name.all + node.aliases
      }
      for (service, word, _) in corpus.reading.evidence { names[service]?.append(word) }
      services = names.count
      for (service, texts) in names.sorted(by: { $0.key < $1.key }) {
        var counts: [UInt64: Int] = [:]
        for text in Set(texts.map(folding.name)).sorted() {
          for term in Set(ServiceFinder.words(text, reader)) { counts[term, default: 0] += 1 }
        }
        for (term, count) in counts { holders[term, default: []].append((service, count)) }
      }
    }
  }

  /// The words and pairs of characters of a text, in its order.
  private static func words(_ text: String, _ reader: TermReader) -> [UInt64] {
    var words: [UInt64] = []
    _ = reader.forEachTerm(in: text, grams: false) { term, _ in
      if Term.kind(term) != .character { words.append(term) }
    }
    return words
  }

  /// A text as names are compared.
  func folded(_ text: some StringProtocol) -> String {
    folding.name(text)
  }

  /// The services that the text names, the likeliest first, ties by taxonomy order; empty when
  /// nothing names one.
  func services(in text: ReadText) -> [Found] {
    var tally = tally(text)
    tally.add(sharedWords(text))
    return tally.found.filter { $0.isNamed || $0.weight >= ServiceFinder.leastWords }
  }

  /// The services that words of the text may mean while nothing says which, the likeliest first; empty
  /// when the text names one, or when its words are too general to choose from.
  func choices(in text: ReadText) -> [Found] {
    var tally = tally(text)
    guard !tally.told.keys.contains(where: tally.isNamed) else { return [] }
    tally.add(sharedWords(text))
    let told = tally.found.filter { tally.told[$0.service] != nil }
    guard let best = told.first?.weight else { return [] }
    let near = told.filter { $0.weight >= best / 2 }
    return near.count <= ServiceFinder.mostChoices ? near : []
  }

  /// The service that the names and telling words of a part of a text tell most surely; nil when none
  /// is told. Ties by taxonomy order.
  func likeliest(in range: Range<Int>, of text: ReadText) -> ServiceID? {
    tally(text, in: range).found.first(where: \.isNamed)?.service
  }

  /// What the words of a text say of services, added up.
  private struct Tally {
    /// By service: where its names and telling words stand, and how far they prove that the text is about it.
    var told: [ServiceID: (ranges: [Range<Int>], proof: Double)] = [:]
    var weights: [ServiceID: Double] = [:]

    func isNamed(_ service: ServiceID) -> Bool { told[service]?.proof ?? 0 >= 0.6 }

    mutating func add(_ shared: [ServiceID: Double]) {
      for (service, weight) in shared { weights[service, default: 0] += weight }
    }

    /// The likeliest first, ties by taxonomy order.
    var found: [Found] {
      weights.map { service, weight in
        Found(
          service: service, weight: weight, isNamed: isNamed(service),
          ranges: told[service]?.ranges ?? [])
      }
      .sorted { ($1.weight, $0.service) < ($0.weight, $1.service) }
    }
  }

  /// The names and telling words of a text or of a part of it; those of the title count twice.
  private func tally(_ text: ReadText, in part: Range<Int>? = nil) -> Tally {
    var tally = Tally()
    // A weak word said again proves no more.
    var known: [ServiceID: Set<String>] = [:]
    for (mention, service, evidence) in named(in: text)
    where part?.contains(mention.range.lowerBound) ?? true {
      let weight =
        ServiceFinder.weight(mention, evidence, text.loose)
        * (text.isInTitle(mention.range) ? 2 : 1)
      tally.weights[service, default: 0] += weight
      let isNew = known[service, default: []].insert(folded(text.quote(mention.range))).inserted
      let proof = evidence != .weak ? 1 : isNew ? 0.34 : 0
      tally.told[service, default: ([], 0)].ranges.append(mention.range)
      tally.told[service]?.proof += proof
    }
    return tally
  }

  /// The mentions of services that no longer mention of a service covers.
  func named(
    in text: ReadText
  ) -> [(mention: Mention, service: ServiceID, evidence: MentionTarget.Evidence)] {
    var all: [(mention: Mention, service: ServiceID, evidence: MentionTarget.Evidence)] = []
    for mention in text.mentions {
      for case .service(let service, let evidence) in mention.targets {
        all.append((mention, service, evidence))
      }
    }
    return all.filter { one in
      !all.contains { $0.mention.covers(one.mention) }
    }
  }

  private static func weight(
    _ mention: Mention, _ evidence: MentionTarget.Evidence, _ text: LooseText
  ) -> Double {
    let isHan = text.scalars[mention.part].contains { $0 >= 0x3400 }
    let length = min(3, Double(mention.length) / (isHan ? 2 : 4))
    switch evidence {
    case .name: return 4 * max(0.75, length)
    case .strong: return 3.5 * max(0.75, length)
    case .weak: return 1.5 * max(0.75, length)
    }
  }

  /// By service: Σ idf over the words that the text shares with its names, those of the title
  /// twice.
  private func sharedWords(_ text: ReadText) -> [ServiceID: Double] {
    let title = Set(ServiceFinder.words(text.quote(0..<text.titleEnd), reader))
    var sums: [ServiceID: Double] = [:]
    let names = names.value
    for term in Set(ServiceFinder.words(text.text, reader)).sorted() {
      guard let holding = names.holders[term] else { continue }
      let n = Double(holding.count)
      let idf = Elementary.ln(1 + (Double(names.services) - n + 0.5) / (n + 0.5))
      let times = title.contains(term) ? 2.0 : 1.0
      for (service, count) in holding {
        sums[service, default: 0] += 0.7 * times * idf * min(1, Double(count) / 3 + 0.5)
      }
    }
    return sums
  }
}
