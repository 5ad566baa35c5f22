import Matcher
import Publishing
import RecordFiles
import TableFiles

/// A park's own list given back: beside each row our number, what publishing made of it, and what is to be corrected.
struct PublishedSheet {
  let corpus: Corpus
  let language: Language
  let asOf: CivilDate

  /// The file with its columns added; one that has them already is updated in place.
  ///
  /// - Parameter submission: Read with `keepsRows`.
  func write(
    _ submission: Submission, _ plan: PublishPlan, encoding: TextEncoding?
  ) throws -> [UInt8] {
    var changes: [String: PublishChange] = [:]
    for change in plan.changes {
      if let place = change.place { changes[key(place.sheet, place.row)] = change }
    }
    var sheet = ReturnedList(corpus: corpus, language: language)
    for row in submission.listed {
      sheet.take(row, verdict: changes[key(row.sheet, row.number)].map(verdict))
    }
    return try sheet.write(submission.file.bytes, name: submission.file.name, encoding: encoding)
  }

  private func key(_ sheet: String?, _ row: Int) -> String {
    "\(row) \(sheet ?? "")"
  }

  private func verdict(_ change: PublishChange) -> ReturnedList.Verdict {
    let words = PublishText(corpus: corpus, language: language)
    let isExpired = change.state == .published && change.validUntil.map { $0 < asOf } ?? false
    let state =
      isExpired ? words.text("publish.state.expired") : change.state.map(words.state)
    // What is refused says so, whatever stands of it from before.
    let action = change.kind == .refused ? words.kind(.refused) : state ?? words.kind(change.kind)
    var problems = change.messages
    if problems.isEmpty, !change.reasons.isEmpty { problems = [words.reasons(change.reasons)] }
    if change.kind == .refused, change.id != nil { problems.append(words.text("publish.stays")) }
    return ReturnedList.Verdict(action: action, problems: problems, systemID: change.id ?? "")
  }
}
