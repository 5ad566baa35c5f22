/// Checks of the corpus beyond what reading it finds: sources, three languages, dangling names,
/// shared aliases.
public enum CorpusLint {
  public static func check(_ corpus: Corpus) -> [RecordIssue] {
    keys(corpus) + texts(corpus) + problems(corpus) + issuePhrases(corpus) + taxonomy(corpus)
      + vocabularies(corpus)
      + places(corpus)
      + policy(corpus) + indicators(corpus) + corpus.frozenStatistics.issues
      + QuantityLint.check(corpus)
  }

  private static func keys(_ corpus: Corpus) -> [RecordIssue] {
    var issues: [RecordIssue] = []
    let sectors = Set(corpus.sectors.map(\.code))
    for key in corpus.registry.keys {
      func refuse(_ field: String, got: String, expected: String) {
        issues.append(
          RecordIssue(
            .refused, file: "registry/keys", record: key.id, field: field, got: got,
            expected: expected))
      }
      if key.source.isEmpty {
        refuse("source", got: "nothing", expected: "a standard, or 'convention: …'")
      }
      if key.kind == .number, key.plausible == nil {
        refuse("min, max", got: "no range", expected: "a plausible range, min ≤ max")
      }
      for name in [key.name.simplified, key.name.traditional, key.name.english] where name.isEmpty {
        refuse("name", got: "a missing language", expected: "names in zh-Hans, zh-Hant and en")
      }
      for sector in key.sectors where !sectors.contains(sector) {
        refuse(
          "sectors", got: RecordIssue.quoted(sector), expected: "codes of registry/sectors.tsv")
      }
      if key.kind != .number, [.ratio, .log, .interval].contains(key.scale) {
        refuse(
          "scale", got: key.scale.rawValue,
          expected: key.kind == .ordinal ? "step for a ladder" : "set for terms and flags")
      }
      if key.kind == .number, [.step, .set].contains(key.scale) {
        refuse("scale", got: key.scale.rawValue, expected: "ratio, log or interval for a number")
      }
      if key.scale == .log, (key.plausible?.lowerBound ?? 1) < 0 {
        refuse("min", got: "a negative number", expected: "a range above 0 on a log scale")
      }
    }
    return issues
  }

  private static func texts(_ corpus: Corpus) -> [RecordIssue] {
    corpus.texts.ids.flatMap { id in
      corpus.texts.localized(id).map { languages($0, file: "texts", record: id) } ?? []
    }
  }

  /// What the linter says is in three languages, sentence and question.
  private static func problems(_ corpus: Corpus) -> [RecordIssue] {
    let file = "lists/problems.tsv"
    return corpus.lint.problems.sorted { $0.key < $1.key }.flatMap { code, row in
      languages(row.text, file: file, record: code) + languages(row.ask, file: file, record: code)
    }
      + corpus.lint.laws.flatMap { languages($0.reason, file: "lists/laws.tsv", record: $0.kind) }
      + corpus.lint.vague.flatMap {
        languages($0.question, file: "lists/vague.tsv", record: $0.question.simplified)
      }
  }

  /// A phrase is in three languages, and each value of its pattern has a name of its own.
  private static func issuePhrases(_ corpus: Corpus) -> [RecordIssue] {
    let file = "texts/issues.tsv"
    return corpus.issuePhrases.flatMap { phrase in
      var issues = languages(phrase, file: file, record: phrase.english)
      let names = Texts.parts(phrase.english).compactMap(\.placeholder)
      if Set(names).count < names.count {
        issues.append(
          RecordIssue(
            .refused, file: file, record: phrase.english, field: "en",
            got: "a placeholder a second time", expected: "each placeholder once in the pattern"))
      }
      return issues
    }
  }

  /// Three texts with the same placeholders.
  private static func languages(
    _ text: LocalizedName, file: String, record: String
  ) -> [RecordIssue] {
    let cells = [text.simplified, text.traditional, text.english]
    if cells.contains(where: \.isEmpty) {
      return [
        RecordIssue(
          .refused, file: file, record: record, field: "text", got: "a missing language",
          expected: "zh-Hans, zh-Hant and en")
      ]
    }
    guard Set(cells.map(Texts.placeholders)).count > 1 else { return [] }
    return [
      RecordIssue(
        .refused, file: file, record: record, field: "text", got: "placeholders that differ",
        expected: "the same placeholders in every language")
    ]
  }

  private static func taxonomy(_ corpus: Corpus) -> [RecordIssue] {
    let kinds: Set = ["design", "function", "process", "adaptation", "production"]
    var issues: [RecordIssue] = []
    for node in corpus.taxonomy.nodes {
      func refuse(_ field: String, got: String, expected: String) {
        issues.append(
          RecordIssue(
            .refused, file: "taxonomy/services.tsv", record: node.code, field: field, got: got,
            expected: expected))
      }
      let parent = corpus.taxonomy.node(node.parent).map { corpus.taxonomy[$0].level }
      switch node.level {
      case .sector where !node.parent.isEmpty:
        refuse("parent", got: RecordIssue.quoted(node.parent), expected: "nothing")
      case .field where parent != .sector:
        refuse("parent", got: RecordIssue.quoted(node.parent), expected: "a sector")
      case .service where parent != .field:
        refuse("parent", got: RecordIssue.quoted(node.parent), expected: "a field")
      default: break
      }
      for kind in node.verification where !kinds.contains(kind) {
        refuse(
          "verification", got: RecordIssue.quoted(kind),
          expected: "one of \(kinds.sorted().joined(separator: ", "))")
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
              .refused, file: name, record: term.id, field: "parents",
              got: RecordIssue.quoted(parent.id),
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
            got: RecordIssue.quoted(member),
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

  /// Each rate says in three languages what it counts, by a version.
  private static func indicators(_ corpus: Corpus) -> [RecordIssue] {
    let file = "policy/indicators.json"
    let policy = corpus.indicators
    var issues = policy.indicators.flatMap {
      languages($0.name, file: file, record: $0.id)
        + languages($0.definition, file: file, record: $0.id)
    }
    if policy.version.isEmpty {
      issues.append(
        RecordIssue(.refused, file: file, field: "version", got: "nothing", expected: "a version"))
    }
    if policy.indicators.isEmpty {
      issues.append(
        RecordIssue(
          .refused, file: file, field: "indicators", got: "nothing",
          expected: "the indicators' definitions"))
    }
    return issues
  }
}
