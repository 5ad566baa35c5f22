import Ledger
import Matcher
import RecordFiles

/// Records answers as claims.
package struct AnswerRecorder {
  /// What a person states.
  package struct Request: Sendable {
    /// A platform, one of its lines, or a demand.
    package var addressee: String
    /// Of a demand with several stages: which one.
    package var stage: String?
    /// As questions name it, or the name of a key or scheme.
    package var slot: String
    /// In the short form of cells.
    package var value: String
    package var source: String
    package var day: CivilDate
    package var validUntil: CivilDate?
    package var visibility: Visibility

    package init(
      addressee: String, slot: String, value: String, source: String, day: CivilDate,
      validUntil: CivilDate? = nil, visibility: Visibility = .brokers
    ) {
      self.addressee = addressee
      self.slot = slot
      self.value = value
      self.source = source
      self.day = day
      self.validUntil = validUntil
      self.visibility = visibility
    }
  }

  /// An answer that is fit to be written.
  package struct Prepared: Sendable {
    package let answer: Answer
    /// Whether a demand's firm answered.
    package let isDemand: Bool
    package let warnings: [RecordIssue]
  }

  let corpus: Corpus

  package init(corpus: Corpus) {
    self.corpus = corpus
  }

  /// Checks an answer against the tables and the ledger.
  ///
  /// - Throws: `CommandError` for what cannot be taken.
  package func prepare(
    _ request: Request, today: CivilDate, _ reader: LedgerReader
  ) throws -> Prepared {
    guard request.day <= today else {
      throw CommandError.input(
        "--day: got '\(request.day)', expected a day up to today, \(today)")
    }
    if let until = request.validUntil, until < request.day {
      throw CommandError.input(
        "--valid-until: got '\(until)', expected a day from \(request.day) on")
    }
    try PersonalData.refuse(request.value, "the answer", corpus)
    try PersonalData.refuse(request.source, "--source", corpus)
    guard let slot = FactSlot(request.slot, corpus: corpus) else {
      throw CommandError.input(
        "got '\(request.slot)', expected what was asked, such as spec:implant_temperature, "
          + "certificate:CNAS, price, window or status; matchctl inspect keys")
    }
    let names = LedgerNames(reader)
    let demand = try reader.record(.demand, request.addressee)
    let target = demand == nil ? try names.target(request.addressee) : nil
    let line = try line(request, slot, demand, target, names)
    let read: ClaimClauses.Read
    do {
      read = try ClaimClauses(corpus: corpus, side: demand == nil ? .platform : .demand)
        .read(slot, request.value)
    } catch {
      throw CommandError.input("\(slot): \(error)")
    }
    let answer = Answer(
      addressee: target?.platform ?? request.addressee, line: line, slot: "\(read.slot)",
      claim: read.claim, source: request.source, day: request.day,
      validUntil: request.validUntil, visibility: request.visibility.rawValue)
    return Prepared(answer: answer, isDemand: demand != nil, warnings: read.warnings)
  }

  /// Writes it; the demands that waited for it have their step `answered`.
  ///
  /// - Returns: the number of its entry.
  @discardableResult
  package func record(_ prepared: Prepared, _ writer: LedgerWriter) throws -> Int64 {
    let answer = prepared.answer
    let waiting = try waiting(for: answer, writer.reader)
    let seq = try writer.append(.answer, answer.addressee, answer.json)
    for demand in waiting {
      var decision = Decision(demand: demand, step: .answered, day: answer.day)
      if !prepared.isDemand {
        decision.platform = answer.addressee
        decision.line = answer.line
      }
      try writer.append(.decision, demand, decision.json)
    }
    return seq
  }

  /// The demands for which the fact was asked and that nobody has answered yet.
  private func waiting(for answer: Answer, _ reader: LedgerReader) throws -> [String] {
    let slot = FactSlot(answer.slot, corpus: corpus)?.asked
    var last: Int64 = 0
    for entry in try reader.entries(.answer, about: answer.addressee) {
      guard let earlier = Answer(entry.json), FactSlot(earlier.slot, corpus: corpus)?.asked == slot,
        earlier.line == answer.line
      else { continue }
      last = entry.seq
    }
    var demands: [String] = []
    for entry in try reader.entries(.asked, about: answer.addressee, after: last) {
      guard let asked = Asked(entry.json), FactSlot(asked.slot, corpus: corpus)?.asked == slot,
        asked.line == answer.line || asked.line == nil || answer.line == nil
      else { continue }
      demands += asked.demands.filter { !demands.contains($0) }
    }
    return demands
  }

  /// The line or stage the answer is about.
  private func line(
    _ request: Request, _ slot: FactSlot, _ demand: StoredRecord?, _ target: LedgerNames.Target?,
    _ names: LedgerNames
  ) throws -> String? {
    if let demand {
      guard let stage = request.stage else { return nil }
      guard names.stages(of: demand).contains(stage) else {
        throw CommandError.input("demand '\(demand.id)' has no stage '\(stage)'")
      }
      return stage
    }
    guard let target, target.line == nil else { return target?.line }
    if slot == .openness || slot == .status || slot == .place { return nil }
    guard let stored = try names.reader.record(.platform, target.platform) else { return nil }
    let lines = names.lines(of: stored)
    guard lines.count > 1 else { return lines.first }
    throw CommandError.input(
      "platform '\(target.platform)' has several lines; say which one answers: "
        + lines.prefix(12).joined(separator: ", "))
  }
}
