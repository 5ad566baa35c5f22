import Matcher
import Testing

@testable import TableFiles

// 1. all kinds of cells: shared and inline text, rich text, numbers, flags, errors, formulas
// 2. dates by format, in both epochs, with the day that never was; months; clock times; percent; units
// 3. merged areas down and right, hidden rows, columns and sheets, notes, gaps
// 4. files of other programs: prefixes, absolute targets, no references, strict namespaces
@Suite("workbook reader") struct WorkbookReaderTests {
  @Test("each kind of cell")
  func kinds() throws {
    let strings =
      "<sst><si><t>甲</t></si><si><r><t>碳化</t></r><rPh sb=\"0\" eb=\"1\"><t>たん</t></rPh><r><t>硅</t></r></si></sst>"
    let row = """
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>\
      <c r="C1" t="inlineStr"><is><r><t>a&amp;</t></r><r><t xml:space="preserve"> _x000A_b</t></r></is></c>\
      <c r="D1"><v>60.000000000000007</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#N/A</v></c>\
      <c r="G1"><f>30*2</f></c><c r="H1"><f>30*2</f><v>60</v></c><c r="I1" t="str"><f>"x"</f><v>x</v></c>\
      <c r="J1" t="d"><v>2027-03-31T08:00:00</v></c><c r="K1"><v>9.1440300123456794E+17</v></c><c r="L1" t="s"><v>7</v></c>\
      <c r="M1"><f t="shared" si="0">1+1</f></c><c r="N1"><f t="shared" si="0"/></c></row>
      """
    let sample = SampleWorkbook([("清单", "", "<sheetData>\(row)</sheetData>")], strings: strings)
    var rows = Rows()
    let reading = try Reading.open(sample.bytes).read(into: &rows)
    let contents = rows.rows[0][0].cells.map(\.content)
    #expect(contents[0] == .text("甲"))
    #expect(contents[1] == .text("碳化硅"))
    #expect(contents[2] == .text("a& \nb"))
    #expect(contents[3] == .number(60.000000000000007, "60"))
    #expect(contents[4] == .flag(true))
    #expect(contents[5] == .error("#N/A"))
    #expect(contents[6] == .formula("30*2"))
    #expect(contents[7] == .number(60, "60"))
    #expect(contents[8] == .text("x"))
    #expect(contents[9] == .date(try #require(CivilDate(iso: "2027-03-31"))))
    #expect(contents[10] == .number(9.1440300123456794E+17, "914403001234567940"))
    #expect(contents[12] == .formula("1+1"))
    #expect(contents[13] == .formula("1+1"))
    #expect(rows.rows[0][0].cells.map(\.isComputed)[7...8] == [true, true])
    #expect(reading.issues.map(\.field) == ["清单!L1"])
  }

  @Test(
    "numbers as their format shows them",
    arguments: [
      (14, "", 46203.5, Cell.Content.date(CivilDate(dayNumber: 46203 - 25569))),
      (31, "", 46203, .date(CivilDate(dayNumber: 46203 - 25569))),
      (57, "", 46203, .text("2026-06")), (20, "", 0.354166666666667, .text("08:30")),
      (0, "yyyy\"年\"m\"月\"d\"日\";@", 46203, .date(CivilDate(dayNumber: 46203 - 25569))),
      (0, "yyyy\"年\"m\"月\"", 46203, .text("2026-06")),
      (0, "m\"月\"d\"日\"", 46203, .date(CivilDate(dayNumber: 46203 - 25569))),
      (0, "[$-804]aaaa", 46203, .date(CivilDate(dayNumber: 46203 - 25569))),
      (0, "h:mm", 0.5, .text("12:00")), (0, "[h]:mm", 30.5, .number(30.5, "30.5")),
      (10, "", 0.155, .number(0.155, "15.5%")), (0, "0.0\"万元\"", 60, .number(60, "60万元")),
      (0, "[$¥-804]#,##0.00", 1500, .number(1500, "¥1500")),
      (0, "0!.0,\"万\"", 60000, .number(60000, "60000")),
      (0, "[Red]0.00;\"负\"0.00", 3.5, .number(3.5, "3.5")),
      (0, "General\"天\"", 45, .number(45, "45天")),
      (0, "0.00E+00", 1234, .number(1234, "1234")), (0, "@", 5, .number(5, "5")),
      (14, "", 60, .number(60, "60")), (14, "", 1, .date(CivilDate(dayNumber: -25567))),
      (14, "", -3, .number(-3, "-3")), (14, "", 1e9, .number(1e9, "1000000000")),
    ] as [(Int, String, Double, Cell.Content)])
  func formats(id: Int, code: String, value: Double, content: Cell.Content) throws {
    let styles = SampleWorkbook.styles([code.isEmpty ? id : 164], codes: [code])
    let sample = SampleWorkbook(rows: "<row><c s=\"0\"><v>\(value)</v></c></row>", styles: styles)
    #expect(try Reading.rows(sample.bytes).rows[0][0].cells[0].content == content)
  }

  @Test("the epoch of 1904")
  func epoch() throws {
    let sample = SampleWorkbook(
      rows: "<row><c s=\"0\"><v>44741</v></c></row>", styles: SampleWorkbook.styles([14]),
      workbook: "<workbookPr date1904=\"1\"/>")
    let day = CivilDate(iso: "2026-06-30")
    #expect(try Reading.rows(sample.bytes).rows[0][0].cells[0].content == day.map { .date($0) })
  }

  @Test("covered cells repeat the first one and say from where")
  func merges() throws {
    let rows = """
      <row r="1"><c r="A1" t="inlineStr"><is><t>题</t></is></c></row>\
      <row r="2"><c r="A2" t="inlineStr"><is><t>领域</t></is></c><c r="C2"><v>1</v></c></row>\
      <row r="3"><c r="C3"><v>2</v></c></row>
      """
    let after =
      "<mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A2:B3\"/><mergeCell ref=\"bad\"/></mergeCells>"
    let found = try Reading.rows(SampleWorkbook(rows: rows, after: after).bytes)
    #expect(found.texts() == [["题", "题", "题"], ["领域", "领域", "1"], ["领域", "领域", "2"]])
    #expect(found.rows[0][0].cells.map(\.mergedFrom) == [nil, 1, 1])
    #expect(found.rows[0][1].cells.map(\.mergedFrom) == [nil, 2, nil])
    #expect(found.rows[0][2].cells.map(\.mergedFrom) == [2, 2, nil])
  }

  @Test("hidden things, gaps, notes and the file's day are told")
  func surroundings() throws {
    let first = """
      <sheetFormatPr/><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="2" hidden="1"><c r="B2"><v>1</v></c></row>\
      <row r="5" ht="0"><c r="A5"><v>1</v></c></row></sheetData>
      """
    var sample = SampleWorkbook([
      ("清单", "", first), ("藏", "veryHidden", "<sheetData/>"),
    ])
    sample.parts += [
      (
        "xl/worksheets/_rels/sheet1.xml.rels",
        "<Relationships><Relationship Id=\"c\" Type=\"x/comments\" Target=\"/xl/comments1.xml\"/></Relationships>"
      ),
      (
        "xl/comments1.xml",
        "<comments><commentList><comment ref=\"B2\"><text><r><t>先签</t></r><r><t>NDA</t></r></text></comment></commentList></comments>"
      ),
      (
        "docProps/core.xml",
        "<p><dcterms:created>2026-01-01T00:00:00Z</dcterms:created><dcterms:modified>2026-11-21T23:18:06Z</dcterms:modified></p>"
      ),
    ]
    let found = try Reading.rows(sample.bytes)
    #expect(found.infos.map(\.isHidden) == [false, true])
    #expect(found.infos[0].hiddenColumns == [1, 2])
    #expect(found.infos[0].dated?.description == "2026-11-22")
    #expect(found.rows[0].map(\.number) == [1, 2, 3, 4, 5])
    #expect(found.rows[0].map(\.isHidden) == [false, true, false, false, true])
    #expect(found.cell("B2")?.note == "先签NDA")
    #expect(found.ended == 2)
  }

  @Test("files of other programs: prefixes, absolute targets, no references")
  func otherPrograms() throws {
    var sample = SampleWorkbook(rows: "")
    sample.parts = [
      (
        "_rels/.rels",
        "<ns0:Relationships><ns0:Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"/XL/book.xml\"/></ns0:Relationships>"
      ),
      (
        "xl/book.xml",
        "<?xml version=\"1.0\"?><!-- x --><x:workbook><x:sheets><x:sheet name=\"S\" rel:id=\"q\"/></x:sheets></x:workbook>"
      ),
      (
        "xl/_rels/book.xml.rels",
        "<Relationships><Relationship Id=\"q\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet\" Target=\"/xl/w/s.xml\"/></Relationships>"
      ),
      (
        "xl/w/s.xml",
        "<x:worksheet><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c t='inlineStr'><x:is><x:t><![CDATA[a<b]]></x:t></x:is></x:c></x:row><x:row/><x:row><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>"
      ),
    ]
    #expect(try Reading.rows(sample.bytes).texts() == [["1", "a<b"], [], ["3"]])
  }
}
