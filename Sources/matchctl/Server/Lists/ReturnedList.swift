import Matcher
import RecordFiles
import TableFiles

/// The list as it came, with what becomes of each row and its problems beside it.
struct ReturnedList {
  let corpus: Corpus
  let language: Language

  /// - Throws: `CommandError` for formats that have no rows to mark.
  func write(_ bytes: [UInt8], name: String, _ rows: [ListRow]) throws -> [UInt8] {
    let texts = ListText(corpus)
    var tables: [ReturnedTable] = []
    for row in rows {
      if tables.last?.sheet != row.sheet || tables.isEmpty {
        tables.append(ReturnedTable(sheet: row.sheet, headerRow: 0, rows: []))
      }
      let last = tables.count - 1
      guard row.action != .skip else {
        if row.codes == ["header_row"], tables[last].rows.isEmpty {
          tables[last].headerRow = row.number
        }
        continue
      }
      tables[last].rows.append(returned(row, texts))
    }
    do throws(TableFileError) {
      return try ReturnedSheet.write(
        original: bytes, name: name, encoding: nil,
        tables: tables.filter { $0.headerRow > 0 && !$0.rows.isEmpty }, labels: labels,
        corpus: corpus)
    } catch {
      throw TableInput(corpus: corpus, language: language).commandError(error, name)
    }
  }

  private func returned(_ row: ListRow, _ texts: ListText) -> ReturnedRow {
    var marks: [Int: ReturnedMark] = [:]
    let problems = row.findings.filter(texts.isProblem)
    for finding in problems {
      guard let column = finding.column else { continue }
      let isRefusal = texts.isRefusal(finding)
      if isRefusal || marks[column] == nil { marks[column] = isRefusal ? .refused : .warning }
    }
    return ReturnedRow(
      number: row.number, action: texts.action(row.action, language),
      problems: problems.map { texts.sentence($0, language) }.joined(separator: "\n"),
      systemID: row.systemID ?? "", marks: marks)
  }

  private var labels: ReturnedLabels {
    let ids = ["action", "problems", "id"].map { "list.returned.\($0)" }
    let texts = ids.map { corpus.texts.text($0, language) }
    return ReturnedLabels(
      action: texts[0], problems: texts[1], systemID: texts[2],
      known: ids.map { id in Language.allCases.map { corpus.texts.text(id, $0) } })
  }
}
