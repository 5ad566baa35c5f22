extension Demand {
  /// A demand of the record it was read from (`raw`), changed since; what could not be used of the
  /// record and the record as stated stay those of `first`. nil for what is no record.
  package init?(rereading record: JSONObject, as first: Demand, corpus: Corpus) {
    guard
      var demand = DemandReader(corpus: corpus, log: IssueLog(file: "", row: 0)).demand(record)
    else { return nil }
    demand.refusedFields = first.refusedFields
    demand.stated = first.stated
    self = demand
  }

  /// A record that was read before, from its JSON object; nil when it is none.
  package init?(rereading record: [UInt8], corpus: Corpus) {
    guard case .object(let object)? = try? JSONParser.parse(record),
      let demand = DemandReader(corpus: corpus, log: IssueLog(file: "", row: 0)).demand(object)
    else { return nil }
    self = demand
  }
}

/// One JSON object into a demand. What cannot be used is an issue; the rest of the record survives.
struct DemandReader {
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

  /// nil only without a usable `id`.
  func demand(_ object: JSONObject) -> Demand? {
    let fields = FieldReader(object: object, path: "", log: log)
    guard let id = fields.string("id"), !id.isEmpty else {
      log.refuse("id", got: "nothing", expected: "an id", hint: "give each record an id of its own")
      return nil
    }
    log.record = id
    var demand = Demand(id: id)
    demand.title = fields.string("title") ?? ""
    demand.text = fields.string("text") ?? ""
    demand.park = fields.string("park") ?? ""
    demand.synthetic = fields.bool("synthetic") ?? false
    demand.visibility =
      fields.choice("visibility", Visibility.self, expected: "public, brokers or named")
      ?? .everyone
    demand.expires = fields.date("expires")
    demand.exclusions = fields.strings("exclude")
    demand.provenance = specs.provenance(fields)
    if let enterprise = fields.reader("enterprise") {
      demand.enterpriseName = enterprise.string("name")
      demand.enterprisePlace = asks.place(enterprise.string("place"), enterprise.sub("place"))
    }
    let base = asks.ask(fields)
    demand.stages = stages(fields, base)
    if demand.stages.first?.id != nil, base.budget?.basis == .total {
      demand.totalBudget = base.budget
    }
    demand.raw = .object(object)
    demand.stated = demand.raw
    demand.refusedFields = log.issues.count { $0.severity == .refused && isAsked($0.field) }
    demand.seal()
    return demand
  }

  /// Whether a field is part of what the demand asks.
  private func isAsked(_ field: String) -> Bool {
    let parts = [
      "services", "processes", "requirements", "certificates", "quantity", "window", "budget",
      "place", "stages", "exclude", "budget_cny",
    ]
    return parts.contains { field.hasPrefix($0) }
  }

  private func stages(_ fields: FieldReader, _ base: Ask) -> [Stage] {
    var stages: [Stage] = []
    for reader in fields.readers("stages") {
      var stage = Stage()
      stage.id = reader.filled("id") ?? "S\(stages.count + 1)"
      stage.title = reader.string("title") ?? ""
      stage.after = reader.strings("after")
      stage.ask = asks.ask(reader).inheriting(base)
      if stages.contains(where: { $0.id == stage.id }) {
        log.refuse(
          reader.sub("id"), got: "'\(stage.id ?? "")' a second time", expected: "an id of its own")
      } else {
        stages.append(stage)
      }
    }
    if stages.isEmpty {
      var only = Stage()
      only.ask = base
      return [only]
    }
    checkOrder(stages)
    return stages
  }

  /// `after` must name earlier-known stages and have no circle.
  private func checkOrder(_ stages: [Stage]) {
    var done: Set<String> = []
    var left = stages
    while let next = left.firstIndex(where: { $0.after.allSatisfy(done.contains) }) {
      done.insert(left[next].id ?? "")
      left.remove(at: next)
    }
    for stage in left {
      log.warn(
        "stages", got: "'\(stage.id ?? "")' after \(stage.after.joined(separator: ", "))",
        expected: "ids of other stages, without a circle")
    }
  }
}

extension Ask {
  /// This ask with what it does not state taken from the demand's.
  func inheriting(_ base: Ask) -> Ask {
    var ask = self
    if ask.services.isEmpty {
      ask.services = base.services
      ask.servicesProvenance = base.servicesProvenance
    }
    if ask.processes.isEmpty { ask.processes = base.processes }
    let own = Set(requirements.map(\.key))
    ask.requirements += base.requirements.filter { !own.contains($0.key) }.map {
      var inherited = $0
      inherited.group = $0.group.map { "demand: \($0)" }
      return inherited
    }
    if ask.certificates.isEmpty { ask.certificates = base.certificates }
    ask.quantity = quantity ?? base.quantity
    ask.window = window ?? base.window
    ask.place = place ?? base.place
    if budget == nil, base.budget?.basis == .unit { ask.budget = base.budget }
    return ask
  }
}
