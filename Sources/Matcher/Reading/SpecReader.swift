/// Specs of a line, and the parts that demands and lines state alike.
struct SpecReader {
  let corpus: Corpus
  let log: IssueLog
  private var measure: MeasureReader { MeasureReader(corpus: corpus, log: log) }

  init(corpus: Corpus, log: IssueLog) {
    self.corpus = corpus
    self.log = log
  }

  /// The key a field `key` names; an unknown or shared name is an issue.
  func key(_ fields: FieldReader) -> KeyID? {
    guard let name = fields.string("key") else {
      log.refuse(
        fields.sub("key"), got: "nothing", expected: "a key", hint: "matchctl inspect keys")
      return nil
    }
    let keys = corpus.registry.keys(named: name, fold: corpus.folding)
    if keys.count == 1 { return keys[0] }
    let candidates = keys.map { corpus.registry[$0].id }.joined(separator: ", ")
    log.refuse(
      fields.sub("key"), got: RecordIssue.quoted(name),
      expected: keys.isEmpty ? "a key of the registry" : "one of \(candidates)",
      hint: "matchctl inspect keys")
    return nil
  }

  /// One spec; nil, with an issue, when it cannot be used. `open` says that its record was coded
  /// from prose, `inferred` that it was read from free text, which holds for a spec that names no
  /// source of its own.
  func spec(_ fields: FieldReader, open: Bool, inferred: Bool = false) -> Spec? {
    guard let key = key(fields) else { return nil }
    var provenance = provenance(fields)
    if inferred, fields.object["source"] == nil, fields.object["inferred"] == nil {
      provenance.inferred = true
    }
    let complete = fields.bool("complete") ?? !open
    switch fields.string("state") ?? "value" {
    case "unknown": return Spec(key: key, claim: .unknown, complete: complete, written: "")
    case "not_applicable":
      return Spec(key: key, claim: .notApplicable, complete: complete, written: "")
    case "denied":
      return Spec(key: key, claim: .denied(provenance), complete: complete, written: "")
    case "value": break
    default:
      log.refuse(
        fields.sub("state"), got: RecordIssue.quoted(fields.string("state") ?? ""),
        expected: "value, unknown, not_applicable or denied")
      return nil
    }
    guard let value = value(fields, key: key) else { return nil }
    return Spec(
      key: key, claim: .stated(value, provenance), complete: complete, written: written(fields))
  }

  private func value(_ fields: FieldReader, key: KeyID) -> Spec.Value? {
    switch corpus.registry[key].kind {
    case .number: number(fields, key: key)
    case .ordinal: rank(fields, key: key)
    case .terms: terms(fields, key: key)
    case .flag: flag(fields, key: key)
    }
  }

  private func number(_ fields: FieldReader, key: KeyID) -> Spec.Value? {
    let unit = fields.string("unit")
    func read(_ name: String) -> Double? {
      fields.object[name].flatMap {
        measure.canonical($0, unit: unit, key: key, field: fields.sub(name))
      }
    }
    if let list = fields.object["values"]?.array {
      if list.isEmpty {
        log.refuse(fields.sub("values"), got: "[]", expected: "at least one value")
      }
      let numbers = list.enumerated().compactMap {
        measure.canonical($1, unit: unit, key: key, field: fields.sub("values", $0))
      }
      return numbers.isEmpty ? nil : .numbers(numbers.sorted())
    }
    if fields.object["value"] != nil {
      guard let value = read("value") else { return nil }
      switch corpus.registry[key].direction {
      case .atLeast: return .interval(lower: nil, upper: value)
      case .atMost: return .interval(lower: value, upper: nil)
      default: return .numbers([value])
      }
    }
    return interval(fields, read("min"), read("max"))
  }

  private func interval(_ fields: FieldReader, _ lower: Double?, _ upper: Double?) -> Spec.Value? {
    let stated = ["min", "max"].filter { fields.object[$0] != nil }
    guard !stated.isEmpty else {
      log.refuse(
        fields.path, got: "no value", expected: "min, max, value or values",
        hint: "leave the spec out, or say \"state\": \"unknown\"")
      return nil
    }
    guard lower != nil || upper != nil else { return nil }
    if let lower, let upper, lower > upper {
      log.refuse(
        fields.path, got: "min \(JSONValue.text(of: lower)) above max \(JSONValue.text(of: upper))",
        expected: "min ≤ max")
      return nil
    }
    return .interval(lower: lower, upper: upper)
  }

  private func rank(_ fields: FieldReader, key: KeyID) -> Spec.Value? {
    let unit = fields.string("unit")
    var ranks: [Int] = []
    for name in ["value", "min", "max"] {
      guard let value = fields.object[name] else { continue }
      guard let rank = measure.rank(value, unit: unit, key: key, field: fields.sub(name)) else {
        return nil
      }
      ranks.append(rank)
    }
    for (index, value) in (fields.object["values"]?.array ?? []).enumerated() {
      if let rank = measure.rank(value, unit: unit, key: key, field: fields.sub("values", index)) {
        ranks.append(rank)
      }
    }
    if let best = ranks.max() { return .rank(best) }
    log.refuse(fields.path, got: "no value", expected: "value or values")
    return nil
  }

  private func terms(_ fields: FieldReader, key: KeyID) -> Spec.Value? {
    let texts = fields.strings(fields.object["values"] == nil ? "value" : "values")
    guard !texts.isEmpty else {
      log.refuse(fields.path, got: "no value", expected: "values: a list of terms")
      return nil
    }
    let stated = texts.map { term($0, key: key, field: fields.sub("values")) }
    var covered: Set<TermID> = []
    for term in stated { covered.formUnion(broader(term, key)) }
    return .terms(stated: stated, covered: covered)
  }

  /// The term; one that the vocabulary does not know is compared by its text, with a warning.
  func term(_ text: String, key: KeyID, field: @autoclosure () -> String) -> TermID {
    let term = corpus.registry.term(text, key: key, fold: corpus.folding)
    if !term.isRegistered {
      log.warn(
        field(), got: RecordIssue.quoted(text),
        expected: "a term of \(corpus.registry[key].domain)",
        hint:
          "compared by its text alone; see matchctl inspect terms \(corpus.registry[key].domain)")
    }
    return term
  }

  private func broader(_ term: TermID, _ key: KeyID) -> [TermID] {
    corpus.registry.vocabularies[corpus.registry[key].domain]?.withBroader(term) ?? [term]
  }

  private func flag(_ fields: FieldReader, key: KeyID) -> Spec.Value? {
    guard let value = fields.bool("value") else {
      log.refuse(fields.sub("value"), got: "nothing usable", expected: "true or false")
      return nil
    }
    return .flag(value)
  }

  func provenance(_ fields: FieldReader) -> Provenance {
    var provenance = Provenance()
    if let source = fields.object["source"]?.object {
      let reader = FieldReader(object: source, path: fields.sub("source"), log: log)
      provenance.kind = reader.string("kind") ?? ""
      provenance.reference = reader.string("ref") ?? ""
      provenance.verifiedAt = reader.date("verified_at")
      provenance.validUntil = reader.date("valid_until")
    } else if let text = fields.string("source") {
      provenance.kind = text
    }
    provenance.verifiedAt = fields.date("verified_at") ?? provenance.verifiedAt
    provenance.validUntil = fields.date("valid_until") ?? provenance.validUntil
    provenance.inferred = fields.bool("inferred") ?? (provenance.kind == "inferred")
    provenance.quote = fields.string("quote")
    return provenance
  }

  /// What the record says, for showing: numbers as written with their unit.
  func written(_ fields: FieldReader) -> String {
    func text(_ value: JSONValue) -> String { value.string ?? JSONWriter.line(value) }
    let unit = fields.string("unit").map { " " + $0 } ?? ""
    if let list = fields.object["values"]?.array {
      return list.map(text).joined(separator: ", ") + unit
    }
    if let value = fields.object["value"] {
      if let pair = value.array { return pair.map(text).joined(separator: "…") + unit }
      return text(value) + unit
    }
    switch (fields.object["min"], fields.object["max"]) {
    case (let min?, let max?): return "\(text(min))…\(text(max))\(unit)"
    case (let min?, nil): return "≥ \(text(min))\(unit)"
    case (nil, let max?): return "≤ \(text(max))\(unit)"
    case (nil, nil): return ""
    }
  }
}
