import Matcher

/// Makes random records of one world.
package struct RecordMaker {
  package var random: SeededGenerator
  package let asOf: CivilDate
  /// By key: what the world's records lie around.
  let bases: [String: Double]
  let services: [String]

  static let schemes = ["CNAS", "CMA", "HOKLAS", "ISO 9001", "IATF 16949"]
  static let scopes = ["振动", "冲击", "HTOL", "三综合"]
  static let places = [
    "广东/广州", "广东/深圳", "广东/深圳/坪山", "广东/东莞", "香港", "澳门", "广东", "新加坡", "日本",
  ]
  static let allServices = [
    "ic.sic", "ic.mpw", "ic.fdsoi", "la.emc", "rb.emc", "it.emc", "nm.react", "pc.scale", "la.env",
    "it.env", "ic.f.power", "ic",
  ]

  package init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let start = CivilDate(year: 2025, month: 10, day: 1) ?? CivilDate(dayNumber: 20_000)
    asOf = start + random.int(0...400)
    var bases: [String: Double] = [:]
    for plan in KeyPlan.all { bases[plan.key] = plan.base(&random) }
    self.bases = bases
    services = (0..<random.int(1...2)).map { _ in random.pick(RecordMaker.allServices) }
    self.random = random
  }

  mutating func day(_ range: ClosedRange<Int>) -> JSONValue {
    .day(asOf + random.int(range))
  }

  mutating func strictness() -> JSONValue {
    .string(random.pick(["hard", "hard", "hard", "strong", "strong", "soft", "soft", "info"]))
  }

  // MARK: Demand

  package mutating func demand() -> JSONValue {
    var demand: JSONValue = ["type": "demand", "id": "D-1"]
    if random.chance(40) {
      demand["title"] = "碳化硅器件中试"
      demand["text"] = "六英寸碳化硅 高温离子注入"
    }
    if random.chance(20) { demand["enterprise"] = ["name": "甲公司", "place": "广东/广州"] }
    ask(&demand, complete: true)
    if random.chance(15) { demand["exclude"] = .strings([random.pick(["P1", "P2", "某公司"])]) }
    if random.chance(20) {
      demand["stages"] = .array(
        (1...2).map { number in
          var stage: JSONValue = ["id": .string("S\(number)")]
          ask(&stage, complete: false)
          return stage
        })
    }
    return demand
  }

  private mutating func ask(_ record: inout JSONValue, complete: Bool) {
    let share = complete ? 100 : 30
    if random.chance(share), random.chance(92) { record["services"] = .strings(services) }
    if random.chance(20), random.chance(share) {
      record["processes"] = .strings([random.pick(["氯化", "硝化", "加氢"])])
    }
    if random.chance(share) { record["requirements"] = requirements(group: complete ? "a" : "b") }
    if random.chance(45), random.chance(share) {
      record["certificates"] = .array((1...random.int(1...2)).map { _ in askedCertificate() })
    }
    if random.chance(50), random.chance(share) { record["quantity"] = quantity() }
    if random.chance(60), random.chance(share) { record["window"] = window() }
    if random.chance(50), random.chance(share) { record["budget"] = budget() }
    if random.chance(45), random.chance(share) { record["place"] = askedPlace() }
  }

  private mutating func requirements(group name: String) -> JSONValue {
    var left = KeyPlan.all
    var list: [JSONValue] = []
    var shared: JSONValue?
    for _ in 0..<random.int(0...5) {
      let plan = left.remove(at: random.int(0...(left.count - 1)))
      var item = requirement(plan)
      if random.chance(25) {
        shared = shared ?? strictness()
        item["group"] = .string(name)
        item["strictness"] = shared
      }
      list.append(item)
    }
    return .array(list)
  }

  mutating func requirement(_ plan: KeyPlan) -> JSONValue {
    var item: JSONValue = ["key": .string(plan.key)]
    let base = bases[plan.key] ?? 0
    switch plan.values {
    case .flag: item["value"] = .bool(random.chance(80))
    case .names(let names):
      item["value"] =
        plan.direction == "ladder" || random.chance(50)
        ? .string(random.pick(names)) : .strings([random.pick(names), random.pick(names)])
    case .discrete: askDiscrete(base, plan, &item)
    case .linear, .logarithmic: askNumber(base, plan, &item)
    }
    if !plan.unit.isEmpty { item["unit"] = .string(plan.unit) }
    item["strictness"] = strictness()
    if random.chance(20) { item["tolerance"] = .number(random.pick([0.1, 0.5, 2])) }
    if random.chance(30) { item["weight"] = .integer(random.int(1...10)) }
    if random.chance(8) { item["visibility"] = .string(random.pick(["named", "brokers"])) }
    return item
  }

  private mutating func askDiscrete(_ base: Double, _ plan: KeyPlan, _ item: inout JSONValue) {
    item["value"] =
      random.chance(60)
      ? .number(base) : .array([.number(base), .number(plan.near(base, up: 1, &random))])
  }

  private mutating func askNumber(_ base: Double, _ plan: KeyPlan, _ item: inout JSONValue) {
    var direction = plan.direction
    if random.chance(25) {
      direction = random.pick(["at_least", "at_most", "cover", "overlap", "equal"])
      item["op"] = .string(direction)
    }
    if direction == "cover" || direction == "overlap" {
      let other = plan.near(base, up: 1, &random)
      item["value"] = random.chance(25) ? .number(base) : .array([.number(base), .number(other)])
    } else {
      item["value"] = .number(base)
    }
    if random.chance(20) { item["approximate"] = true }
    if random.chance(30), direction == "at_least" || direction == "at_most" {
      item["limit"] = .number(plan.near(base, up: direction == "at_least" ? -1 : 1, &random))
    }
  }

  private mutating func askedCertificate() -> JSONValue {
    var item: JSONValue = ["scheme": .string(random.pick(RecordMaker.schemes))]
    if random.chance(60) { item["scope"] = .strings([random.pick(RecordMaker.scopes)]) }
    item["strictness"] = strictness()
    if random.chance(8) { item["visibility"] = "named" }
    return item
  }

  private mutating func quantity() -> JSONValue {
    var item: JSONValue = [
      "value": .integer(random.pick([2, 12, 25, 60, 200])),
      "unit": .string(random.pick(["片", "片", "片", "kg"])),
    ]
    if random.chance(30) { item["per"] = .string(random.pick(["batch", "month", "year"])) }
    item["strictness"] = strictness()
    return item
  }

  private mutating func window() -> JSONValue {
    var item: JSONValue = [:]
    let start = random.int(-30...90)
    if random.chance(50) { item["start"] = .day(asOf + start) }
    if random.chance(50) { item["latest_start"] = .day(asOf + start + random.int(0...60)) }
    if item["latest_start"] == nil || random.chance(40) {
      item["finish"] = .day(asOf + start + random.int(1...300))
    }
    if random.chance(50) { item["duration_days"] = .integer(random.int(1...40)) }
    item["strictness"] = strictness()
    return item
  }

  private mutating func budget() -> JSONValue {
    var item: JSONValue = ["max": .integer(random.pick([20_000, 60_000, 300_000, 900_000]))]
    item["currency"] = .string(random.pick(["CNY", "CNY", "HKD"]))
    item["basis"] = .string(random.pick(["total", "total", "unit"]))
    if random.chance(30) { item["quantity"] = .integer(random.pick([1, 10, 25])) }
    if random.chance(30) { item["unit"] = .string(random.pick(["片", "kg"])) }
    if random.chance(70) { item["strictness"] = strictness() }
    if random.chance(8) { item["visibility"] = "named" }
    return item
  }

  private mutating func askedPlace() -> JSONValue {
    var item: JSONValue = [:]
    if random.chance(60) {
      item["allowed"] = .strings([random.pick(["广东", "广州", "深圳", "香港", "粤港澳大湾区"])])
    } else {
      item["within_km"] = .integer(random.pick([30, 80, 150, 800]))
      item["of"] = .string(random.pick(["广州", "深圳"]))
    }
    if random.chance(30) { item["overseas"] = .string(random.pick(["yes", "no"])) }
    if random.chance(70) { item["strictness"] = strictness() }
    return item
  }
}
