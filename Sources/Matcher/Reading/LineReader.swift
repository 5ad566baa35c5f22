/// One service line of a platform record.
struct LineReader {
  /// What the platform and the site state for all their lines.
  struct Common {
    var platform: Platform
    var site: Site
    var status: Status
    var openness: Openness
    var certificates: [Certificate]
  }

  let corpus: Corpus
  let log: IssueLog
  private let specs: SpecReader
  private let asks: AskReader

  init(corpus: Corpus, log: IssueLog) {
    self.corpus = corpus
    self.log = log
    specs = SpecReader(corpus: corpus, log: log)
    asks = AskReader(corpus: corpus, log: log)
  }

  /// A platform that states no line still has one, of which nothing is known.
  func bare(_ common: Common) -> ServiceLine {
    var line = ServiceLine(id: common.platform.id, name: common.platform.name, site: common.site)
    line.status = common.status
    line.openness = common.openness
    line.certificates = common.certificates
    line.text = common.platform.text
    line.provenance = common.platform.provenance
    line.isProse = common.certificates.isEmpty
    return line
  }

  func line(_ fields: FieldReader, number: Int, _ common: Common) -> ServiceLine {
    let id = fields.filled("id") ?? "\(common.platform.id)/L\(number)"
    let name = fields.string("name").map { LocalizedName(simplified: $0) } ?? common.platform.name
    var line = ServiceLine(id: id, name: name, site: common.site)
    let own = specs.provenance(fields)
    line.provenance = own == Provenance() ? common.platform.provenance : own
    let open = ["document", "inferred"].contains(line.provenance.kind)
    line.services = asks.services(fields, "services")
    line.broadServices = asks.services(fields, "services_broad")
    let inferred = line.provenance.inferred
    line.isProse = inferred && fields.bool("prose") == true
    line.specs = fields.readers("specs").compactMap {
      specs.spec($0, open: open, inferred: inferred)
    }
    line.envelopes = envelopes(fields, open: open, inferred: inferred)
    line.certificates = certificates(fields) + common.certificates
    line.certificatesComplete = fields.bool("certificates_complete") ?? false
    line.denials = fields.strings("denied").map(denial)
    line.permitted = permitted(fields)
    line.status = fields.object["status"] == nil ? common.status : status(fields)
    line.openness = fields.object["openness"] == nil ? common.openness : openness(fields)
    line.text = fields.string("text") ?? common.platform.text
    commercial(fields, &line)
    return line
  }

  private func envelopes(_ fields: FieldReader, open: Bool, inferred: Bool) -> [Envelope] {
    fields.readers("envelopes").enumerated().map { index, reader in
      Envelope(
        name: reader.string("name") ?? String(index + 1),
        specs: reader.readers("specs").compactMap {
          specs.spec($0, open: open, inferred: inferred)
        })
    }
  }

  func certificates(_ fields: FieldReader) -> [Certificate] {
    fields.readers("certificates").compactMap { reader in
      guard let scheme = reader.string("scheme"), !scheme.isEmpty else {
        log.refuse(reader.sub("scheme"), got: "nothing", expected: "a scheme such as CNAS")
        return nil
      }
      let (from, until) = (reader.date("valid_from"), reader.date("valid_until"))
      if let from, let until, from > until {
        log.refuse(
          reader.path, got: "valid_from \(from) after \(until)",
          expected: "valid_from ≤ valid_until")
        return nil
      }
      let scopes = reader.strings("scope")
      let terms = scopes.map { corpus.lexicon.scopes.resolve($0, fold: corpus.folding) }
      return Certificate(
        scheme: asks.scheme(scheme, reader), schemeText: scheme,
        scopes: scopes.isEmpty ? nil : Set(terms), scopeTexts: scopes,
        validFrom: from, validUntil: until)
    }
  }

  private func denial(_ text: String) -> Denial {
    let folded = TermID(id: "~" + corpus.folding.name(text))
    var terms: Set<TermID> = [folded]
    for vocabulary in corpus.registry.vocabularies.values {
      let term = vocabulary.resolve(text, fold: corpus.folding)
      if term.isRegistered { terms.insert(term) }
    }
    let keys = corpus.registry.keys(named: text, fold: corpus.folding)
    return Denial(
      text: text, scheme: corpus.lexicon.schemes.resolve(text, fold: corpus.folding),
      key: keys.count == 1 ? keys[0] : nil, terms: terms)
  }

  private func permitted(_ fields: FieldReader) -> PermittedProcesses? {
    guard let reader = fields.reader("permitted_processes") else { return nil }
    let texts = reader.strings("values")
    guard !texts.isEmpty else { return nil }
    let vocabulary = corpus.registry.vocabularies[Corpus.processVocabulary] ?? Vocabulary()
    var terms: Set<TermID> = []
    for term in asks.processes(texts) { terms.formUnion(vocabulary.withBroader(term)) }
    return PermittedProcesses(
      terms: terms, texts: texts, complete: reader.bool("complete") ?? false)
  }

  private func commercial(_ fields: FieldReader, _ line: inout ServiceLine) {
    if let reader = fields.reader("lot"), let lot = lot(reader) {
      line.lot = .stated(lot, specs.provenance(reader))
    }
    if let reader = fields.reader("capacity"), let capacity = capacity(reader) {
      line.capacity = .stated(capacity, specs.provenance(reader))
    }
    if let reader = fields.reader("lead_time"),
      let days = reader.required(
        "days", reader.whole("days", in: 0...36_500), expected: "a whole number of days")
    {
      let working =
        reader.word(
          "kind", of: ["calendar", "working"], expected: "calendar or working") == "working"
      line.leadTime = .stated(LeadTime(days: days, working: working), specs.provenance(reader))
    }
    if fields.object["calendar"]?.array != nil {
      line.calendar = .stated(fields.readers("calendar").compactMap(slot), Provenance())
    }
    if let reader = fields.reader("price"), let price = price(reader) {
      line.price = .stated(price, specs.provenance(reader))
    }
  }

  private func lot(_ fields: FieldReader) -> Lot? {
    guard let unit = asks.unit(fields.string("unit") ?? "", field: fields.sub("unit")) else {
      return nil
    }
    let lot = Lot(
      minimum: fields.number("min", in: 0...1e15, expected: "a number of 0 or more"),
      maximum: fields.number("max", in: 0...1e15, expected: "a number of 0 or more"), unit: unit)
    if let minimum = lot.minimum, let maximum = lot.maximum, minimum > maximum {
      log.refuse(
        fields.path,
        got: "min \(JSONValue.text(of: minimum)) above max \(JSONValue.text(of: maximum))",
        expected: "min ≤ max")
      return nil
    }
    return lot.minimum == nil && lot.maximum == nil ? nil : lot
  }

  private func capacity(_ fields: FieldReader) -> Capacity? {
    let expected = "a number of 0 or more"
    let number = fields.number("value", in: 0...1e15, expected: expected)
    guard let value = fields.required("value", number, expected: expected),
      let unit = asks.unit(fields.string("unit") ?? "", field: fields.sub("unit"))
    else { return nil }
    return Capacity(
      value: value, unit: unit,
      period: fields.choice("per", Quantity.Period.self, expected: "batch, month or year") ?? .month
    )
  }

  private func slot(_ fields: FieldReader) -> Slot? {
    guard let from = fields.date("from"), let to = fields.date("to"), from <= to else {
      log.refuse(fields.path, got: "no usable days", expected: "from ≤ to, each as YYYY-MM-DD")
      return nil
    }
    return Slot(from: from, to: to, places: fields.whole("slots", in: 0...1_000_000))
  }

  private func price(_ fields: FieldReader) -> Price? {
    let expected = "an amount of 0 or more"
    let lowest = fields.number("min", in: 0...1e15, expected: expected)
    guard let minimum = fields.required("min", lowest, expected: expected) else { return nil }
    let maximum = fields.number("max", in: 0...1e15, expected: expected)
    if let maximum, minimum > maximum {
      log.refuse(
        fields.path,
        got: "min \(JSONValue.text(of: minimum)) above max \(JSONValue.text(of: maximum))",
        expected: "min ≤ max")
      return nil
    }
    let currency = fields.string("currency") ?? "CNY"
    guard currency == "CNY" || corpus.policy.rates.contains(where: { $0.currency == currency })
    else {
      log.refuse(
        fields.sub("currency"), got: RecordIssue.quoted(currency),
        expected: "CNY or a currency of policy/rates.tsv")
      return nil
    }
    let per = fields.string("per") ?? ""
    return Price(
      minimum: minimum, maximum: maximum,
      currency: currency, unit: per.isEmpty || per == "total" ? nil : priceUnit(per, fields),
      unitText: per == "total" ? "" : per,
      tax: fields.choice("tax", Price.Tax.self, expected: "included or excluded"))
  }

  /// A basis that is no known unit stays a unit of its own: it converts to nothing, and is asked
  /// about.
  private func priceUnit(_ text: String, _ fields: FieldReader) -> Units.Unit {
    let quiet = AskReader(corpus: corpus, log: IssueLog(file: "", row: 0))
    return quiet.unit(text, field: "")
      ?? Units.Unit(name: text, quantity: "basis:\(text)", factor: 1, offset: 0, table: [:])
  }

  func status(_ fields: FieldReader) -> Status {
    var status = Status()
    guard let stated = fields.object["status"] else { return status }
    if let text = stated.string {
      status.text = text
    } else if let reader = fields.reader("status") {
      status.text = reader.string("text") ?? ""
      status.from = reader.date("from")
      if let state = reader.choice(
        "state", Status.State.self,
        expected: "open, preparing, building, planned, full, suspended or unclear")
      {
        status.state = state
        return status
      }
    }
    let meaning = corpus.lexicon.meaning(of: status.text, field: "status", fold: corpus.folding)
    let silent: Status.State = status.from == nil ? .unstated : .planned
    status.state = meaning.flatMap(Status.State.init) ?? (status.text.isEmpty ? silent : .unclear)
    return status
  }

  func openness(_ fields: FieldReader) -> Openness {
    var openness = Openness()
    if let text = fields.object["openness"]?.string {
      openness.text = text
    } else if let reader = fields.reader("openness") {
      openness.text = reader.string("text") ?? ""
      if let state = reader.choice(
        "state", Openness.State.self,
        expected: "open, members, group_only, closed or own_production")
      {
        openness.state = state
        return openness
      }
    }
    let field = openness.text.isEmpty ? "kind" : "openness"
    let text = openness.text.isEmpty ? fields.string("kind") ?? "" : openness.text
    let meaning = corpus.lexicon.meaning(of: text, field: field, fold: corpus.folding)
    openness.state = meaning.flatMap(Openness.State.init) ?? .unstated
    return openness
  }
}
