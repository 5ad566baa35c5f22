import Matcher
import RecordFiles

extension Output {
  /// Rows under a header in one of the formats; objects carry the header's words as names.
  ///
  /// - Parameter limits: the widest that each column of a table may be; none: as wide as it is.
  static func listing(
    _ header: [String], _ rows: [[String]], _ format: OutputFormat, limits: [Int] = []
  ) {
    switch format {
    case .table:
      var table = TextTable(header: header, limits: limits)
      for row in rows { table.add(row) }
      for text in table.lines() { line(text) }
    case .csv:
      raw(CSVWriter.byteOrderMark)
      for row in [header] + rows { line(CSVWriter.row(row)) }
    case .json, .jsonl:
      let objects = rows.map { row in
        JSONValue.object(JSONObject(zip(header, row).map { ($0, .string($1)) }))
      }
      if format == .json {
        line(JSONWriter.pretty(.array(objects)))
      } else {
        for object in objects { line(JSONWriter.line(object)) }
      }
    }
  }
}
