import Matcher
import RecordFiles

/// The demand that a request is about: a stored one by its number, a whole record, or one typed on the
/// spot; with changes that are tried and stored nowhere.
struct DemandChoice {
  let demand: Demand
  /// What of it could not be read.
  let issues: [RecordIssue]
  let isStored: Bool

  init(_ call: Call) throws {
    if let id = call.text("demand") {
      let stored = try DemandView(call: call).require(id)
      guard let demand = stored.demand else {
        throw APIError(
          .conflict, "the demand does not stand: it is \(stored.stored.version.state.rawValue)",
          hint: "publish it or renew it first, or send it as 'record'")
      }
      self.init(demand: demand, issues: [], isStored: true)
    } else if let record = call["record"]?.object {
      try self.init(reading: record, call, prose: true)
    } else {
      let (object, unread) = DemandChoice.typed(call["typed"]?.object ?? JSONObject())
      try self.init(reading: object, call, prose: true, unread: unread)
    }
  }

  private init(demand: Demand, issues: [RecordIssue], isStored: Bool) {
    self.demand = demand
    self.issues = issues
    self.isStored = isStored
  }

  /// Reads a record that is stored nowhere.
  private init(
    reading record: JSONObject, _ call: Call, prose: Bool, unread: [String] = [],
    isStored: Bool = false
  ) throws {
    var object = record
    if object["id"]?.string?.isEmpty ?? true { object["id"] = .string("typed") }
    var options = RecordReader.Options()
    options.prose = prose ? call.standing.asOf : nil
    var reader = RecordReader(
      corpus: call.standing.corpus, options: options, tools: call.standing.tools.reading)
    reader.add(demand: object, file: "request")
    let clauses = unread.map { clause in
      RecordIssue(
        .refused, file: "request", field: "requirements", got: "'\(clause)'",
        expected: "key operator value unit", hint: "such as wafer_diameter=150 mm")
    }
    guard let demand = reader.demands.first else {
      throw APIError(
        .unusable, "the demand cannot be read", hint: "see schema/demand.v1.schema.json")
    }
    self.init(demand: demand, issues: reader.issues + clauses, isStored: isStored)
  }

  private static func typed(_ object: JSONObject) -> (JSONObject, [String]) {
    func texts(_ name: String) -> [String] { object[name]?.array?.compactMap(\.string) ?? [] }
    var typed = TypedRecord()
    typed.text = object["text"]?.string
    typed.services = texts("services")
    typed.requirements = texts("requirements")
    typed.places = texts("places")
    typed.withinKilometers = object["within_km"]?.number
    typed.start = object["start"]?.string
    typed.finish = object["finish"]?.string
    typed.quantity = object["quantity"]?.string
    typed.budget = object["budget_cny"]?.number
    typed.certificates = texts("certificates")
    return typed.record(id: "typed")
  }

  /// The demand with the request's `changes`; the same where there are none.
  func changed(_ call: Call) throws -> DemandChoice {
    guard let changes = call["changes"]?.object,
      var record = demand.raw.object,
      ["strictness", "values", "record"].contains(where: { changes[$0] != nil })
    else { return self }
    let edit = DemandEdit(changes)
    let unread = edit.apply(to: &record)
    let read = try DemandChoice(
      reading: record, call, prose: false, unread: unread, isStored: isStored)
    return DemandChoice(
      demand: isStored ? read.demand.sealedForShowing(call.standing.corpus) : read.demand,
      issues: read.issues, isStored: isStored)
  }

  /// The weights of the request, those of its `changes` before its own.
  ///
  /// - Throws: `APIError` for a name that is neither a part nor a spec key.
  static func weights(_ call: Call) throws -> [String: Int] {
    var weights: [String: Int] = [:]
    let stated = [call["weights"], call["changes"]?.object?["weights"]]
    for object in stated.compactMap({ $0?.object }) {
      for member in object.members {
        let isKnown =
          Policy.Part(rawValue: member.name) != nil
          || call.standing.corpus.registry.key(member.name) != nil
        // A name that nothing in the corpus has weighs nothing.
        if isKnown { weights[member.name] = member.value.number.flatMap { Int(exactly: $0) } }
      }
    }
    return weights
  }

  /// The stage that is meant; nil in the request means the first.
  func stage(_ id: String?) throws(APIError) -> Stage {
    guard let stage = id.map({ id in demand.stages.first { $0.id == id } }) ?? demand.stages.first
    else { throw .notFound }
    return stage
  }
}
