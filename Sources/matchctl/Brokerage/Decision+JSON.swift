import Ledger
import Matcher

extension Decision {
  package var json: JSONObject {
    JSONObject(stating: [
      ("step", .string(step.rawValue)), ("demand", .string(demand)),
      ("stage", stage.map { .string($0) }), ("platform", platform.map { .string($0) }),
      ("line", line.map { .string($0) }), ("day", .string("\(day)")),
      ("reason", reason.map { .string($0) }), ("field", field.map { .string($0) }),
      ("contract", contract.map { .object($0.json) }), ("note", note.map { .string($0) }),
    ])
  }

  /// Reads what `json` writes; nil for a body that is something else.
  package init?(_ json: JSONValue?) {
    guard let object = json?.object, let demand = object["demand"]?.string,
      let step = object["step"]?.string.flatMap(Step.init),
      let day = object["day"]?.string.flatMap({ CivilDate(iso: $0) })
    else { return nil }
    self.init(demand: demand, step: step, day: day)
    stage = object["stage"]?.string
    platform = object["platform"]?.string
    line = object["line"]?.string
    reason = object["reason"]?.string
    field = object["field"]?.string
    contract = object["contract"]?.object.map(Contract.init)
    note = object["note"]?.string
  }
}

extension Decision.Contract {
  var json: JSONObject {
    JSONObject(stating: [
      ("number", number.map { .string($0) }), ("kind", kind.map { .string($0) }),
      ("date", date.map { .string("\($0)") }), ("amount", amount.map { .integer(Int($0)) }),
      ("technology_amount", technologyAmount.map { .integer(Int($0)) }),
      ("evidence", evidence.map { .string($0) }),
    ])
  }

  init(_ object: JSONObject) {
    self.init()
    number = object["number"]?.string
    kind = object["kind"]?.string
    date = object["date"]?.string.flatMap { CivilDate(iso: $0) }
    amount = object["amount"]?.number.flatMap { Int64(exactly: $0) }
    technologyAmount = object["technology_amount"]?.number.flatMap { Int64(exactly: $0) }
    evidence = object["evidence"]?.string
  }
}
