import Matcher
import TableFiles

/// The demands of one list for commands that match: what was taken, and what was returned as issues.
package struct ListRecords {
  package let input: ListInput
  package let options: ListReader.Options
  private var rows: [ListRow] = []
  private var issues: [RecordIssue] = []

  package init(input: ListInput, options: ListReader.Options) {
    self.input = input
    self.options = options
  }

  package func read(_ file: TableFile, _ path: String) throws -> ListRecords {
    final class Kept {
      var rows: [ListRow] = []
    }
    let kept = Kept()
    var options = options
    options.footDate = try input.footDate(path)
    var reader = ListReader(corpus: input.corpus, options: options) { row in
      if row.record != nil || row.action == .reject { kept.rows.append(row) }
    }
    let reading = try TableInput(corpus: input.corpus, language: input.language)
      .read(file, into: &reader)
    var out = self
    out.rows = kept.rows
    out.issues = reading.issues + reader.takeIssues()
    return out
  }

  /// Gives the records to a reader of records; rows that were returned become issues.
  package func add(to reader: inout RecordReader) {
    reader.add(issues: issues)
    for row in rows {
      let place = row.file + (row.sheet.map { "/\($0)" } ?? "")
      if let record = row.record {
        reader.add(demand: record, file: place, row: row.number)
      } else {
        reader.add(issues: [
          RecordIssue(
            .refused, file: place, row: row.number, field: "",
            got: row.codes.joined(separator: ", "), expected: "a demand that can be taken",
            hint: "matchctl lint shows what to correct")
        ])
      }
    }
  }
}
