import Ledger
import Matcher
import RecordFiles
import TableFiles

/// Takes platforms' profiles into the ledger: the difference first, then in one transaction.
///
/// A profile is known by its id. Everything of it stands or none: what cannot be read of one is said, the
/// rest of it counts.
package struct PlatformImporter {
  package let corpus: Corpus
  package let language: Language
  package let asOf: CivilDate
  /// The file has all platforms: what it does not have is withdrawn.
  package var isWhole = false
  package var takesErasedContacts = false
  package var encoding: TextEncoding?
  package var format: RecordFormat?

  package init(corpus: Corpus, language: Language, asOf: CivilDate) {
    self.corpus = corpus
    self.language = language
    self.asOf = asOf
  }

  /// Profiles as a file hands them in.
  package struct Submission {
    package let file: SubmittedFile
    /// Without data about people.
    let records: [(id: String, record: JSONObject, personal: JSONObject)]
    package let issues: [RecordIssue]
  }

  package func read(_ file: SubmittedFile) throws -> Submission {
    var reader = RecordReader(corpus: corpus)
    try PlatformInput(corpus: corpus, language: language, encoding: encoding)
      .read(file.bytes, name: file.name, format: format, into: &reader)
    let records = reader.platforms.compactMap { platform in
      platform.stated.object.map { stated in
        var personal = PersonalData(corpus: corpus)
        var record = personal.strip(stated)
        record["id"] = nil
        return (platform.id, record, ContactBody.make(personal.taken, hidden: nil))
      }
    }
    return Submission(file: file, records: records, issues: reader.issues)
  }

  package func plan(_ submission: Submission, _ reader: LedgerReader) throws -> PublishPlan {
    let stored = Dictionary(
      try reader.records(.platform).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    var plan = PublishPlan(changes: [])
    plan.issues = submission.issues
    for (id, record, personal) in submission.records {
      var change = self.change(id, record, stored[id])
      try addPersonal(personal, to: &change, record, stored[id], reader)
      plan.changes.append(change)
    }
    let found = Set(submission.records.map(\.id))
    for record in stored.values.sorted(by: { $0.id < $1.id })
    where !found.contains(record.id) && record.version.state != .withdrawn {
      if isWhole {
        var change = Withdrawal.change(record, reason: "not_in_list")
        change.title = PlatformImporter.name(record.version.record, language)
        plan.changes.append(change)
      } else {
        plan.absent.append(record.id)
      }
    }
    return plan
  }

  package func apply(
    _ plan: PublishPlan, of file: SubmittedFile, _ writer: LedgerWriter
  ) throws -> PublishPlan {
    guard !plan.isEmpty else { return plan }
    try writer.file(hash: file.hash, name: file.name, size: file.bytes.count)
    for change in plan.changes { try change.write(.platform, source: file.hash, writer) }
    return plan
  }

  private func change(
    _ id: String, _ record: JSONObject, _ stored: StoredRecord?
  ) -> PublishChange {
    let facts = PlatformFacts(record, received: asOf, corpus: corpus)
    var change = PublishChange(
      stored == nil ? .new : .changed, id: id, title: PlatformImporter.name(record, language))
    change.stateBefore = stored?.version.state
    change.state = .published
    change.messages = messages(facts)
    change.contactRef = stored?.version.record["contact"]?.object?["ref"]?.string
    if let version = stored?.version {
      change.fields = FieldChange.between(version.record, record)
      // Where it was read, and when somebody last looked, is a statement too: staleness goes by it.
      let sources = [version.record["source"], record["source"]].map(RecordContent.canonical)
      if sources[0] != sources[1] {
        change.fields.append(
          FieldChange(
            field: "source", old: FieldChange.shown(version.record["source"]),
            new: FieldChange.shown(record["source"])))
      }
      if version.state == .withdrawn { change.kind = .again }
      if change.fields.isEmpty, version.state == .published {
        change.kind = .unchanged
        return change
      }
    }
    change.version = RecordVersion(state: .published, record: record, own: id, notes: facts.notes)
    return change
  }

  private func messages(_ facts: PlatformFacts) -> [String] {
    var out: [String] = []
    func say(_ id: String, _ values: [String: String] = [:]) {
      out.append(corpus.texts.text(id, language, values))
    }
    if let verified = facts.verified {
      if asOf - verified > corpus.policy.staleDays {
        say("import.stale", ["date": "\(verified)", "days": String(corpus.policy.staleDays)])
      }
    } else {
      say("import.unverified")
    }
    if let text = facts.unreadEarliest { say("import.earliest.unread", ["text": text]) }
    if let earliest = facts.earliest, !earliest.counts(on: asOf, corpus: corpus) {
      say(
        "import.earliest.old",
        ["date": "\(earliest.date)", "stated": "\(earliest.stated)"])
    }
    return out
  }

  private func addPersonal(
    _ personal: JSONObject, to change: inout PublishChange, _ record: JSONObject,
    _ stored: StoredRecord?, _ reader: LedgerReader
  ) throws {
    guard !personal.members.isEmpty else { return }
    let known = try change.contactRef.flatMap { try reader.contact($0)?.body }
    if change.contactRef != nil, known == nil, !takesErasedContacts { return }
    guard
      RecordContent.canonical(known.map { .object($0) })
        != RecordContent.canonical(.object(personal))
    else { return }
    change.personal = personal
    guard stored != nil else { return }
    change.fields.append(.contact)
    if change.kind == .unchanged { change.kind = .changed }
    if change.contactRef == nil, change.version == nil {
      let facts = PlatformFacts(record, received: asOf, corpus: corpus)
      change.version = RecordVersion(
        state: .published, record: record, own: change.id, notes: facts.notes)
    }
  }

  /// A platform's name in the language asked.
  package static func name(_ record: JSONObject, _ language: Language) -> String {
    guard let names = record["name"]?.object else { return record["name"]?.string ?? "" }
    let wanted = [language.rawValue, "zh-Hans", "zh-Hant", "en"]
    return wanted.lazy.compactMap { names[$0]?.string }.first { !$0.isEmpty } ?? ""
  }
}
