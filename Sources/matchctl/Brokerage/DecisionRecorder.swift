import Ledger
import Matcher
import RecordFiles

/// Records steps of introductions: what cannot be is refused, what is unusual is taken and said.
package struct DecisionRecorder {
  /// What a person states.
  package struct Request: Sendable {
    package var demand: String
    /// A platform or a line; nil for a step of the demand alone.
    package var target: String?
    package var stage: String?
    package var step: Decision.Step
    package var day: CivilDate
    package var reason: String?
    package var field: String?
    package var contract: Decision.Contract?
    package var note: String?

    package init(demand: String, target: String?, step: Decision.Step, day: CivilDate) {
      self.demand = demand
      self.target = target
      self.step = step
      self.day = day
    }
  }

  package struct Recorded: Sendable {
    package let seq: Int64
    package let decision: Decision
    package let notes: [BrokerNote]
  }

  let corpus: Corpus

  package init(corpus: Corpus) {
    self.corpus = corpus
  }

  /// Checks and writes one step.
  ///
  /// - Parameters:
  ///   - today: no step lies behind it.
  ///   - evidence: a file that shows the contract: its hash, name and size.
  /// - Throws: `CommandError` for what cannot be recorded; nothing is written then.
  package func record(
    _ request: Request, today: CivilDate,
    evidence: (hash: String, name: String, size: Int)? = nil, _ writer: LedgerWriter
  ) throws -> Recorded {
    let names = LedgerNames(writer.reader)
    let stored = try names.demand(request.demand)
    let target = try request.target.map { try names.target($0) }
    guard request.day <= today else {
      throw CommandError.input(
        "--day: got '\(request.day)', expected a day up to today, \(today); record it when it has happened"
      )
    }
    if let stage = request.stage, !names.stages(of: stored).contains(stage) {
      throw CommandError.input("demand '\(stored.id)' has no stage '\(stage)'")
    }
    var decision = Decision(demand: stored.id, step: request.step, day: request.day)
    decision.stage = request.stage
    decision.platform = target?.platform
    decision.line = target?.line
    decision.note = request.note
    try PersonalData.refuse(request.note, "--note", corpus)
    try decline(&decision, request)
    var notes = try contract(&decision, request, evidence != nil, writer.reader)
    if let evidence {
      try writer.file(hash: evidence.hash, name: evidence.name, size: evidence.size)
      decision.contract?.evidence = evidence.hash
    }
    notes += try order(decision, writer.reader)
    if !stored.version.stands(on: request.day) {
      notes.append(
        BrokerNote("decide.demandNotStanding", ["state": "state.\(stored.version.state.rawValue)"]))
    }
    let seq = try writer.append(
      .decision, stored.id, decision.json, source: evidence?.hash)
    return Recorded(seq: seq, decision: decision, notes: notes)
  }

  private func decline(_ decision: inout Decision, _ request: Request) throws {
    guard request.step == .declined else {
      if request.reason != nil || request.field != nil {
        throw CommandError.usage("--reason and --field: only with the step declined")
      }
      return
    }
    let all = corpus.broker.reasons.map(\.id).joined(separator: ", ")
    guard decision.platform != nil else {
      throw CommandError.usage("declined: name the platform or line that was declined")
    }
    guard let code = request.reason else {
      throw CommandError.usage("declined: give --reason, one of \(all)")
    }
    guard let reason = corpus.broker.reason(code) else {
      throw CommandError.usage("--reason: got '\(code)', expected one of \(all)")
    }
    guard let text = request.field else {
      if reason.needsField {
        let example = reason.field == "spec" ? "spec:implant_temperature" : "certificate:CNAS"
        throw CommandError.usage("--reason \(code): give --field, such as \(example)")
      }
      decision.reason = code
      decision.field = reason.field
      return
    }
    guard let slot = FactSlot(text, corpus: corpus) else {
      throw CommandError.usage(
        "--field: got '\(text)', expected a field such as price, window or spec:implant_temperature; "
          + "matchctl inspect keys")
    }
    decision.reason = code
    decision.field = slot.description
  }

  // MARK: Contracts

  private func contract(
    _ decision: inout Decision, _ request: Request, _ hasEvidence: Bool, _ reader: LedgerReader
  ) throws -> [BrokerNote] {
    guard request.step == .contracted else {
      if request.contract != nil || hasEvidence {
        throw CommandError.usage(
          "--number, --kind, --date, --amount, --technology-amount, --evidence: only with the step contracted"
        )
      }
      return []
    }
    var contract = request.contract ?? Decision.Contract()
    if let text = contract.kind {
      guard let kind = corpus.broker.contract(text) else {
        let all = corpus.broker.contracts.map(\.id).joined(separator: ", ")
        throw CommandError.usage("--kind: got '\(text)', expected one of \(all)")
      }
      contract.kind = kind.id
    }
    if let part = contract.technologyAmount, let amount = contract.amount, part > amount {
      throw CommandError.input(
        "--technology-amount: got \(part), expected at most the amount of \(amount)")
    }
    if let number = contract.number { try PersonalData.refuse(number, "--number", corpus) }
    decision.contract = contract
    var notes: [BrokerNote] = []
    if contract.amount == nil { notes.append(BrokerNote("decide.amountUnknown")) }
    guard let number = contract.number else {
      return notes + [BrokerNote("decide.numberUnknown")]
    }
    if let known = try ContractBook.read(reader).registered(number),
      known.decision.pairKey != decision.pairKey
    {
      let other = known.decision
      notes.append(
        BrokerNote(
          "decide.numberKnown",
          [
            "number": number, "demand": other.demand,
            "target": other.line ?? other.platform ?? "–", "day": "\(other.day)",
          ]))
      if let a = known.contract.amount, let b = contract.amount, a != b {
        notes.append(BrokerNote("decide.amountDiffers", ["amount": "\(a)", "other": "\(b)"]))
      }
    }
    return notes
  }

  // MARK: Order

  private static let before: [Decision.Step: [Decision.Step]] = [
    .answered: [.asked], .noReply: [.asked], .visited: [.contacted], .quoted: [.contacted],
    .intent: [.contacted], .contracted: [.contacted], .completed: [.contracted],
    .outcome: [.completed],
  ]

  /// What is unusual about the step beside those before it.
  private func order(_ decision: Decision, _ reader: LedgerReader) throws -> [BrokerNote] {
    let earlier = try reader.entries(.decision, about: decision.demand)
      .compactMap { Decision($0.json) }
      .filter { $0.platform == decision.platform && decision.platform != nil }
    var notes: [BrokerNote] = []
    let done = Set(earlier.map(\.step))
    for step in DecisionRecorder.before[decision.step] ?? [] where !done.contains(step) {
      notes.append(
        BrokerNote(
          "decide.skipped",
          [
            "step": "step.\(decision.step.rawValue)", "missing": "step.\(step.rawValue)",
          ]))
    }
    if let last = earlier.map(\.day).max(), decision.day < last {
      notes.append(BrokerNote("decide.earlier", ["day": "\(decision.day)", "last": "\(last)"]))
    }
    if decision.step == .contracted, decision.platform == nil {
      notes.append(BrokerNote("decide.noPlatform"))
    }
    return notes
  }
}

/// Data about persons has no place in the history, which is never changed.
package enum PersonalData {
  /// - Throws: `CommandError` that shows what was found, masked, and says what to do.
  package static func refuse(_ text: String?, _ field: String, _ corpus: Corpus) throws {
    guard let text else { return }
    let found = PrivateText.found(in: text, corpus: corpus)
    guard !found.isEmpty else { return }
    throw CommandError.input(
      "\(field): got data about a person (\(found.joined(separator: ", "))), which could never be "
        + "erased from the history; leave it out, contacts are kept apart from it")
  }
}
