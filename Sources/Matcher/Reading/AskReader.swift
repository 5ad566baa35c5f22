/// What a demand, or one stage of it, asks.
struct AskReader {
  let corpus: Corpus
  let log: IssueLog
  private let specs: SpecReader
  private let measure: MeasureReader

  init(corpus: Corpus, log: IssueLog) {
    self.corpus = corpus
    self.log = log
    specs = SpecReader(corpus: corpus, log: log)
    measure = MeasureReader(corpus: corpus, log: log)
  }

  func ask(_ fields: FieldReader) -> Ask {
    var ask = Ask()
    ask.services = services(fields, "services")
    if let source = fields.reader("services_source") {
      ask.servicesProvenance = specs.provenance(
        FieldReader(
          object: JSONObject([("source", .object(source.object))]), path: fields.path, log: log))
      ask.servicesProvenance.quote = source.string("quote")
    }
    ask.processes = processes(fields.strings("processes"))
    ask.requirements = fields.readers("requirements").compactMap(sealed(requirement))
    ask.certificates = fields.readers("certificates").compactMap(sealed(certificate))
    ask.quantity = fields.reader("quantity").flatMap(quantity)
    ask.window = fields.reader("window").flatMap(window)
    ask.budget = fields.reader("budget").flatMap(sealed(budget))
    ask.place = fields.reader("place").map(placeRequirement)
    return ask
  }

  func services(_ fields: FieldReader, _ name: String) -> [ServiceID] {
    fields.strings(name).enumerated().compactMap { index, text in
      if let id = corpus.taxonomy.node(named: text, fold: corpus.folding) { return id }
      log.refuse(
        fields.sub(name, index), got: RecordIssue.quoted(text),
        expected: "a service of the taxonomy",
        hint: "matchctl inspect services")
      return nil
    }
  }

  func processes(_ texts: [String]) -> [TermID] {
    let vocabulary = corpus.registry.vocabularies[Corpus.processVocabulary] ?? Vocabulary()
    return texts.map { vocabulary.resolve($0, fold: corpus.folding) }
  }

  private func visibility(_ fields: FieldReader) -> Visibility {
    fields.choice("visibility", Visibility.self, expected: "public, brokers or named") ?? .everyone
  }

  private func strictness(_ fields: FieldReader, default part: String) -> Strictness {
    fields.choice("strictness", Strictness.self, expected: "hard, strong, soft or info")
      ?? corpus.policy.defaultStrictness(part)
  }

  /// Reads a part that may be sealed: then no issue repeats its values.
  private func sealed<Part>(_ read: @escaping (FieldReader) -> Part?) -> (FieldReader) -> Part? {
    { fields in
      log.isSealed = ["brokers", "named"].contains(fields.object["visibility"]?.string)
      defer { log.isSealed = false }
      return read(fields)
    }
  }

  private func requirement(_ fields: FieldReader) -> Requirement? {
    guard let key = specs.key(fields), let asked = asked(fields, key: key) else { return nil }
    let spec = corpus.registry[key]
    let unit = fields.string("unit")
    var requirement = Requirement(
      key: key, asked: asked, strictness: strictness(fields, default: "requirements"),
      weight: fields.whole("weight", in: 1...100) ?? spec.weight, written: specs.written(fields))
    requirement.tolerance = fields.number("tolerance", in: 1e-9...1e9, expected: "a number above 0")
    requirement.limit = fields.object["limit"].flatMap {
      measure.canonical($0, unit: unit, key: key, field: fields.sub("limit"))
    }
    requirement.group = fields.string("group")
    requirement.visibility = visibility(fields)
    requirement.provenance = specs.provenance(fields)
    return requirement
  }

  private func asked(_ fields: FieldReader, key: KeyID) -> Requirement.Asked? {
    let spec = corpus.registry[key]
    guard let value = fields.object["value"], value != .array([]) || spec.kind == .terms else {
      let got = fields.object["value"] == nil ? "nothing" : "[]"
      log.refuse(fields.sub("value"), got: got, expected: "the value asked")
      return nil
    }
    switch spec.kind {
    case .flag:
      if let flag = value.bool { return .flag(flag) }
      log.refuse(fields.sub("value"), got: RecordIssue.quoted(value), expected: "true or false")
      return nil
    case .ordinal:
      let ranks = (value.array ?? [value]).compactMap {
        measure.rank($0, unit: fields.string("unit"), key: key, field: fields.sub("value"))
      }
      // Of several the lowest serves, unless all are asked.
      return (direction(fields, spec) == .allOf ? ranks.max() : ranks.min()).map { .rank($0) }
    case .terms: return terms(fields, value, spec, key)
    case .number: return number(fields, value, spec, key)
    }
  }

  private func terms(
    _ fields: FieldReader, _ value: JSONValue, _ spec: SpecKey, _ key: KeyID
  ) -> Requirement.Asked? {
    let texts = (value.array ?? [value]).compactMap {
      $0.string ?? $0.number.map(JSONValue.text(of:))
    }
    .filter { !trimmed($0).isEmpty }
    guard !texts.isEmpty else {
      log.refuse(
        fields.sub("value"), got: RecordIssue.quoted(value), expected: "a term or a list of terms")
      return nil
    }
    let terms = texts.map { specs.term($0, key: key, field: fields.sub("value")) }
    switch direction(fields, spec) {
    case .allOf: return .allOfTerms(terms)
    case .oneOf, .equal, .overlap: return .oneOfTerms(terms)
    case .cover: return .allOfTerms(terms)
    default:
      log.refuse(
        fields.sub("op"), got: "a comparison by size", expected: "one_of or all_of for terms")
      return nil
    }
  }

  private func number(
    _ fields: FieldReader, _ value: JSONValue, _ spec: SpecKey, _ key: KeyID
  ) -> Requirement.Asked? {
    let unit = fields.string("unit")
    let list = value.array ?? [value]
    let numbers = list.compactMap {
      measure.canonical($0, unit: unit, key: key, field: fields.sub("value"))
    }
    guard numbers.count == list.count, let first = numbers.first, let last = numbers.last else {
      return nil
    }
    let about = fields.bool("approximate") == true ? corpus.policy.approximate : 0
    switch direction(fields, spec) {
    case .atLeast: return .atLeast(first - first.magnitude * about)
    case .atMost: return .atMost(last + last.magnitude * about)
    case .oneOf: return .oneOfNumbers(numbers)
    // All of them: a set must hold both ends, an interval whatever lies between.
    case .allOf: return numbers.max().flatMap { high in numbers.min().map { .cover($0, high) } }
    case .equal: return equal(numbers, spec, about)
    case .cover: return interval(fields, numbers, about, Requirement.Asked.cover)
    case .overlap: return interval(fields, numbers, about, Requirement.Asked.overlap)
    }
  }

  /// `equal` asks a point of an interval key, a member of a discrete one.
  private func equal(_ numbers: [Double], _ spec: SpecKey, _ about: Double) -> Requirement.Asked {
    guard numbers.count == 1 else { return .oneOfNumbers(numbers) }
    let value = numbers[0]
    if about > 0 {
      return .overlap(value - value.magnitude * about, value + value.magnitude * about)
    }
    switch spec.direction {
    case .atLeast: return .atLeast(value)
    case .atMost: return .atMost(value)
    case .oneOf: return .oneOfNumbers(numbers)
    default: return .cover(value, value)
    }
  }

  private func interval(
    _ fields: FieldReader, _ numbers: [Double], _ about: Double,
    _ make: (Double, Double) -> Requirement.Asked
  ) -> Requirement.Asked? {
    guard let low = numbers.first, let high = numbers.last, numbers.count <= 2, low <= high else {
      log.refuse(
        fields.sub("value"), got: RecordIssue.quoted(fields.object["value"] ?? .null),
        expected: "[from, to] with from ≤ to, or one number")
      return nil
    }
    if about > 0, low == high {
      return .overlap(low - low.magnitude * about, high + high.magnitude * about)
    }
    return make(low, high)
  }

  private func direction(_ fields: FieldReader, _ spec: SpecKey) -> SpecKey.Direction {
    switch fields.object["op"]?.string.map(trimmed) {
    case "any_of": return .oneOf
    case ">=", "≥": return .atLeast
    case "<=", "≤": return .atMost
    case "=": return spec.direction
    default: break
    }
    return fields.choice(
      "op", SpecKey.Direction.self,
      expected: "at_least, at_most, cover, overlap, equal, one_of or all_of") ?? spec.direction
  }

  private func certificate(_ fields: FieldReader) -> CertificateRequirement? {
    guard let text = fields.string("scheme"), !text.isEmpty else {
      log.refuse(fields.sub("scheme"), got: "nothing", expected: "a scheme such as CNAS")
      return nil
    }
    let provenance = specs.provenance(fields)
    // A name of the demand's words is asked about, not wrong in its record.
    let scheme =
      provenance.inferred
      ? corpus.lexicon.schemes.resolve(text, fold: corpus.folding) : scheme(text, fields)
    let scopes = fields.strings("scope")
    let accepted = scopes.map { text in
      let scope = corpus.lexicon.scopes.resolve(text, fold: corpus.folding)
      return Set(corpus.lexicon.scopes.withBroader(scope))
    }
    let isAny = fields.bool("scope_any") == true && !accepted.isEmpty
    return CertificateRequirement(
      scheme: scheme, schemeText: text,
      acceptedSchemes: Set([scheme] + (corpus.lexicon.schemeFacts[scheme]?.equivalents ?? [])),
      acceptedScopes: isAny ? [accepted.reduce(into: []) { $0.formUnion($1) }] : accepted,
      scopeTexts: scopes,
      cause: scopes.first.map { Causes.scope($0, corpus) } ?? "certificate:\(scheme.id)",
      strictness: strictness(fields, default: "certificates"),
      visibility: visibility(fields), provenance: provenance)
  }

  /// The scheme of a certificate; one that the lexicon does not know is compared by its text, with
  /// a warning.
  func scheme(_ text: String, _ fields: FieldReader) -> TermID {
    let scheme = corpus.lexicon.schemes.resolve(text, fold: corpus.folding)
    if !scheme.isRegistered {
      log.warn(
        fields.sub("scheme"), got: RecordIssue.quoted(text),
        expected: "a scheme of lexicon/schemes.tsv",
        hint: "compared by its text alone")
    }
    return scheme
  }

  private func quantity(_ fields: FieldReader) -> Quantity? {
    let stated = fields.required("value", fields.object["value"], expected: "a quantity above 0")
    guard let stated, let (number, own) = measure.split(stated, field: fields.sub("value"))
    else { return nil }
    guard number > 0, number <= 1e15 else {
      log.refuse(
        fields.sub("value"), got: JSONValue.text(of: number), expected: "a quantity above 0")
      return nil
    }
    let unit = own.isEmpty ? fields.string("unit") ?? "" : own
    guard let lotUnit = self.unit(unit, field: fields.sub("unit")) else { return nil }
    return Quantity(
      value: number, unit: lotUnit,
      period: fields.choice("per", Quantity.Period.self, expected: "batch, month or year"),
      strictness: strictness(fields, default: "quantity"), visibility: visibility(fields),
      provenance: specs.provenance(fields),
      written: "\(JSONValue.text(of: number)) \(unit)")
  }

  /// A unit for lots, prices and quantities: a counting noun first, then mass, length, volume,
  /// area.
  func unit(_ text: String, field: String) -> Units.Unit? {
    let units = corpus.registry.units
    for quantity in units.lotKinds + [
      "mass", "length", "volume", "area", "energy", "power", "duration",
    ] {
      if let unit = units.unit(text, of: quantity) { return unit }
    }
    if let other = units.quantities(of: text).first, let unit = units.unit(text, of: other) {
      return unit
    }
    log.refuse(
      field, got: RecordIssue.quoted(text), expected: "a unit such as 片, 件, kg",
      hint: "matchctl inspect units")
    return nil
  }

  private func window(_ fields: FieldReader) -> Window? {
    var window = Window(strictness: strictness(fields, default: "window"))
    window.visibility = visibility(fields)
    window.provenance = specs.provenance(fields)
    window.start = fields.date("start")
    window.latestStart = fields.date("latest_start")
    window.finish = fields.date("finish")
    window.durationDays = fields.whole("duration_days", in: 1...36_500)
    if let start = window.start, let finish = window.finish, start > finish {
      log.refuse(
        fields.path, got: "start \(start) after finish \(finish)", expected: "start ≤ finish")
      return nil
    }
    return window.latestStart == nil && window.finish == nil ? nil : window
  }

  private func budget(_ fields: FieldReader) -> Budget? {
    let expected = "an amount above 0"
    let most = fields.number("max", in: 0.01...1e15, expected: expected)
    guard let maximum = fields.required("max", most, expected: expected) else { return nil }
    let currency = fields.string("currency") ?? "CNY"
    guard currency == "CNY" || corpus.policy.rates.contains(where: { $0.currency == currency })
    else {
      log.refuse(
        fields.sub("currency"), got: RecordIssue.quoted(currency),
        expected: "CNY or a currency of policy/rates.tsv")
      return nil
    }
    return Budget(
      maximum: maximum, currency: currency,
      basis: fields.choice("basis", Budget.Basis.self, expected: "total or unit") ?? .total,
      quantity: fields.number("quantity", in: 1e-9...1e12, expected: "a quantity above 0"),
      unit: fields.string("unit").flatMap { unit($0, field: fields.sub("unit")) },
      strictness: strictness(fields, default: "budget"),
      visibility: visibility(fields), provenance: specs.provenance(fields),
      written: "\(JSONValue.text(of: maximum)) \(currency)")
  }

  private func placeRequirement(_ fields: FieldReader) -> PlaceRequirement {
    let texts = fields.strings("allowed")
    return PlaceRequirement(
      allowed: texts.compactMap { place($0, fields.sub("allowed")) }, allowedTexts: texts,
      withinKilometers: fields.number(
        "within_km", in: 0.1...20_100, expected: "a distance of 0.1…20100 km"),
      of: place(fields.string("of"), fields.sub("of")),
      overseas: fields.word("overseas", of: ["yes", "no"], expected: "yes or no").map {
        $0 == "yes"
      },
      strictness: strictness(fields, default: "place"), visibility: visibility(fields),
      provenance: specs.provenance(fields))
  }

  /// The place a path such as `广东/深圳/坪山` or one name means; a homonym without its parent is an
  /// issue.
  func place(_ text: String?, _ field: String) -> PlaceID? {
    guard let text, !text.isEmpty else { return nil }
    let path = text.split(whereSeparator: { $0 == "/" || $0 == "," || $0 == "，" }).map {
      trimmed($0)
    }
    if let place = corpus.places.resolve(path, fold: corpus.folding) { return place }
    let homonyms = corpus.places.places(named: path.last ?? "", fold: corpus.folding)
    let names = homonyms.map { corpus.places[$0].id }.joined(separator: ", ")
    log.warn(
      field, got: RecordIssue.quoted(text),
      expected: homonyms.isEmpty ? "a place of places.tsv" : "one of \(names)",
      hint: "write it as region/city/district")
    return nil
  }
}

extension Corpus {
  /// The vocabulary of processes that licences name.
  static let processVocabulary = "hazardous_process"
  /// The vocabulary of test standards, which certificate scopes name as well.
  static let standardVocabulary = "test_standard"
}
