import Matcher

extension RecordMaker {
  /// The line with one thing more of what it already states: a larger interval; one more term,
  /// number, slot, certificate of a stated scheme or envelope. nil when it states none of these.
  ///
  /// An interval of which one end is stated is widened only where the demand asks for that end:
  /// elsewhere the record says less after the change than before (`HalfOpenTests`).
  package mutating func widened(_ line: JSONValue, for demand: JSONValue) -> JSONValue? {
    let asks =
      demand.list("requirements") + demand.list("stages").flatMap { $0.list("requirements") }
    let turned = Set(asks.filter { $0["op"] != nil }.compactMap { $0["key"]?.string })
    var options: [JSONValue] = []
    for (name, add) in [("calendar", 0), ("envelopes", 1), ("certificates", 2)] {
      let list = line.list(name)
      guard let first = list.first else { continue }
      let scheme = first["scheme"]?.string
      let more =
        add == 0
        ? slot() : add == 1 ? envelope("more", good: random.chance(50)) : certificate(scheme)
      var copy = line
      copy[name] = .array(list + [more])
      options.append(copy)
    }
    options += widenedSpecs(line, turned)
    for (index, envelope) in line.list("envelopes").enumerated() {
      for changed in widenedSpecs(envelope, turned) {
        var list = line.list("envelopes")
        list[index] = changed
        var copy = line
        copy["envelopes"] = .array(list)
        options.append(copy)
      }
    }
    return options.isEmpty ? nil : random.pick(options)
  }

  private mutating func widenedSpecs(_ holder: JSONValue, _ turned: Set<String>) -> [JSONValue] {
    var out: [JSONValue] = []
    for (index, spec) in holder.list("specs").enumerated() {
      guard let wider = widened(spec: spec, turned) else { continue }
      var list = holder.list("specs")
      list[index] = wider
      var copy = holder
      copy["specs"] = .array(list)
      out.append(copy)
    }
    return out
  }

  private mutating func widened(spec: JSONValue, _ turned: Set<String>) -> JSONValue? {
    guard spec["state"] == nil, let plan = spec["key"]?.string.flatMap(KeyPlan.plan) else {
      return nil
    }
    var copy = spec
    switch plan.values {
    case .flag: return nil
    case .names(let names):
      guard plan.direction != "ladder" else { return nil }
      copy["values"] = .array(spec.list("values") + [.string(random.pick(names))])
    case .discrete(let list):
      copy["values"] = .array(spec.list("values") + [.number(random.pick(list))])
    case .linear, .logarithmic:
      if spec["values"] != nil {
        let base = bases[plan.key] ?? 0
        let more = plan.near(base, up: random.pick([-1, 0, 1]), &random)
        copy["values"] = .array(spec.list("values") + [.number(more)])
        return copy
      }
      let end = plan.direction == "at_least" ? "max" : plan.direction == "at_most" ? "min" : ""
      let isClosed = spec["min"] != nil && spec["max"] != nil
      guard isClosed || (!turned.contains(plan.key) && (spec[end] != nil || spec["value"] != nil))
      else { return nil }
      if let low = spec["min"]?.number { copy["min"] = .number(plan.near(low, up: -1, &random)) }
      if let high = spec["max"]?.number { copy["max"] = .number(plan.near(high, up: 1, &random)) }
      if let value = spec["value"]?.number {
        guard plan.direction != "cover" else { return nil }
        copy["value"] = .number(plan.near(value, up: plan.direction == "at_most" ? -1 : 1, &random))
      }
    }
    return copy
  }

  /// The line with one thing known that was not stated at all, or was stated as unknown; nil when
  /// it states all.
  package mutating func known(_ line: JSONValue) -> JSONValue? {
    var options: [JSONValue] = []
    func option(_ name: String, _ value: JSONValue) {
      guard line[name] == nil else { return }
      var copy = line
      copy[name] = value
      options.append(copy)
    }
    if line["services_broad"] == nil {
      option("services", .strings([random.pick(RecordMaker.allServices)]))
    }
    option("calendar", .array([slot(), slot()]))
    option("lead_time", leadTime())
    option("lot", lot())
    option("price", price())
    option("capacity", ["value": .integer(random.pick([1, 100])), "unit": "片", "per": "month"])
    if line["certificates_complete"] == nil, line["denied"] == nil {
      option("certificates", .array([certificate(), certificate()]))
    }
    option("openness", ["state": "members"])
    options += knownSpecs(line)
    return options.isEmpty ? nil : random.pick(options)
  }

  /// One key that nothing was said about, or that was said to be unknown.
  private mutating func knownSpecs(_ line: JSONValue) -> [JSONValue] {
    var out: [JSONValue] = []
    let denied = line.list("denied").compactMap(\.string)
    for plan in KeyPlan.all where !denied.contains(plan.key) {
      if !denied.isEmpty, case .names = plan.values { continue }
      let list = line.list("specs")
      let own = list.indices.filter { list[$0]["key"]?.string == plan.key }
      guard own.allSatisfy({ list[$0]["state"]?.string == "unknown" }) else { continue }
      var rest = list.enumerated().filter { !own.contains($0.offset) }.map(\.element)
      rest.append(spec(plan, good: random.chance(50)))
      var copy = line
      copy["specs"] = .array(rest)
      out.append(copy)
    }
    return out
  }
}
