/// What is said of the rows of a list, in the language of the reader.
public struct ListText: Sendable {
  let corpus: Corpus

  public init(_ corpus: Corpus) {
    self.corpus = corpus
  }

  /// The sentence of a finding: what was found, what was taken, what to do.
  public func sentence(_ finding: ListFinding, _ language: Language) -> String {
    let id = finding.message ?? corpus.lists.codes[finding.code]?.message ?? "list.\(finding.code)"
    var values = finding.values
    for (name, value) in values { values[name] = resolved(value, language) }
    if values["column"] == nil { values["column"] = "" }
    return corpus.texts.text(id, language, values)
  }

  /// A stock phrase of the corpus.
  public func word(_ id: String, _ language: Language, _ values: [String: String] = [:]) -> String {
    corpus.texts.text(id, language, values)
  }

  /// The word for what becomes of a row.
  public func action(_ action: ListRow.Action, _ language: Language) -> String {
    corpus.texts.text("list.action.\(action.rawValue)", language)
  }

  /// Whether a finding asks somebody to look or to correct.
  public func isProblem(_ finding: ListFinding) -> Bool {
    let effect = finding.effect ?? corpus.lists.codes[finding.code]?.effect ?? .warning
    return effect == .warning || effect == .reject
  }

  /// Whether a finding alone returns its row.
  public func isRefusal(_ finding: ListFinding) -> Bool {
    (finding.effect ?? corpus.lists.codes[finding.code]?.effect) == .reject
  }

  /// The sentences that a person should read, in order, each once.
  public func problems(_ row: ListRow, _ language: Language) -> [String] {
    var seen: Set<String> = []
    return row.findings.filter(isProblem).map { sentence($0, language) }
      .filter { seen.insert($0).inserted }
  }

  /// Names of tiers, sectors and stock phrases among the values.
  private func resolved(_ value: String, _ language: Language) -> String {
    if value == "list.sectors" {
      return corpus.texts.list(corpus.sectors.map { $0.name.text(language) }, language)
    }
    if value.hasPrefix("sector."),
      let sector = corpus.sectors.first(where: { value == "sector.\($0.code)" })
    {
      return sector.name.text(language)
    }
    guard value.hasPrefix("tier.") || value.hasPrefix("list.taken."),
      corpus.texts.localized(value) != nil
    else { return value }
    return corpus.texts.text(value, language)
  }

  /// A row as one object: where it stands, what becomes of it and why, what was read.
  public func json(_ row: ListRow, _ language: Language) -> JSONValue {
    var object = JSONObject([
      ("type", .string("row")), ("file", .string(row.file)),
      ("sheet", row.sheet.map { .string($0) } ?? .null), ("row", .integer(row.number)),
      ("action", .string(row.action.rawValue)),
      ("codes", .array(unique(row.codes).map { .string($0) })),
      ("fields", row.fields.map { .object($0) } ?? .null),
    ])
    object["messages"] = .array(row.findings.map { message($0, language) })
    return .object(object)
  }

  private func unique(_ codes: [String]) -> [String] {
    var seen: Set<String> = []
    return codes.filter { seen.insert($0).inserted }
  }

  private func message(_ finding: ListFinding, _ language: Language) -> JSONValue {
    var object = JSONObject([("code", .string(finding.code))])
    for name in ["column", "got", "taken", "basis"] {
      if let value = finding.values[name] { object[name] = .string(value) }
    }
    object["text"] = .string(sentence(finding, language))
    return .object(object)
  }
}
