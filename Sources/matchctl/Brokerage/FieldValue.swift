import Matcher

/// What a record says about one field, as text that is equal where the meaning is: units, spellings,
/// order and sources make no difference.
enum FieldValue {
  /// - Parameters:
  ///   - field: the label of a slot, or `any`.
  ///   - line: of this line alone; nil: of all.
  static func text(_ platform: Platform?, line: String?, field: String, _ corpus: Corpus) -> String
  {
    guard let platform else { return "gone" }
    guard let slot = FactSlot(field, corpus: corpus) else { return whole(platform.raw) }
    let lines = platform.lines.filter { line == nil || $0.id == line }
    return lines.map { "\($0.id) " + text($0, slot, corpus) }.sorted().joined(separator: "\n")
  }

  static func text(_ demand: Demand?, stage: String?, field: String, _ corpus: Corpus) -> String {
    guard let demand else { return "gone" }
    guard let slot = FactSlot(field, corpus: corpus) else { return whole(demand.raw) }
    let stages = demand.stages.filter { stage == nil || $0.id == stage }
    let own = stages.map { "\($0.id ?? "") " + text($0.ask, slot, corpus) }.sorted()
    let total = slot == .price ? [budget(demand.totalBudget)] : []
    return (own + total).joined(separator: "\n")
  }

  /// A whole record without where it comes from.
  private static func whole(_ raw: JSONValue) -> String {
    JSONWriter.line(RecordLines.bare(raw))
  }

  // MARK: Lines

  private static func text(_ line: ServiceLine, _ slot: FactSlot, _ corpus: Corpus) -> String {
    switch slot {
    case .spec(let key): specs(line, key, corpus)
    case .certificate(let scheme):
      certificates(line, scheme) + " complete \(line.certificatesComplete)"
    case .openness: line.openness.state.rawValue
    case .status: "\(line.status.state.rawValue) \(day(line.status.from))"
    case .service:
      codes(line.services, corpus) + " broad " + codes(line.broadServices, corpus)
        + " prose \(line.isProse)"
    case .process:
      line.permitted.map { "\($0.terms.map(\.id).sorted()) \($0.complete)" } ?? ""
    case .window, .calendar, .leadTime:
      claim(line.calendar) { slots in
        slots.map { "\($0.from) \($0.to) \($0.places ?? -1)" }.sorted().joined(separator: ",")
      } + claim(line.leadTime) { "\($0.days) \($0.working)" }
    case .price:
      claim(line.price) {
        "\($0.minimum) \($0.maximum ?? -1) \($0.currency) \($0.unit?.name ?? "") "
          + "\($0.unitText) \($0.tax?.rawValue ?? "")"
      }
    case .lot, .capacity:
      claim(line.lot) { "\($0.minimum ?? -1) \($0.maximum ?? -1) \($0.unit.name)" }
        + claim(line.capacity) { "\($0.value) \($0.unit.name) \($0.period.rawValue)" }
    case .place: line.site.place.map { corpus.places[$0].id } ?? line.site.placeText
    case .border: line.site.place.map { corpus.places[$0].id } ?? ""
    }
  }

  private static func specs(_ line: ServiceLine, _ key: String, _ corpus: Corpus) -> String {
    func of(_ specs: [Spec]) -> String {
      specs.filter { corpus.registry[$0.key].id == key }
        .map { claim($0.claim, value) + " \($0.complete)" }.sorted().joined(separator: ";")
    }
    let envelopes = line.envelopes.map { of($0.specs) }
    let denied = line.denials.contains {
      $0.key.map { corpus.registry[$0].id == key } ?? false
    }
    return ([of(line.specs)] + envelopes + ["denied \(denied)"]).joined(separator: "|")
  }

  private static func value(_ value: Spec.Value) -> String {
    switch value {
    case .interval(let lower, let upper):
      "\(lower.map { "\($0)" } ?? "")…\(upper.map { "\($0)" } ?? "")"
    case .numbers(let numbers): "\(numbers.sorted())"
    case .terms(let stated, _): "\(stated.map(\.id).sorted())"
    case .rank(let rank): "rank \(rank)"
    case .flag(let flag): "\(flag)"
    }
  }

  private static func certificates(_ line: ServiceLine, _ scheme: String) -> String {
    let held = line.certificates.filter { $0.scheme.id == scheme }.map { entry in
      let scopes = entry.scopes.map { "\($0.map(\.id).sorted())" } ?? "unstated"
      return "\(scopes) \(day(entry.validFrom)) \(day(entry.validUntil))"
    }
    let denied = line.denials.contains { $0.scheme.id == scheme }
    return held.sorted().joined(separator: ";") + " denied \(denied)"
  }

  private static func claim<Value>(_ claim: Claim<Value>, _ text: (Value) -> String) -> String {
    switch claim {
    case .stated(let value, let provenance):
      text(value) + " until \(day(provenance.validUntil))"
        + (provenance.inferred ? " inferred" : "")
    case .unknown: "unknown"
    case .notApplicable: "not applicable"
    case .denied: "denied"
    }
  }

  private static func day(_ day: CivilDate?) -> String { day.map { "\($0)" } ?? "" }

  private static func codes(_ services: [ServiceID], _ corpus: Corpus) -> String {
    services.map { corpus.taxonomy[$0].code }.sorted().joined(separator: ",")
  }

  // MARK: Demands

  private static func text(_ ask: Ask, _ slot: FactSlot, _ corpus: Corpus) -> String {
    switch slot {
    case .spec(let key):
      ask.requirements.filter { corpus.registry[$0.key].id == key }
        .map {
          "\(asked($0.asked)) \($0.strictness.rawValue) \($0.limit.map { "\($0)" } ?? "") "
            + "\($0.tolerance.map { "\($0)" } ?? "")"
        }.sorted().joined(separator: ";")
    case .certificate(let scheme):
      ask.certificates.filter { $0.scheme.id == scheme }
        .map { "\($0.scopeTexts.sorted()) \($0.strictness.rawValue)" }.sorted()
        .joined(separator: ";")
    case .service: codes(ask.services, corpus)
    case .process: "\(ask.processes.map(\.id).sorted())"
    case .window, .calendar, .leadTime:
      ask.window.map {
        "\(day($0.start)) \(day($0.latestStart)) \(day($0.finish)) \($0.durationDays ?? -1) "
          + $0.strictness.rawValue
      } ?? ""
    case .price: budget(ask.budget)
    case .lot, .capacity:
      ask.quantity.map {
        "\($0.value) \($0.unit.name) \($0.period?.rawValue ?? "") \($0.strictness.rawValue)"
      } ?? ""
    case .place, .border:
      ask.place.map {
        "\($0.allowedTexts.sorted()) \($0.withinKilometers.map { "\($0)" } ?? "") "
          + "\($0.of.map { corpus.places[$0].id } ?? "") "
          + "\($0.overseas.map { "\($0)" } ?? "") \($0.strictness.rawValue)"
      } ?? ""
    case .openness, .status: ""
    }
  }

  private static func budget(_ budget: Budget?) -> String {
    budget.map {
      "\($0.maximum) \($0.currency) \($0.basis.rawValue) \($0.quantity ?? -1) "
        + "\($0.unit?.name ?? "") \($0.strictness.rawValue)"
    } ?? ""
  }

  private static func asked(_ asked: Requirement.Asked) -> String {
    switch asked {
    case .atLeast(let value): "≥ \(value)"
    case .atMost(let value): "≤ \(value)"
    case .cover(let low, let high): "cover \(low) \(high)"
    case .overlap(let low, let high): "overlap \(low) \(high)"
    case .oneOfNumbers(let numbers): "one of \(numbers.sorted())"
    case .oneOfTerms(let terms): "one of \(terms.map(\.id).sorted())"
    case .allOfTerms(let terms): "all of \(terms.map(\.id).sorted())"
    case .rank(let rank): "rank \(rank)"
    case .flag(let flag): "\(flag)"
    }
  }
}
