import Foundation
import Ledger
import Matcher
import RecordFiles
import TableFiles

/// Reads what a park hands in, the same way as `lint` does.
package struct SubmissionReader {
  package let corpus: Corpus
  package let language: Language
  /// The day on which demands are judged.
  package let asOf: CivilDate
  /// How lists are read; their own `asOf` is the day from which relative dates count.
  package var options: ListReader.Options
  package var encoding: TextEncoding?
  package var format: RecordFormat?
  /// Keeps the rows as they were read, for a sheet to give back.
  package var keepsRows = false
  /// Cells that were corrected after the file came in.
  package var corrections: [CellCorrection] = []
  private let judge: DemandJudge
  private let text: ListText

  /// - Parameter tools: Those of the same corpus, where the caller has them already.
  package init(
    corpus: Corpus, language: Language, asOf: CivilDate, options: ListReader.Options? = nil,
    tools: ReadingTools? = nil
  ) {
    self.corpus = corpus
    self.language = language
    self.asOf = asOf
    self.options = options ?? ListReader.Options(asOf: asOf)
    judge = DemandJudge(
      corpus: corpus, language: language, asOf: asOf,
      tools: tools ?? ReadingTools(corpus: corpus))
    text = ListText(corpus)
  }

  /// The whole file at a path; its name is the path's last part.
  package static func file(_ path: String) throws -> SubmittedFile {
    SubmittedFile(
      name: path == "-" ? path : URL(fileURLWithPath: path).lastPathComponent,
      bytes: try FileSource.whole(path))
  }

  /// - Parameter firstSeen: The day on which the same file was first handed in, so that 下个月 means
  ///   what it meant then.
  package func read(_ file: SubmittedFile, firstSeen: CivilDate?) throws -> Submission {
    let input = ListInput(corpus: corpus, language: language, encoding: encoding)
    switch try input.open(file.bytes, name: file.name, format: format) {
    case .records(let source): return try records(source, file)
    case .list(let table):
      var options = options
      if let firstSeen { options.asOf = firstSeen }
      return try list(table, file, options, input)
    }
  }

  // MARK: lists

  private func list(
    _ table: TableFile, _ file: SubmittedFile, _ options: ListReader.Options, _ input: ListInput
  ) throws -> Submission {
    final class Kept {
      var all: [ListRow] = []
      var rows: [ListRow] = []
      var skipped = 0
    }
    let kept = Kept()
    var options = options
    options.footDate = try input.footDate(file.bytes, name: file.name)
    let lists = ListReader(corpus: corpus, options: options) { row in
      if keepsRows { kept.all.append(row) }
      if row.action == .skip { kept.skipped += 1 } else { kept.rows.append(row) }
    }
    var corrected = CorrectedRows(lists, corrections)
    let reading = try TableInput(corpus: corpus, language: language)
      .read(table, into: &corrected)
    var reader = corrected.consumer
    var out = Submission(file: file, rows: kept.rows.map(submitted), issues: reading.issues)
    out.issues += reader.takeIssues()
    out.skipped = kept.skipped
    out.listed = kept.all
    judge.judge(&out.rows)
    return out
  }

  private func submitted(_ row: ListRow) -> SubmittedRow {
    var out = row.record == nil ? untaken(row) : taken(row)
    var seen: Set<String> = []
    out.messages = (text.problems(row, language) + out.messages).filter { seen.insert($0).inserted }
    out.statedID = row.statedID
    return out
  }

  private func taken(_ row: ListRow) -> SubmittedRow {
    var out = judged(
      row.record ?? JSONObject(), file: row.file, sheet: row.sheet, row: row.number,
      hidden: row.hiddenFirm)
    // A table with the product's own columns has its ids where lists have numbers.
    out.own = row.serial ?? row.systemID.flatMap { $0.hasPrefix("L-") ? nil : $0 }
    out.isOwnTelling = out.own.map(SubmittedRow.isTelling) ?? false
    out.listID = row.systemID
    return out
  }

  /// A row that was not taken: what became of it, and the little by which it is known again.
  private func untaken(_ row: ListRow) -> SubmittedRow {
    let effects = row.findings.compactMap { finding in
      corpus.publishing.rows[finding.code].map { (finding.code, $0) }
    }
    let decisive = effects.filter { $0.1 == .refused || $0.1 == .untold }
    let standing: SubmittedRow.Standing =
      if !decisive.isEmpty || effects.isEmpty {
        .refused
      } else if effects.contains(where: { $0.1 == .withdrawn }) {
        .withdrawn
      } else {
        .returned
      }
    var record = JSONObject([("type", .string("demand")), ("title", .string(row.title))])
    if let name = row.enterprise {
      record["enterprise"] = .object(JSONObject([("name", .string(name))]))
    }
    record["visibility"] = .string(row.tier.rawValue)
    var personal = PersonalData(corpus: corpus)
    record = personal.strip(record)
    var out = SubmittedRow(
      file: row.file, sheet: row.sheet, row: row.number, standing: standing, title: row.title,
      record: record,
      firm: Firm(name: row.enterprise ?? row.hiddenFirm?.name, code: nil, corpus: corpus),
      shape: TextShape(title: row.title, text: "", corpus: corpus))
    out.isUntold = effects.contains { $0.1 == .untold }
    out.reasons = (decisive.isEmpty ? effects : decisive).map(\.0)
    if out.reasons.isEmpty { out.reasons = row.codes }
    out.own = row.serial
    out.isOwnTelling = out.own.map(SubmittedRow.isTelling) ?? false
    return out
  }

  // MARK: records

  private func records(_ source: @escaping ByteSource, _ file: SubmittedFile) throws -> Submission {
    var reader = RecordReader(corpus: corpus)
    do {
      try reader.readDemands(source, file: file.name, format: format)
    } catch {
      throw CommandError.broken(file.name, "\(error)")
    }
    var rows = reader.demandRowsInOrder.map { place in
      var out = judged(place.object, file: place.file, sheet: nil, row: place.row, hidden: nil)
      out.own = place.object["id"]?.string
      out.statedID = out.own
      out.isOwnTelling = true
      return out
    }
    judge.judge(&rows)
    return Submission(
      file: file, rows: rows, issues: reader.issues.filter { $0.severity == .refused })
  }

  // MARK: both

  /// A record that was taken, without data about people, with what the linter says of it.
  private func judged(
    _ record: JSONObject, file: String, sheet: String?, row: Int,
    hidden: (name: String, code: String?)?
  ) -> SubmittedRow {
    var personal = PersonalData(corpus: corpus)
    var bare = personal.strip(record)
    bare["id"] = nil
    let title = bare["title"]?.string ?? ""
    var out = SubmittedRow(
      file: file, sheet: sheet, row: row, standing: .published, title: title, record: bare,
      firm: Firm(
        bare,
        hidden: hidden.map {
          JSONObject(stating: [
            ("enterprise", .string($0.name)), ("uscc", $0.code.map { .string($0) }),
          ])
        }, corpus: corpus),
      shape: TextShape(title: title, text: bare["text"]?.string ?? "", corpus: corpus))
    out.personal = ContactBody.make(personal.taken, hidden: hidden)
    out.isFirmHidden = hidden != nil
    return out
  }
}

/// What stands in `Contact` for a record.
enum ContactBody {
  /// Name, phone and e-mail under these names, everything else by the place it had.
  static func make(_ taken: JSONObject, hidden: (name: String, code: String?)?) -> JSONObject {
    var out = JSONObject()
    for (path, value) in taken.members {
      guard path == "contact", let contact = value.object else {
        if value.object?["ref"] == nil { out[path] = value }
        continue
      }
      for (name, value) in contact.members where name != "visibility" && name != "ref" {
        out[name == "contact" ? "name" : name] = value
      }
    }
    if let hidden {
      out["enterprise"] = .string(hidden.name)
      if let code = hidden.code { out["uscc"] = .string(code) }
    }
    return out
  }
}
