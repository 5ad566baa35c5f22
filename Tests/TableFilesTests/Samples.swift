import Foundation
import Matcher

@testable import TableFiles

/// Collects what a reader gives.
struct Rows: SheetConsumer {
  var infos: [SheetInfo] = []
  var rows: [[SheetRow]] = []
  var ended = 0

  mutating func begin(_ sheet: SheetInfo) {
    infos.append(sheet)
    rows.append([])
  }

  mutating func row(_ row: SheetRow) { rows[rows.count - 1].append(row) }
  mutating func end() { ended += 1 }

  /// A cell of a sheet by its name.
  func cell(_ name: String, sheet: Int = 0) -> Cell? {
    guard let place = CellReference(name.utf8),
      let row = rows[sheet].first(where: { $0.number == place.row })
    else { return nil }
    return place.column < row.cells.count ? row.cells[place.column] : Cell(.empty)
  }

  func texts(sheet: Int = 0) -> [[String]] {
    rows[sheet].map { $0.cells.map(\.text) }
  }
}

/// The parts of a workbook, to be changed by tests. Synthetic.
struct SampleWorkbook {
  static let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  var parts: [(String, String)]

  /// - Parameters:
  ///   - sheets: name, state and the sheet's XML inside `worksheet`.
  init(
    _ sheets: [(name: String, state: String, xml: String)], strings: String? = nil,
    styles: String? = nil, workbook: String = ""
  ) {
    let type = SampleWorkbook.types
    let items = sheets.enumerated().map {
      "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\"\($1.state.isEmpty ? "" : " state=\"\($1.state)\"") r:id=\"s\($0)\"/>"
    }
    var relations = sheets.indices.map {
      "<Relationship Id=\"s\($0)\" Type=\"\(type)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
    }
    if strings != nil {
      relations.append(
        "<Relationship Id=\"x1\" Type=\"\(type)/sharedStrings\" Target=\"sharedStrings.xml\"/>")
    }
    if styles != nil {
      relations.append("<Relationship Id=\"x2\" Type=\"\(type)/styles\" Target=\"styles.xml\"/>")
    }
    parts = [
      (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(type)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"\(type)\">\(workbook)<sheets>\(items.joined())</sheets></workbook>"
      ),
      ("xl/_rels/workbook.xml.rels", "<Relationships>\(relations.joined())</Relationships>"),
    ]
    if let strings { parts.append(("xl/sharedStrings.xml", strings)) }
    if let styles { parts.append(("xl/styles.xml", styles)) }
    for (index, sheet) in sheets.enumerated() {
      parts.append(("xl/worksheets/sheet\(index + 1).xml", "<worksheet>\(sheet.xml)</worksheet>"))
    }
  }

  /// One sheet from its rows.
  init(rows: String, styles: String? = nil, workbook: String = "", after: String = "") {
    self.init(
      [("清单", "", "<sheetData>\(rows)</sheetData>\(after)")], styles: styles, workbook: workbook)
  }

  var bytes: [UInt8] {
    var zip = ZipWriter()
    for (name, content) in parts { zip.add(name, content) }
    return zip.finish()
  }

  /// A style part with cell styles of these number formats; custom codes from 164 on.
  static func styles(_ ids: [Int], codes: [String] = []) -> String {
    let custom = codes.enumerated().map {
      "<numFmt numFmtId=\"\(164 + $0)\" formatCode=\"\(XMLText.encoded($1))\"/>"
    }
    let cells = ids.map {
      "<xf numFmtId=\"\($0)\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    }
    return
      "<styleSheet><numFmts>\(custom.joined())</numFmts><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills>"
      + "<cellXfs count=\"\(ids.count)\">\(cells.joined())</cellXfs></styleSheet>"
  }
}

enum Reading {
  static func open(
    _ bytes: [UInt8], name: String = "list.xlsx", encoding: TextEncoding? = nil,
    chunk: Int = 1 << 16
  ) throws -> TableFile {
    var rest = bytes[...]
    return try TableFile.open(
      {
        defer { rest = rest.dropFirst(chunk) }
        return rest.isEmpty ? nil : Array(rest.prefix(chunk))
      }, name: name, encoding: encoding, corpus: EncodingTests.corpus)
  }

  static func rows(_ bytes: [UInt8], name: String = "list.xlsx") throws -> Rows {
    var rows = Rows()
    _ = try open(bytes, name: name).read(into: &rows)
    return rows
  }

  /// The id of the error that reading ends with.
  static func error(_ bytes: [UInt8], name: String = "list.xlsx") -> String? {
    do {
      _ = try rows(bytes, name: name)
      return nil
    } catch {
      return (error as? TableFileError)?.id ?? "other"
    }
  }
}
