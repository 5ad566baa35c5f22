import Matcher

extension RecordMaker {
  package mutating func platform(number: Int, lines: Int) -> JSONValue {
    var platform: JSONValue = ["type": "platform", "id": .string("P\(number)")]
    platform["name"] = .string("平台\(number)")
    if random.chance(75) { platform["place"] = .string(random.pick(RecordMaker.places)) }
    if random.chance(20) {
      platform["source"] = [
        "kind": .string(random.pick(["form", "document", "visit"])), "ref": "list.xlsx",
        "verified_at": day(-500...0),
      ]
    }
    platform["lines"] = .array((1...lines).map { line("P\(number)/L\($0)") })
    return platform
  }

  /// Half of the lines are good ones: few gates against them, values on the right side.
  package mutating func line(_ id: String) -> JSONValue {
    let good = random.chance(50)
    var line: JSONValue = ["id": .string(id)]
    if random.chance(50) { line["name"] = "碳化硅线" }
    if random.chance(88) {
      line["services"] =
        good || random.chance(50)
        ? .strings(services) : .strings([random.pick(RecordMaker.allServices)])
    }
    if random.chance(15) {
      line["services_broad"] = .strings([random.pick(RecordMaker.allServices)])
    }
    line["specs"] = .array(specs(good: good, share: 65))
    if random.chance(35) {
      line["envelopes"] = .array((0..<random.int(0...3)).map { envelope("E\($0)", good: good) })
    }
    if random.chance(55) {
      line["certificates"] = .array((1...random.int(1...3)).map { _ in certificate() })
    }
    if random.chance(15) { line["certificates_complete"] = true }
    if random.chance(12) {
      line["denied"] = .strings([random.pick(RecordMaker.schemes + ["硅", "dew_point"])])
    }
    if random.chance(10) {
      line["permitted_processes"] = ["values": ["氯化", "加氢"], "complete": .bool(random.chance(30))]
    }
    commercial(&line)
    gates(&line, good: good)
    if random.chance(50) { line["text"] = "高温离子注入 六英寸 碳化硅中试线" }
    return line
  }

  private mutating func commercial(_ line: inout JSONValue) {
    if random.chance(60) { line["lot"] = lot() }
    if random.chance(30) {
      line["capacity"] = [
        "value": .integer(random.pick([10, 100, 1000])), "unit": "片",
        "per": .string(random.pick(["month", "year"])),
      ]
    }
    if random.chance(60) { line["lead_time"] = leadTime() }
    if random.chance(60) { line["calendar"] = .array((1...random.int(1...4)).map { _ in slot() }) }
    if random.chance(65) { line["price"] = price() }
  }

  private mutating func gates(_ line: inout JSONValue, good: Bool) {
    if random.chance(good ? 10 : 30) {
      let state = random.pick(
        ["open", "preparing", "building", "planned", "full", "full", "suspended", "unclear"])
      line["status"] = ["state": .string(state)]
      if random.chance(80) { line["status"]?["from"] = day(-60...250) }
    }
    if random.chance(good ? 10 : 25) {
      line["openness"] = [
        "state": .string(random.pick(["open", "open", "members", "closed", "own_production"]))
      ]
    }
  }

  // MARK: Specs

  package mutating func specs(good: Bool, share: Int) -> [JSONValue] {
    var list: [JSONValue] = []
    for plan in KeyPlan.all where random.chance(share) {
      list.append(spec(plan, good: good))
      if random.chance(4) { list.append(spec(plan, good: good)) }
    }
    return list
  }

  package mutating func envelope(_ name: String, good: Bool) -> JSONValue {
    ["name": .string(name), "specs": .array(specs(good: good, share: 20))]
  }

  package mutating func spec(_ plan: KeyPlan, good: Bool) -> JSONValue {
    var item: JSONValue = ["key": .string(plan.key)]
    if random.chance(good ? 8 : 18) {
      item["state"] = .string(random.pick(["unknown", "unknown", "denied", "not_applicable"]))
      return item
    }
    state(plan, good || random.chance(50), &item)
    if !plan.unit.isEmpty { item["unit"] = .string(plan.unit) }
    if random.chance(12) { item["valid_until"] = day(-40...150) }
    if random.chance(10) { item["inferred"] = true }
    return item
  }

  private mutating func state(_ plan: KeyPlan, _ good: Bool, _ item: inout JSONValue) {
    let base = bases[plan.key] ?? 0
    switch plan.values {
    case .flag: item["value"] = .bool(good)
    case .names(let names):
      if plan.direction == "ladder" {
        item["value"] = .string(random.pick(names))
      } else {
        item["values"] = .strings((1...random.int(1...3)).map { _ in random.pick(names) })
        if random.chance(40) { item["complete"] = .bool(random.chance(50)) }
      }
    case .discrete(let list):
      item["values"] = .array(
        (good ? [base] : []).map { .number($0) } + [.number(random.pick(list))])
    case .linear, .logarithmic: stateNumber(plan, base, good, &item)
    }
  }

  private mutating func stateNumber(
    _ plan: KeyPlan, _ base: Double, _ good: Bool, _ item: inout JSONValue
  ) {
    let lower = plan.near(base, up: good ? -1 : random.pick([-1, 0, 1]), &random)
    let upper = plan.near(base, up: good ? 1 : random.pick([-1, 0, 1]), &random)
    switch random.int(0...9) {
    case 0...3:
      item["min"] = .number(min(lower, upper))
      item["max"] = .number(max(lower, upper))
    case 4: item["min"] = .number(lower)
    case 5: item["max"] = .number(upper)
    case 6...7: item["value"] = .number(plan.direction == "at_most" ? lower : upper)
    default: item["values"] = .array([.number(lower), .number(upper)])
    }
  }

  // MARK: Certificates, time, money

  package mutating func certificate(_ scheme: String? = nil) -> JSONValue {
    var item: JSONValue = ["scheme": .string(scheme ?? random.pick(RecordMaker.schemes))]
    if random.chance(70) { item["scope"] = .strings([random.pick(RecordMaker.scopes)]) }
    if random.chance(30) { item["valid_from"] = day(-400...60) }
    if random.chance(80) { item["valid_until"] = day(-40...700) }
    return item
  }

  package mutating func slot() -> JSONValue {
    let from = random.int(-60...200)
    var item: JSONValue = [
      "from": .day(asOf + from), "to": .day(asOf + from + random.int(0...120)),
    ]
    if random.chance(60) { item["slots"] = .integer(random.int(0...3)) }
    return item
  }

  package mutating func leadTime() -> JSONValue {
    var item: JSONValue = ["days": .integer(random.pick([0, 7, 20, 45, 90]))]
    if random.chance(40) { item["kind"] = "working" }
    if random.chance(12) { item["valid_until"] = day(-30...90) }
    return item
  }

  package mutating func lot() -> JSONValue {
    var item: JSONValue = ["unit": .string(random.pick(["片", "片", "片", "kg"]))]
    if random.chance(70) { item["min"] = .integer(random.pick([1, 6, 20])) }
    if random.chance(80) { item["max"] = .integer(random.pick([20, 50, 400])) }
    if random.chance(12) { item["valid_until"] = day(-30...90) }
    return item
  }

  package mutating func price() -> JSONValue {
    var item: JSONValue = ["min": .integer(random.pick([300, 3_000, 30_000, 200_000]))]
    item["currency"] = .string(random.pick(["CNY", "CNY", "HKD"]))
    if random.chance(75) { item["per"] = .string(random.pick(["片", "片", "kg", "批", "天"])) }
    if random.chance(50) { item["tax"] = .string(random.pick(["included", "excluded"])) }
    if random.chance(15) { item["valid_until"] = day(-30...90) }
    return item
  }
}
