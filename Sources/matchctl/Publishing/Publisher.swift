import Ledger
import Matcher

/// Publishes what a park hands in: says what it would change, and changes it in one transaction.
package struct Publisher {
  package let corpus: Corpus
  /// The park's code.
  package let park: String
  package let asOf: CivilDate
  /// The file is the park's whole list: what it does not have is withdrawn.
  package var isWhole = false
  /// The last day of all that the file has; nil: as each demand states, else `validDays`.
  package var validUntil: CivilDate?
  /// For how many days what is new or changed stands; nil: the corpus's number.
  package var validDays: Int?
  /// Takes data about people again where they were erased.
  package var takesErasedContacts = false

  package init(corpus: Corpus, park: String, asOf: CivilDate) {
    self.corpus = corpus
    self.park = park
    self.asOf = asOf
  }

  /// What publishing would change, against one view of the ledger.
  ///
  /// - Complexity: O(demands of the ledger) for reading them, and `RowIdentity`'s.
  package func plan(_ submission: Submission, _ reader: LedgerReader) throws -> PublishPlan {
    let all = try reader.records(.demand)
    let own = try all.filter { $0.version.park == park }.map {
      try StandingDemand($0, corpus: corpus, reader: reader)
    }
    let others = try all.filter { $0.version.park != park && $0.version.state != .withdrawn }
      .map { try StandingDemand($0, corpus: corpus, reader: reader) }
    let places = RowIdentity(own, corpus: corpus).places(of: submission.rows)
    let twins = TwinFinder(others, corpus: corpus)
    var plan = PublishPlan(changes: [])
    plan.skipped = submission.skipped
    plan.issues = submission.issues
    for (row, place) in zip(submission.rows, places) {
      let standing = place.map { own[$0] }
      var row = row
      // A sheet that was given back has our number where others have their own.
      if row.own == standing?.id { row.own = nil }
      plan.changes.append(try change(row, standing, twins, reader))
    }
    // A file with nothing that could be taken is a wrong file rather than an empty list, and a row of
    // which nothing can be told may be any of those that seem to be gone.
    let isTold = zip(submission.rows, places).allSatisfy { !$0.isUntold || $1 != nil }
    let isTaken = submission.rows.contains { [.published, .draft].contains($0.standing) }
    plan.isHeldBack = isWhole && !(isTold && isTaken)
    let isWhole = isWhole && isTold && isTaken
    addAbsent(own, besides: Set(places.compactMap(\.self)), isWhole: isWhole, &plan)
    return plan
  }

  /// Writes a plan made in the same transaction; what is new gets its number.
  package func apply(
    _ plan: PublishPlan, of file: SubmittedFile, _ writer: LedgerWriter
  ) throws -> PublishPlan {
    guard !plan.isEmpty else { return plan }
    try writer.file(hash: file.hash, name: file.name, size: file.bytes.count)
    var plan = plan
    for index in plan.changes.indices {
      if plan.changes[index].id == nil, plan.changes[index].version != nil {
        plan.changes[index].id = try nextID(writer)
      }
      try plan.changes[index].write(.demand, source: file.hash, writer)
    }
    return plan
  }

  /// `HP-2026-0037`: the park, the year, the next number of both; never given twice.
  private func nextID(_ writer: LedgerWriter) throws -> String {
    let series = "\(park)-\(asOf.components.year)"
    let digits = String(try writer.nextNumber(series))
    return series + "-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  // MARK: rows

  private func change(
    _ row: SubmittedRow, _ standing: StandingDemand?, _ twins: TwinFinder, _ reader: LedgerReader
  ) throws -> PublishChange {
    var change =
      switch row.standing {
      case .published, .draft: taken(row, standing)
      case .returned: returned(row, standing)
      case .withdrawn: withdrawn(row, standing)
      case .refused: refused(row, standing)
      }
    change.own = row.own ?? standing?.own
    change.place = (row.file, row.sheet, row.row)
    change.messages = row.messages
    change.stateBefore = standing?.stored.version.state
    change.isOpen = FieldChange.tier(row.record) == .everyone
    if row.standing == .published || row.standing == .draft {
      try addPersonal(row, standing, to: &change, reader)
      if let twin = change.version == nil ? nil : twins.twin(of: row), twin != change.id {
        change.version?.notes[Twins.note] = .string(twin)
      }
    }
    change.twinOf =
      (change.version ?? standing?.stored.version)?.notes[Twins.note]?.string
    change.validUntil = (change.version ?? standing?.stored.version)?.validUntil
    return change
  }

  /// A row that was taken: new, changed, or as it was.
  private func taken(_ row: SubmittedRow, _ standing: StandingDemand?) -> PublishChange {
    let state: RecordVersion.State = row.standing == .draft ? .draft : .published
    guard let standing else {
      var change = PublishChange(.new, id: nil, title: row.title)
      change.version = version(of: row, state, after: nil)
      return closed(&change, state, row.reasons)
    }
    let stored = standing.stored.version
    var change = PublishChange(.changed, id: standing.id, title: row.title)
    change.contactRef = standing.contactRef
    change.fields = FieldChange.between(stored.record, row.record)
    if row.own != nil, row.own != stored.own {
      change.fields.insert(FieldChange(field: "own", old: stored.own, new: row.own), at: 0)
    }
    if validUntil != nil, stored.validUntil != lastDay(row, stored) {
      change.fields.append(
        FieldChange(
          field: "valid_until", old: stored.validUntil.map { "\($0)" },
          new: "\(lastDay(row, stored))"))
    }
    if change.fields.isEmpty {
      // A day that passed makes no draft of what stands; that is what the last day is for.
      if stored.state == .published || stored.state == state {
        change.kind = .unchanged
        return closed(&change, stored.state, stored.reasons)
      }
      if stored.state == .withdrawn, stored.notes["withdrawn"]?.string == Withdrawal.byHand {
        change.kind = .keptWithdrawn
        return closed(&change, .withdrawn, [])
      }
    }
    if stored.state == .withdrawn { change.kind = .again }
    change.version = version(of: row, state, after: stored)
    return closed(&change, state, row.reasons)
  }

  private func closed(
    _ change: inout PublishChange, _ state: RecordVersion.State, _ reasons: [String]
  ) -> PublishChange {
    change.state = state
    change.reasons = reasons
    return change
  }

  private func version(
    of row: SubmittedRow, _ state: RecordVersion.State, after stored: RecordVersion?
  ) -> RecordVersion {
    var notes = JSONObject()
    notes["row"] = .object(
      JSONObject(stating: [
        ("file", .string(row.file)), ("sheet", row.sheet.map { .string($0) }),
        ("row", .integer(row.row)),
      ]))
    notes["list_id"] = row.listID.map { .string($0) }
    if row.isFirmHidden { notes["firm_hidden"] = .bool(true) }
    if let twin = stored?.notes[Twins.note] { notes[Twins.note] = twin }
    return RecordVersion(
      state: state, record: row.record, park: park, own: row.own ?? stored?.own,
      validUntil: lastDay(row, stored), reasons: row.reasons, notes: notes)
  }

  /// The day the park gives, at most the one the demand states; what stands keeps its own.
  private func lastDay(_ row: SubmittedRow, _ stored: RecordVersion?) -> CivilDate {
    let stated = row.record["expires"]?.string.flatMap { CivilDate(iso: $0) }
    if let validUntil { return min(validUntil, stated ?? validUntil) }
    if let stated { return stated }
    if let stored, stored.state != .withdrawn, let until = stored.validUntil, until >= asOf {
      return until
    }
    return asOf + (validDays ?? Int(corpus.listSetting("publish_valid_days", 180)))
  }

  // MARK: rows that were not taken

  private func returned(_ row: SubmittedRow, _ standing: StandingDemand?) -> PublishChange {
    guard let standing else {
      guard !row.title.isEmpty || row.own != nil else { return refused(row, nil) }
      var change = PublishChange(.new, id: nil, title: row.title)
      change.version = version(of: row, .returned, after: nil)
      return closed(&change, .returned, row.reasons)
    }
    let stored = standing.stored.version
    // What was fit once stands as it was until the row is put right.
    guard stored.state == .returned else { return refused(row, standing) }
    var change = PublishChange(.changed, id: standing.id, title: row.title)
    change.contactRef = standing.contactRef
    change.fields = FieldChange.between(stored.record, row.record)
    if change.fields.isEmpty, stored.reasons == row.reasons, row.own == nil || row.own == stored.own
    {
      change.kind = .unchanged
    } else {
      change.version = version(of: row, .returned, after: stored)
    }
    return closed(&change, .returned, row.reasons)
  }

  private func withdrawn(_ row: SubmittedRow, _ standing: StandingDemand?) -> PublishChange {
    guard let standing else { return refused(row, nil) }
    guard !standing.isWithdrawn else {
      var change = PublishChange(.unchanged, id: standing.id, title: row.title)
      return closed(&change, .withdrawn, [])
    }
    return Withdrawal.change(standing.stored, reason: "row")
  }

  private func refused(_ row: SubmittedRow, _ standing: StandingDemand?) -> PublishChange {
    var change = PublishChange(.refused, id: standing?.id, title: row.title)
    change.reasons = row.reasons
    change.state = standing?.stored.version.state
    return change
  }

  private func addAbsent(
    _ own: [StandingDemand], besides found: Set<Int>, isWhole: Bool, _ plan: inout PublishPlan
  ) {
    for (place, demand) in own.enumerated() where !found.contains(place) && !demand.isWithdrawn {
      if isWhole {
        plan.changes.append(Withdrawal.change(demand.stored, reason: "not_in_list"))
      } else {
        plan.absent.append(demand.id)
      }
    }
  }

  // MARK: people

  /// Keeps what is known of people beside the record. What was erased stays erased.
  private func addPersonal(
    _ row: SubmittedRow, _ standing: StandingDemand?, to change: inout PublishChange,
    _ reader: LedgerReader
  ) throws {
    guard change.kind != .keptWithdrawn, !row.personal.members.isEmpty else { return }
    guard let ref = standing?.contactRef else {
      if change.version == nil, standing != nil {
        // It stood without anyone to ask: the record now names someone.
        change.kind = .changed
        change.version = standing.map { demand in
          version(of: row, demand.stored.version.state, after: demand.stored.version)
        }
        change.version?.reasons = standing?.stored.version.reasons ?? []
      }
      if standing != nil { change.fields.append(FieldChange.contact) }
      change.personal = row.personal
      return
    }
    let known = try reader.contact(ref)?.body
    guard let known else {
      if takesErasedContacts { change.personal = row.personal }
      return
    }
    guard RecordContent.canonical(.object(known)) != RecordContent.canonical(.object(row.personal))
    else { return }
    change.personal = row.personal
    change.fields.append(FieldChange.contact)
    if change.kind == .unchanged { change.kind = .changed }
  }
}

extension FieldChange {
  /// Data about people changed; what they are is no one's here.
  static let contact = FieldChange(field: "contact", old: nil, new: nil, isWithheld: true)
}
