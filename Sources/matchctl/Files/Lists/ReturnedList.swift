import Matcher
import TableFiles

/// A list as it came, with what became of each row and its problems beside it: rows are taken as they are
/// read, the file is written at the end.
package struct ReturnedList {
  /// What is said of a row beyond what reading the list says.
  package struct Verdict {
    package var action: String
    /// Sentences, in the order in which they are shown; the same one twice is shown once.
    package var problems: [String]
    /// nil: the id that reading the list gave it.
    package var systemID: String?

    package init(action: String, problems: [String], systemID: String?) {
      self.action = action
      self.problems = problems
      self.systemID = systemID
    }
  }

  private let corpus: Corpus
  private let language: Language
  private let text: ListText
  private var tables: [ReturnedTable] = []
  /// Shows what was read out of words; nil for a sheet without that.
  private let confirmation: (cells: SheetConfirmation, asOf: CivilDate)?
  private var hasConfirmations = false

  /// - Parameter confirming: The day on which words are read, for columns in which the park confirms what was read
  ///   out of them; nil for a sheet without them.
  package init(corpus: Corpus, language: Language, confirming: CivilDate? = nil) {
    self.corpus = corpus
    self.language = language
    text = ListText(corpus)
    confirmation = confirming.map {
      (SheetConfirmation(corpus: corpus, tools: ReadingTools(corpus: corpus)), $0)
    }
  }

  /// - Parameter verdict: What became of it; nil: what reading the list says.
  package mutating func take(_ row: ListRow, verdict: Verdict? = nil) {
    if tables.last?.sheet != row.sheet || tables.isEmpty {
      tables.append(ReturnedTable(sheet: row.sheet, headerRow: 0, rows: []))
    }
    let last = tables.count - 1
    guard row.action != .skip else {
      if row.codes == ["header_row"], tables[last].rows.isEmpty {
        tables[last].headerRow = row.number
      }
      return
    }
    var out = ReturnedRow(
      number: row.number, action: verdict?.action ?? text.action(row.action, language),
      problems: once(verdict?.problems ?? text.problems(row, language)),
      systemID: verdict?.systemID ?? row.systemID ?? "", marks: marks(row))
    addConfirmation(of: row, to: &out)
    tables[last].rows.append(out)
  }

  /// The new file's bytes.
  ///
  /// - Parameter hadConfirmations: The file has columns for confirming already.
  /// - Throws: `CommandError` for formats that have no rows to mark.
  package func write(
    _ original: [UInt8], name: String, encoding: TextEncoding? = nil, hadConfirmations: Bool = false
  ) throws -> [UInt8] {
    do throws(TableFileError) {
      return try ReturnedSheet.write(
        original: original, name: name, encoding: encoding,
        tables: tables.filter { $0.headerRow > 0 && !$0.rows.isEmpty },
        labels: labels(isConfirming: hasConfirmations || hadConfirmations), corpus: corpus)
    } catch {
      throw TableInput(corpus: corpus, language: language).commandError(error, name)
    }
  }

  private func once(_ sentences: [String]) -> String {
    var seen: Set<String> = []
    return sentences.filter { seen.insert($0).inserted }.joined(separator: "\n")
  }

  private func marks(_ row: ListRow) -> [Int: ReturnedMark] {
    var marks: [Int: ReturnedMark] = [:]
    for finding in row.findings where text.isProblem(finding) {
      guard let column = finding.column else { continue }
      let isRefusal = text.isRefusal(finding)
      if isRefusal || marks[column] == nil { marks[column] = isRefusal ? .refused : .warning }
    }
    return marks
  }

  /// What was read out of the row's words, and the answer that stands beside it.
  private mutating func addConfirmation(of row: ListRow, to out: inout ReturnedRow) {
    guard let confirmation, let record = row.record else { return }
    let cells = confirmation.cells.cells(of: record, asOf: confirmation.asOf, language)
    (out.read, out.answer) = (cells.read, cells.answer)
    hasConfirmations = hasConfirmations || !cells.read.isEmpty
    guard cells.isAskedAgain else { return }
    let values = ["column": text.word("list.returned.confirm", language)]
    let sentence = text.word("list.confirm.again", language, values)
    out.problems += out.problems.isEmpty ? sentence : "\n" + sentence
  }

  private func labels(isConfirming: Bool) -> ReturnedLabels {
    let ids = ["action", "problems", "id", "read", "confirm"].map { "list.returned.\($0)" }
    let texts = ids.map { corpus.texts.text($0, language) }
    var labels = ReturnedLabels(
      action: texts[0], problems: texts[1], systemID: texts[2],
      known: ids.map { id in Language.allCases.map { corpus.texts.text(id, $0) } })
    if isConfirming { labels.confirming = (texts[3], texts[4]) }
    return labels
  }
}
