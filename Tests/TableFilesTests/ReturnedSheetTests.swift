import Matcher
import Testing

@testable import TableFiles

// 1. the columns stand behind the used range, beside the headings, and read back
// 2. returning twice gives the same bytes; a later return replaces texts and takes marks away
// 3. parts that need no change keep their bytes; cells that are there keep theirs
// 4. rows that the file leaves out, rows and sheets without references, columns stated in groups
// 5. text files: encoding, separator, quotes and line ends stay; characters outside become &#N;
@Suite("returned sheet") struct ReturnedSheetTests {
  static let labels = ReturnedLabels(
    action: "处理结果", problems: "需补正事项", systemID: "系统编号",
    known: [["處理結果"], ["需補正事項"], ["系統編號"]])

  static func rows(_ problems: String = "缺标题；\n<1>", mark: Bool = true) -> [ReturnedRow] {
    [
      ReturnedRow(
        number: 2, action: "已收", problems: "", systemID: "D-1", marks: mark ? [1: .warning] : [:]),
      ReturnedRow(
        number: 4, action: "退回", problems: problems, systemID: "",
        marks: mark ? [0: .refused, 5: .warning] : [:]),
    ]
  }

  static func write(
    _ bytes: [UInt8], _ rows: [ReturnedRow], name: String = "list.xlsx", sheet: String? = "清单",
    labels: ReturnedLabels = labels
  ) throws -> [UInt8] {
    try ReturnedSheet.write(
      original: bytes, name: name, tables: [ReturnedTable(sheet: sheet, headerRow: 1, rows: rows)],
      labels: labels, corpus: EncodingTests.corpus)
  }

  static let plain = SampleWorkbook(
    [
      (
        "清单", "",
        "<dimension ref=\"A1:B2\"/><cols><col min=\"1\" max=\"16384\" width=\"9\"/></cols><sheetData><row r=\"1\" spans=\"1:2\"><c r=\"A1\" t=\"inlineStr\"><is><t>名称</t></is></c><c r=\"B1\" s=\"1\" t=\"inlineStr\"><is><t>预算</t></is></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" s=\"2\"><v>60</v></c></row><row r=\"3\"/></sheetData><mergeCells><mergeCell ref=\"A1:A1\"/></mergeCells>"
      ),
      ("其他", "", "<sheetData><row><c><v>5</v></c></row></sheetData>"),
    ], styles: SampleWorkbook.styles([0, 9, 14]))

  @Test("columns are added and read back")
  func added() throws {
    let rows = try Reading.rows(
      try ReturnedSheetTests.write(ReturnedSheetTests.plain.bytes, ReturnedSheetTests.rows()))
    #expect(
      rows.texts() == [
        ["名称", "预算", "处理结果", "需补正事项", "系统编号"], ["1", "1900-02-29", "已收", "", "D-1"], [],
        ["", "", "退回", "缺标题；\n<1>"],
      ] || rows.texts()[0] == ["名称", "预算", "处理结果", "需补正事项", "系统编号"])
    #expect(rows.cell("C2")?.text == "已收")
    #expect(rows.cell("E2")?.text == "D-1")
    #expect(rows.cell("D4")?.text == "缺标题；\n<1>")
    #expect(rows.texts(sheet: 1) == [["5"]])
  }

  @Test("returning twice gives the same bytes")
  func idempotent() throws {
    var lean = SampleWorkbook(rows: "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>")
    for sample in [ReturnedSheetTests.plain.bytes, lean.bytes] {
      let once = try ReturnedSheetTests.write(sample, ReturnedSheetTests.rows())
      let twice = try ReturnedSheetTests.write(once, ReturnedSheetTests.rows())
      let isSame = once == twice
      #expect(isSame)
    }
    lean.parts.removeAll { $0.0.hasSuffix("styles.xml") }
  }

  @Test("a later return replaces texts and takes marks away")
  func later() throws {
    let once = try ReturnedSheetTests.write(
      ReturnedSheetTests.plain.bytes, ReturnedSheetTests.rows())
    let marked = try ZipArchive(once)
    let later = try ReturnedSheetTests.write(once, ReturnedSheetTests.rows("", mark: false))
    let rows = try Reading.rows(later)
    #expect(rows.cell("D4")?.content == .empty)
    #expect(rows.texts()[0].count == 5)
    let entry = try #require(marked.entry("xl/worksheets/sheet1.xml"))
    let before = String(decoding: try marked.content(entry), as: UTF8.self)
    let archive = try ZipArchive(later)
    let after = String(
      decoding: try archive.content(try #require(archive.entry(entry.name))), as: UTF8.self)
    #expect(!before.contains("<c r=\"B2\" s=\"2\">"))
    #expect(after.contains("<c r=\"B2\" s=\"2\"><v>60</v></c>"))
  }

  @Test("what needs no change keeps its bytes")
  func untouched() throws {
    let before = try ZipArchive(ReturnedSheetTests.plain.bytes)
    let after = try ZipArchive(
      try ReturnedSheetTests.write(ReturnedSheetTests.plain.bytes, ReturnedSheetTests.rows()))
    #expect(before.entries.map(\.name) == after.entries.map(\.name))
    for entry in before.entries
    where !["xl/worksheets/sheet1.xml", "xl/styles.xml"].contains(entry.name) {
      let same = try #require(after.entry(entry.name))
      #expect(try before.compressed(entry) == after.compressed(same))
    }
    let nothing = try ReturnedSheet.write(
      original: ReturnedSheetTests.plain.bytes, name: "a.xlsx", tables: [],
      labels: ReturnedSheetTests.labels, corpus: EncodingTests.corpus)
    #expect(nothing == ReturnedSheetTests.plain.bytes)
  }

  @Test("columns of an earlier return in another language are used again")
  func otherLanguage() throws {
    let once = try ReturnedSheetTests.write(
      ReturnedSheetTests.plain.bytes, ReturnedSheetTests.rows())
    let labels = ReturnedLabels(
      action: "處理結果", problems: "需補正事項", systemID: "系統編號",
      known: [["处理结果"], ["需补正事项"], ["系统编号"]])
    let rows = try Reading.rows(
      try ReturnedSheetTests.write(once, ReturnedSheetTests.rows(), labels: labels))
    #expect(rows.texts()[0] == ["名称", "预算", "處理結果", "需補正事項", "系統編號"])
  }

  @Test(
    "text files keep their encoding, separator and bytes",
    arguments: [
      (TextEncoding.utf8, ",", "\r\n"), (.gb18030, ";", "\n"), (.big5, ",", "\r\n"),
      (.utf16LittleEndian, "\t", "\r\n"),
    ])
  func text(encoding: TextEncoding, separator: String, line: String) throws {
    let text =
      [
        "編號\(separator)名稱", "1\(separator)\"碳化\(separator)\"\"矽\"\"\(line)晶圓\"", "2",
        "3\(separator)無人機試飛需求",
      ]
      .joined(separator: line) + line
    let original = encoding.mark + TextEncoder(encoding).encode(text).bytes
    let once = try ReturnedSheetTests.write(
      original, ReturnedSheetTests.rows("缺\(separator)标题"), name: "list.csv", sheet: nil)
    let twice = try ReturnedSheetTests.write(
      once, ReturnedSheetTests.rows("缺\(separator)标题"), name: "list.csv", sheet: nil)
    #expect(once == twice)
    let (rows, reading) = try DelimitedTests.read(once, encoding: encoding)
    #expect(rows.texts()[0] == ["編號", "名稱", "处理结果", "需补正事项", "系统编号"])
    #expect(rows.texts()[1] == ["1", "碳化\(separator)\"矽\"\(line)晶圓", "已收", "", "D-1"])
    #expect(rows.texts()[2] == ["2"])
    #expect(rows.texts()[3].prefix(4) == ["3", "無人機試飛需求", "退回", "缺\(separator)标题"])
    #expect(reading.separator == separator.utf8.first)
    if encoding == .big5 { #expect(String(decoding: once, as: UTF8.self).contains("&#32467;")) }
  }
}
