import Ledger
import Matcher
import Publishing
import RecordFiles

/// Publishing one list, or saying what it would change.
struct PublishJob: Sendable {
  private let list: KeptList
  private let isDry: Bool
  private let corpus: Corpus
  private let tools: ReadingTools
  private let language: Language
  private let asOf: CivilDate
  private let isWhole: Bool
  private let validUntil: CivilDate?

  init(_ call: Call, _ list: KeptList, isDry: Bool) {
    self.list = list
    self.isDry = isDry
    corpus = call.standing.corpus
    tools = call.standing.tools.reading
    language = call.language
    asOf = call.standing.asOf
    isWhole = call["whole"]?.bool ?? false
    validUntil = call.day("valid_until")
  }

  /// - Returns: the difference, with the numbers that new demands were given.
  func run(_ services: Services, by who: String, _ progress: Progress) async throws -> JSONObject {
    progress.report("read", 0, 3)
    let file = SubmittedFile(
      name: list.name, bytes: try await Blocking.run { try services.lists.bytes(list.id) })
    let job = self
    progress.report("compare", 1, 3)
    if isDry {
      let plan = try await services.read { try job.plan(file, $0) }
      return json(plan, seq: nil)
    }
    let (plan, seq) = try await services.write(by: who) { writer in
      let plan = try job.publisher.apply(job.plan(file, writer.reader), of: file, writer)
      return (plan, try writer.reader.lastSeq())
    }
    progress.report("done", 3, 3)
    return json(plan, seq: seq)
  }

  private func plan(_ file: SubmittedFile, _ reader: LedgerReader) throws -> PublishPlan {
    var submissions = SubmissionReader(
      corpus: corpus, language: language, asOf: asOf, tools: tools)
    submissions.options = try ListReading.options(list, asOf: asOf)
    submissions.corrections = list.corrections
    let submission = try submissions.read(file, firstSeen: list.received)
    return try publisher.plan(submission, reader)
  }

  private var publisher: Publisher {
    var publisher = Publisher(corpus: corpus, park: list.park, asOf: asOf)
    publisher.isWhole = isWhole
    publisher.validUntil = validUntil
    return publisher
  }

  // MARK: the difference

  private func json(_ plan: PublishPlan, seq: Int64?) -> JSONObject {
    func count(_ kinds: PublishChange.Kind...) -> JSONValue {
      .integer(kinds.reduce(0) { $0 + plan.count($1) })
    }
    return JSONObject(stating: [
      ("new", count(.new)), ("changed", count(.changed, .again)), ("withdrawn", count(.withdrawn)),
      ("unchanged", count(.unchanged, .keptWithdrawn)), ("refused", count(.refused)),
      ("dry_run", .bool(isDry)), ("rows", .array(plan.changes.map(row))),
      ("absent", .array(plan.absent.map { .string($0) })),
      ("seq", seq.map { .integer(Int($0)) }),
    ])
  }

  private func row(_ change: PublishChange) -> JSONValue {
    let texts = PublishText(corpus: corpus, language: language)
    let kind: PublishChange.Kind =
      switch change.kind {
      case .again: .changed
      case .keptWithdrawn: .unchanged
      default: change.kind
      }
    return .object(
      JSONObject(stating: [
        ("what", .string(kind.rawValue)), ("what_text", .string(texts.kind(change.kind))),
        ("id", change.id.map { .string($0) } ?? .null),
        ("own", change.own.map { .string($0) } ?? .null), ("title", .string(change.title)),
        ("row", change.place.map { .integer($0.row) } ?? .null),
        ("sheet", change.place?.sheet.map { .string($0) } ?? .null),
        ("state", change.state.map { .string($0.rawValue) }),
        ("state_text", change.state.map { .string(texts.state($0)) }),
        ("fields", .array(change.fields.map { field($0, texts) })),
        ("reasons", .array(change.reasons.map { .string($0) })),
        ("messages", .array(change.messages.map { .string($0) })),
        ("twin_of", change.twinOf.map { .string($0) }),
      ]))
  }

  private func field(_ change: FieldChange, _ texts: PublishText) -> JSONValue {
    .object(
      JSONObject([
        ("field", .string(change.field)), ("name", .string(texts.field(change.field))),
        ("before", change.old.map { .string($0) } ?? .null),
        ("after", change.new.map { .string($0) } ?? .null),
      ]))
  }
}
