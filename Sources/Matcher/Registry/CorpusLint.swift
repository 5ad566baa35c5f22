/// Checks of the corpus beyond what reading it finds: sources, three languages, dangling names,
/// shared aliases.
public enum CorpusLint {
  public static func check(_ corpus: Corpus) -> [RecordIssue] {
    keys(corpus) + texts(corpus) + taxonomy(corpus) + vocabularies(corpus) + places(corpus)
      + policy(corpus)
  }

  private static func keys(_ corpus: Corpus) -> [RecordIssue] {
    var issues: [RecordIssue] = []
    let sectors = Set(corpus.sectors.map(\.code))
    for key in corpus.registry.keys {
      func refuse(_ field: String, _ got: String, _ expected: String) {
        issues.append(
          RecordIssue(
            .refused, file: "registry/keys", record: key.id, field: field, got: got,
            expected: expected))
      }
      if key.source.isEmpty { refuse("source", "nothing", "a standard, or 'convention: …'") }
      if key.kind == .number, key.plausible == nil {
        refuse("min, max", "no range", "a plausible range, min ≤ max")
      }
      for name in [key.name.simplified, key.name.traditional, key.name.english] where name.isEmpty {
        refuse("name", "a missing language", "names in zh-Hans, zh-Hant and en")
      }
      for sector in key.sectors where !sectors.contains(sector) {
        refuse("sectors", "'\(sector)'", "codes of registry/sectors.tsv")
      }
      if key.kind != .number, [.ratio, .log, .interval].contains(key.scale) {
        refuse("scale", key.scale.rawValue, key.kind == .ordinal ? "step" : "set")
      }
      if key.kind == .number, [.step, .set].contains(key.scale) {
        refuse("scale", key.scale.rawValue, "ratio, log or interval for a number")
      }
      if key.scale == .log, (key.plausible?.lowerBound ?? 1) < 0 {
        refuse("min", "a negative number", "a range above 0 on a log scale")
      }
    }
    return issues
  }

  private static func texts(_ corpus: Corpus) -> [RecordIssue] {
    corpus.texts.ids.compactMap { id in
      guard let text = corpus.texts.localized(id) else { return nil }
      let cells = [text.simplified, text.traditional, text.english]
      if cells.contains(where: \.isEmpty) {
        return RecordIssue(
          .refused, file: "texts", record: id, field: "text", got: "a missing language",
          expected: "zh-Hans, zh-Hant and en")
      }
      let names = cells.map(Texts.placeholders)
      guard Set(names).count > 1 else { return nil }
      return RecordIssue(
        .refused, file: "texts", record: id, field: "text", got: "placeholders that differ",
        expected: "the same placeholders in every language")
    }
  }

  private static func taxonomy(_ corpus: Corpus) -> [RecordIssue] {
    let kinds: Set = ["design", "function", "process", "adaptation", "production"]
    var issues: [RecordIssue] = []
    for node in corpus.taxonomy.nodes {
      func refuse(_ field: String, _ got: String, _ expected: String) {
        issues.append(
          RecordIssue(
            .refused, file: "taxonomy/services.tsv", record: node.code, field: field, got: got,
            expected: expected))
      }
      let parent = corpus.taxonomy.node(node.parent).map { corpus.taxonomy[$0].level }
      switch node.level {
      case .sector where !node.parent.isEmpty: refuse("parent", "'\(node.parent)'", "nothing")
      case .field where parent != .sector: refuse("parent", "'\(node.parent)'", "a sector")
      case .service where parent != .field: refuse("parent", "'\(node.parent)'", "a field")
      default: break
      }
      for kind in node.verification where !kinds.contains(kind) {
        refuse("verification", "'\(kind)'", kinds.sorted().joined(separator: ", "))
      }
    }
    return issues
  }

  private static func vocabularies(_ corpus: Corpus) -> [RecordIssue] {
    var lists = corpus.registry.vocabularies.map { (name: $0.key, terms: $0.value) }
    lists.append(("lexicon/scopes.tsv", corpus.lexicon.scopes))
    var issues: [RecordIssue] = []
    for (name, vocabulary) in lists.sorted(by: { $0.name < $1.name }) {
      for term in vocabulary.order {
        for parent in vocabulary.terms[term]?.parents ?? [] where vocabulary.terms[parent] == nil {
          issues.append(
            RecordIssue(
              .refused, file: name, record: term.id, field: "parents", got: "'\(parent.id)'",
              expected: "a term of the same list"))
        }
        let broader = vocabulary.withBroader(term).dropFirst()
        let isCircle = broader.contains { vocabulary.terms[$0]?.parents.contains(term) ?? false }
        if isCircle {
          issues.append(
            RecordIssue(
              .refused, file: name, record: term.id, field: "parents", got: "a circle",
              expected: "broader terms only"))
        }
      }
    }
    return issues
  }

  private static func places(_ corpus: Corpus) -> [RecordIssue] {
    var issues: [RecordIssue] = []
    for place in corpus.places.all {
      for member in place.members where corpus.places.place(member) == nil {
        issues.append(
          RecordIssue(
            .refused, file: "places/places.tsv", record: place.id, field: "note",
            got: "'\(member)'",
            expected: "members that are places"))
      }
      guard let parent = place.parent, let own = place.coordinate,
        ["district", "zone"].contains(place.level),
        let outer = corpus.places[parent].coordinate, corpus.places[parent].level == "city"
      else { continue }
      let distance = own.kilometers(to: outer)
      if distance > 250 {
        issues.append(
          RecordIssue(
            .warning, file: "places/places.tsv", record: place.id, field: "lat, lon",
            got: "\(distance) km from its city", expected: "a point near its city"))
      }
    }
    return issues
  }

  private static func policy(_ corpus: Corpus) -> [RecordIssue] {
    var issues: [RecordIssue] = []
    if corpus.policy.version.isEmpty {
      issues.append(
        RecordIssue(
          .refused, file: "policy/policy.json", field: "version", got: "nothing",
          expected: "a version"))
    }
    for part in Policy.Part.allCases where corpus.policy.weights[part] == nil {
      issues.append(
        RecordIssue(
          .refused, file: "policy/policy.json", field: "weights.\(part.rawValue)", got: "nothing",
          expected: "a whole number"))
    }
    for region in ["cn", "hk", "mo"] where corpus.calendars[region] == nil {
      issues.append(
        RecordIssue(
          .refused, file: "calendars/\(region).tsv", field: "", got: "no rows",
          expected: "a calendar"))
    }
    return issues
  }
}
