import Matcher
import Testing

@testable import TableFiles

// 1. forms with labels beside and above their values, over merged cells, inside a cell
// 2. tables of documents: spans, vertical merges, nested paragraphs, boxes, placeholders
// 3. exports of form services: numbered headings, joined choices, skipped answers
// 4. one list in the template's columns, with the source file on each row
@Suite("forms") struct FormTests {
  static func collect(_ files: [(String, [UInt8])]) throws -> (header: [String], rows: [[String]]) {
    var collector = FormCollector(corpus: EncodingTests.corpus, language: .simplified)
    for (name, bytes) in files {
      var tables = GatheredTables()
      _ = try Reading.open(bytes, name: name).read(paragraphs: true, into: &tables)
      collector.add(tables, file: name)
    }
    return collector.table
  }

  static func value(
    _ heading: String, _ table: (header: [String], rows: [[String]]), row: Int = 0
  ) -> String? {
    table.header.firstIndex { $0.hasPrefix(heading) }.map { table.rows[row][$0] }
  }

  static func sheet(_ rows: [[String]], merges: [String] = []) -> [UInt8] {
    let xml = rows.enumerated().map { row, cells in
      let items = cells.enumerated().filter { !$1.isEmpty }.map { column, text in
        "<c r=\"\(CellReference(column: column, row: row + 1).text)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
      }
      return "<row r=\"\(row + 1)\">\(items.joined())</row>"
    }
    let areas = merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
    return SampleWorkbook(rows: xml.joined(), after: "<mergeCells>\(areas)</mergeCells>").bytes
  }

  @Test("labels beside their values, over merged cells, in one cell")
  func beside() throws {
    let table = try FormTests.collect([
      (
        "甲.xlsx",
        FormTests.sheet(
          [
            ["中试需求征集表"], ["企业名称", "示例甲有限公司"], ["所属行业", "新材料", "联系人：", "示例"],
            ["需求信息", "需求名称", "陶瓷烧结"], ["", "预算（元）", "600000", "期望完成时间：2027年6月"],
            ["", "需求类型", "☑中试 □检测 ☑验证"], ["是否接受异地", "是□ 否☑", "员工人数", "56"], ["填表说明：请如实填写"],
          ], merges: ["A1:D1", "B2:D2", "A4:A6", "C4:D4"])
      )
    ])
    #expect(table.rows.count == 1)
    #expect(FormTests.value("企业名称", table) == "示例甲有限公司")
    #expect(FormTests.value("所属领域", table) == "新材料")
    #expect(FormTests.value("联系人", table) == "示例")
    #expect(FormTests.value("需求名称", table) == "陶瓷烧结")
    #expect(FormTests.value("预算", table) == "600000元")
    #expect(FormTests.value("期望完成时间", table) == "2027年6月")
    #expect(FormTests.value("需求类型", table) == "中试；验证")
    #expect(FormTests.value("是否接受异地", table) == "否")
    #expect(FormTests.value("员工人数", table) == "56")
    #expect(FormTests.value("来源文件", table) == "甲.xlsx")
  }

  @Test("labels above their values")
  func above() throws {
    let table = try FormTests.collect([
      (
        "乙.xlsx",
        FormTests.sheet([
          ["企業名稱", "項目名稱", "預算(萬元)"], ["示例乙有限公司", "氮化鎵試產", "120"], ["需求說明"],
          ["8吋矽基氮化鎵試產25片"], ["聯絡人", "完成日期"], ["示例", "2027-03-31"],
        ])
      )
    ])
    #expect(FormTests.value("企业名称", table) == "示例乙有限公司")
    #expect(FormTests.value("需求名称", table) == "氮化鎵試產")
    #expect(FormTests.value("需求描述", table) == "8吋矽基氮化鎵試產25片")
    #expect(FormTests.value("期望完成时间", table) == "2027-03-31")
    #expect(FormTests.value("预算", table) == "120")
  }

  static func document(_ body: String) -> [UInt8] {
    var zip = ZipWriter()
    zip.add(
      "word/document.xml",
      "<w:document xmlns:w=\"x\"><w:body>\(body)</w:body></w:document>")
    return zip.finish()
  }

  static func cell(_ content: String, _ properties: String = "") -> String {
    "<w:tc><w:tcPr>\(properties)</w:tcPr><w:p><w:r><w:t>\(content)</w:t></w:r></w:p></w:tc>"
  }

  @Test("tables of a document")
  func documents() throws {
    let rows = [
      FormTests.cell("企业名称") + FormTests.cell("示例丙有限公司", "<w:gridSpan w:val=\"3\"/>"),
      FormTests.cell("联系人") + FormTests.cell("示例") + FormTests.cell("联系电话")
        + "<w:tc><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>单击输入</w:t></w:r></w:p></w:sdtContent></w:sdt></w:tc>",
      FormTests.cell("需求描述", "<w:vMerge w:val=\"restart\"/>")
        + "<w:tc><w:p><w:r><w:t>抗风</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t>测试</w:t></w:r></w:p><w:p><w:r><w:t>7级</w:t></w:r></w:p></w:tc>",
      FormTests.cell("", "<w:vMerge/>") + FormTests.cell("持续10分钟"),
      FormTests.cell("需求名称")
        + "<w:tc><w:p><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:r><w:t>试飞</w:t></w:r><w:sym w:char=\"F0A8\"/><w:r><w:t>检测</w:t></w:r></w:p></w:tc>",
    ]
    let body =
      "<w:p><w:r><w:t>填表日期：2026年11月20日</w:t></w:r></w:p><w:tbl>"
      + rows.map { "<w:tr>\($0)</w:tr>" }.joined() + "</w:tbl>"
    let table = try FormTests.collect([("丙.docx", FormTests.document(body))])
    #expect(table.rows.count == 1)
    #expect(FormTests.value("企业名称", table) == "示例丙有限公司")
    #expect(FormTests.value("联系电话", table) == "")
    #expect(FormTests.value("需求描述", table) == "抗风测试\n7级\n持续10分钟")
    #expect(FormTests.value("需求名称", table) == "试飞")
    #expect(FormTests.value("填表日期", table) == "2026年11月20日")
  }

  @Test("an export of a form service gives a row an answer")
  func exports() throws {
    let text = """
      序号,提交答卷时间,1、企业名称,2、需求名称,"3.需求类型【多选】",4、需求描述,5、预算（万元）
      1,2026/11/19,示例丁有限公司,电芯安全,检测┋验证,软包电芯安全测试,3
      2,2026/11/19,示例戊有限公司,机器人可靠性,(跳过),协作臂性能测试,(空)
      """
    let table = try FormTests.collect([
      ("问卷.csv", TextEncoder(.gb18030).encode(text).bytes),
      ("甲.xlsx", FormTests.sheet([["企业名称", "示例己有限公司"], ["需求名称", "试飞"], ["需求类型", "□中试 ☑试飞"]])),
    ])
    #expect(table.rows.map { $0.last ?? "" } == ["问卷.csv", "问卷.csv", "甲.xlsx"])
    #expect(table.rows.map { $0[0] } == ["1", "2", "3"])
    #expect(FormTests.value("需求类型", table) == "检测；验证")
    #expect(FormTests.value("需求类型", table, row: 1) == "")
    #expect(FormTests.value("需求类型", table, row: 2) == "试飞")
    #expect(FormTests.value("预算", table, row: 1) == "")
  }

  @Test("a file without a form is told")
  func nothing() {
    var collector = FormCollector(corpus: EncodingTests.corpus, language: .english)
    #expect(collector.add(GatheredTables(), file: "x.xlsx") == 0)
    #expect(collector.issues.map(\.file) == ["x.xlsx"])
  }
}
