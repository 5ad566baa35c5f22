import Matcher

/// What is said of one row of a list, in the columns that are added to the park's own file.
package struct ReturnedRow: Sendable, Equatable {
  /// As in `SheetRow`.
  package var number: Int
  package var action: String
  package var problems: String
  package var systemID: String
  /// What was read out of the row's words, and the park's answer to it.
  package var read = ""
  package var answer = ""
  /// Columns (from 0) of cells to mark. Cells marked by an earlier return and not named here lose
  /// their mark.
  package var marks: [Int: ReturnedMark]

  package init(
    number: Int, action: String, problems: String, systemID: String,
    marks: [Int: ReturnedMark] = [:]
  ) {
    self.number = number
    self.action = action
    self.problems = problems
    self.systemID = systemID
    self.marks = marks
  }

  var texts: [String] { [action, problems, systemID, read, answer] }
}

package enum ReturnedMark: Sendable {
  /// The cell's content was not used.
  case refused
  /// A person should look.
  case warning

  /// The fill, as `AARRGGBB`. Shades of our own, so that marks are known again and none of the
  /// park's are taken for them.
  var color: String {
    switch self {
    case .refused: "FFFFC4CD"
    case .warning: "FFFFE59A"
    }
  }
}

/// The rows of one sheet and where its headings stand.
package struct ReturnedTable: Sendable {
  /// nil for text files.
  package var sheet: String?
  package var headerRow: Int
  package var rows: [ReturnedRow]

  package init(sheet: String?, headerRow: Int, rows: [ReturnedRow]) {
    self.sheet = sheet
    self.headerRow = headerRow
    self.rows = rows
  }
}

/// The headings of the added columns in the reader's language, and all headings under which a file
/// that comes back may have them.
package struct ReturnedLabels: Sendable {
  package var action: String
  package var problems: String
  package var systemID: String
  /// Of the columns for what was read and for the answer; nil for a sheet without them.
  package var confirming: (read: String, answer: String)?
  /// Spellings by which columns of an earlier return are known: action, problems, id, read, answer.
  package var known: [[String]]

  package init(action: String, problems: String, systemID: String, known: [[String]] = []) {
    self.action = action
    self.problems = problems
    self.systemID = systemID
    self.known = known
  }

  /// In the order of the columns: three, or five.
  var texts: [String] {
    [action, problems, systemID] + (confirming.map { [$0.read, $0.answer] } ?? [])
  }

  /// Whether a heading is that of added column `index`.
  func isHeading(_ text: String, of index: Int) -> Bool {
    let plain = text.filter { !$0.isWhitespace }
    let spellings = [texts[index]] + (index < known.count ? known[index] : [])
    return spellings.contains { $0.filter { !$0.isWhitespace } == plain }
  }
}

/// A copy of a park's own file with columns added at the right and cells marked.
///
/// Only what has to change is written: in a workbook the sheets concerned and the styles, in a text
/// file the ends of the records. All else keeps its bytes. A file that already has the columns is
/// updated in place, and writing the same twice gives the same bytes.
package enum ReturnedSheet {
  /// - Parameters:
  ///   - original: The file's bytes.
  ///   - encoding: The encoding of a text file, when the caller knows it.
  ///   - tables: One for each sheet concerned; sheets that are not named stay as they are.
  /// - Returns: The bytes of the new file. A text file keeps its encoding and separator;
  ///   characters outside the encoding become `&#N;`.
  /// - Throws: `TableFileError` when the file cannot be read, or has no room for the columns.
  package static func write(
    original: [UInt8], name: String, encoding: TextEncoding? = nil, tables: [ReturnedTable],
    labels: ReturnedLabels, corpus: Corpus
  ) throws(TableFileError) -> [UInt8] {
    var rest: [UInt8]? = original
    let file = try TableFile.open(
      {
        defer { rest = nil }
        return rest
      }, name: name, encoding: encoding, corpus: corpus)
    switch file.kind {
    case .workbook:
      return try ReturnedWorkbook(ZipArchive(original), labels).write(tables)
    case .delimited:
      guard let table = tables.first else { return original }
      return try ReturnedText(original, file, labels, corpus).write(table, encoding: encoding)
    case .document, .json, .jsonLines, .foreign: throw TableFileError("file.not_returned")
    }
  }
}
