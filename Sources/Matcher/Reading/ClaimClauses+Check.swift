extension ClaimClauses {
  /// Reads the claim as a record's own; a claim that a record reader would refuse is a problem.
  func checked(_ slot: FactSlot, _ claim: JSONValue) throws(ClaimProblem) -> [RecordIssue] {
    let log = IssueLog(file: "", row: 0)
    var record = JSONObject([("id", .string("answer"))])
    switch side {
    case .platform: record = platform(slot, claim)
    case .demand: record[ClaimClauses.member(of: slot, .demand)] = wrapped(slot, claim)
    }
    let isUsable: Bool
    switch side {
    case .platform:
      let line = PlatformReader(corpus: corpus, log: log).platform(record)?.lines.first
      isUsable = line.map { states($0, slot) } ?? false
    case .demand: isUsable = DemandReader(corpus: corpus, log: log).demand(record) != nil
    }
    if let refused = log.issues.first(where: { $0.severity == .refused }) {
      throw ClaimProblem(refused)
    }
    guard isUsable else {
      throw ClaimProblem(
        got: RecordIssue.quoted(claim), expected: "a value that a record could state for \(slot)")
    }
    return log.issues
  }

  /// The member of a record that states a slot.
  package static func member(of slot: FactSlot, _ side: Side) -> String {
    switch slot {
    case .spec: side == .platform ? "specs" : "requirements"
    case .certificate: "certificates"
    case .openness: "openness"
    case .status: "status"
    case .service: "services"
    case .process: side == .platform ? "permitted_processes" : "processes"
    case .calendar: "calendar"
    case .leadTime: "lead_time"
    case .window: side == .platform ? "calendar" : "window"
    case .price: side == .platform ? "price" : "budget"
    case .place, .border: "place"
    case .lot: side == .platform ? "lot" : "quantity"
    case .capacity: "capacity"
    }
  }

  private func wrapped(_ slot: FactSlot, _ claim: JSONValue) -> JSONValue {
    switch slot {
    case .spec, .certificate: .array([claim])
    default: claim
    }
  }

  private func platform(_ slot: FactSlot, _ claim: JSONValue) -> JSONObject {
    var record = JSONObject([("id", .string("answer"))])
    var line = JSONObject([("id", .string("answer/L1"))])
    switch slot {
    case .place: record["place"] = claim
    case .certificate where claim.object?["state"] != nil:
      line["denied"] = claim.object?["scheme"].map { .array([$0]) }
    default: line[ClaimClauses.member(of: slot, .platform)] = wrapped(slot, claim)
    }
    record["lines"] = .array([.object(line)])
    return record
  }

  private func states(_ line: ServiceLine, _ slot: FactSlot) -> Bool {
    func isStated<Value>(_ claim: Claim<Value>) -> Bool {
      if case .stated = claim { true } else { false }
    }
    return switch slot {
    case .spec: line.specs.count == 1
    case .certificate: line.certificates.count == 1 || line.denials.count == 1
    case .openness: line.openness.state != .unstated
    case .status: line.status.state != .unstated
    case .service: !line.services.isEmpty
    case .process: line.permitted != nil
    case .calendar, .window:
      if case .stated(let slots, _) = line.calendar { !slots.isEmpty } else { false }
    case .leadTime: isStated(line.leadTime)
    case .price: isStated(line.price)
    case .lot: isStated(line.lot)
    case .capacity: isStated(line.capacity)
    case .place: line.site.place != nil
    case .border: false
    }
  }
}
