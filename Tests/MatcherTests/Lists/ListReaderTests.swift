import MatcherTestSupport
import Testing

@testable import Matcher

// Proves, of reading lists:
// 1. Headings are found below titles and notes, over one row or two, in three scripts; a profile
//    overrides them.
// 2. Structure (titles, sections, totals, feet, repeated headings) is skipped, and what asks something
//    is not.
// 3. Plain rows are accepted without a code; each thing assumed has its code.
// 4. Duplicates, twins and changed rows are told apart; a reordered list keeps its ids.
// 5. State secrets leave no trace; the strictest visibility wins.
@Suite("park lists")
struct ListReaderTests {
  @Test("headings stand anywhere, in three scripts")
  func headings() {
    let headings = [
      ["序号", "需求名称*", "需求描述*", "所属领域", "拟投入资金（万元）", "期望完成时间"],
      ["編號", "項目名稱", "需求說明", "範疇", "預算（萬元）", "完成日期"],
      ["No.", "Project title", "Description", "Sector", "Budget (RMB 10,000)", "Deadline"],
      ["1、序号", "2、技术需求\n名称", "3、需求\n描述", "4、行业领域", "5、预算/万元", "6、完成时限"],
    ]
    for names in headings {
      let row = ["1", "碳化硅器件中试", "6英寸，25片", "集成电路", "60", "2027-03-31"]
      let read = ListFixture.read([["某园区需求汇总表"], ["说明：请如实填写"], [], names, row])
      #expect(read.map(\.action) == [.skip, .skip, .skip, .skip, .accept], "\(names)")
      let fields = read.last?.fields
      #expect(fields?["budget_wan_cny"]?.number == 60, "\(names)")
      #expect(fields?["due"]?.string == "2027-03-31", "\(names)")
      #expect(fields?["sector"]?.string == "integrated_circuits", "\(names)")
    }
  }

  @Test("group headings above tell which name is meant")
  func twoRows() {
    let read = ListFixture.read([
      ["序号", "企业信息", "", "需求信息", "", "备注"],
      ["", "名称", "所在地", "名称", "描述", ""],
      ["1", "示例有限公司", "深圳市", "碳化硅器件中试", "6英寸，25片", ""],
    ])
    #expect(read.map(\.codes) == [["header_row"], ["header_row"], []])
    #expect(read.last?.fields?["enterprise"]?.string == "示例有限公司")
    #expect(read.last?.fields?["title"]?.string == "碳化硅器件中试")
  }

  @Test("units in a row of their own below the headings are the columns' units")
  func unitRow() {
    let read = ListFixture.read([
      ["序号", "需求名称", "需求描述", "拟投入资金", "完成时间"],
      ["", "", "", "（万元）", "（年月）"],
      ["1", "碳化硅器件中试", "6英寸，25片", "60", "2027-03-31"],
    ])
    #expect(read.map(\.codes) == [["header_row"], ["header_row"], []])
    #expect(read.last?.fields?["budget_wan_cny"]?.number == 60)
    // A row of brackets beside other words is none.
    let other = ListFixture.read([
      ["序号", "需求名称", "需求描述", "拟投入资金（万元）"],
      ["1", "碳化硅器件中试", "（6英寸）", "（60）"],
    ])
    #expect(other.map(\.codes).first == ["header_row"])
    #expect(other.last?.codes != ["header_row"])
  }

  @Test("beside groups over several columns a group over one may have another name below it")
  func narrowGroups() {
    let read = ListFixture.read([
      ["編號", "公司資料", "", "需求", "", "經費", "時程", "備註"],
      ["", "公司名稱", "統一編號", "需求名稱", "需求說明", "預算（萬元）", "希望完成日", ""],
      ["A01", "示例光電股份有限公司", "", "巨量轉移試產", "面板14吋，每月200片", "300", "2027-06-30", ""],
    ])
    #expect(read.map(\.codes).prefix(2) == [["header_row"], ["header_row"]])
    #expect(read.last?.fields?["title"]?.string == "巨量轉移試產")
    #expect(read.last?.fields?["budget_wan_cny"]?.number == 300)
  }

  @Test("a profile says what a column holds; unknown columns are kept")
  func profile() throws {
    var issues: [RecordIssue] = []
    var profile = ListProfile()
    profile.map("想做什么", to: "title", file: "", issues: &issues)
    profile.map("预算", to: "-", file: "", issues: &issues)
    profile.map("x", to: "no field", file: "", issues: &issues)
    #expect(issues.count == 1)
    let rows = [["想做什么", "需求描述", "预算", "内部评分"], ["碳化硅器件中试", "6英寸，25片", "60", "A"]]
    let row = try #require(ListFixture.read(rows, profile: profile).last)
    #expect(row.fields?["title"]?.string == "碳化硅器件中试")
    #expect(row.fields?["budget_wan_cny"] == .null)
    let kept = row.record?["columns"]?.object
    #expect(kept?["内部评分"]?.string == "A" && kept?["预算"]?.string == "60")
    var again: [RecordIssue] = []
    let copy = ListProfile(profile.json, file: "", issues: &again)
    #expect(copy == profile && again.isEmpty)
  }

  @Test("structure is skipped by its kind")
  func structure() {
    let read = ListFixture.read([
      ["序号", "需求名称", "需求描述", "所属领域", "预算(万元)"],
      ["一、新材料", "", "", "", ""],
      ["例", "示例：某工艺", "请按此填写", "", ""],
      ["1", "陶瓷烧结", "2000℃，30公斤", "新材料", "5"],
      ["序号", "需求名称", "需求描述", "所属领域", "预算(万元)"],
      ["2", "", "", "", ""],
      ["小计", "", "", "", "5"],
      ["合计", "1项", "", "", "5"],
      ["注：金额含税", "", "", "", ""],
      ["填表人：某", "", "", "审核：某", ""],
    ])
    #expect(
      read.map { $0.codes.first ?? "" } == [
        "header_row", "section_row", "example_row", "", "repeated_header", "blank_row",
        "subtotal_row", "total_row", "note_row", "footer_row",
      ])
  }

  @Test(
    "words of structure inside a demand do not hide it",
    arguments: ["总计量仪表校准装置中试", "合计误差补偿芯片试产", "测试机台国产化验证", "注塑件小批试制", "示范线搬运机器人试产"])
  func demandsStay(title: String) {
    let row = ListFixture.demand(["需求名称": title])
    #expect(row?.action == .accept, "\(row?.codes ?? [])")
  }

  @Test("a sheet of instructions beside a list holds no demands")
  func otherSheet() {
    let list = [["需求名称", "需求描述"], ["陶瓷烧结", "2000℃，30公斤"]]
    let read = ListFixture.read([
      ("a.xlsx", "需求", list.enumerated().map { ListFixture.row($0.offset + 1, $0.element) }),
      ("a.xlsx", "填写说明", [ListFixture.row(1, ["本表用于收集需求"])]),
    ])
    #expect(read.last?.codes == ["other_sheet"])
  }

  @Test("a list without headings is returned, not guessed")
  func noHeadings() {
    let read = ListFixture.read([["1", "陶瓷烧结", "60"], ["2", "涂布", "30"]])
    #expect(read.map(\.action) == [.reject, .reject])
    #expect(Set(read.flatMap(\.codes)) == ["no_header"])
  }

  @Test("duplicates are returned, changed and near ones are asked, others stay")
  func twins() {
    let text = "丙酮体系特种树脂，需300L防爆釜，常压至0.3MPa，120℃，每批200kg，共5批，要求溶剂回收。"
    let names = ["序号", "需求名称", "需求描述", "企业名称", "预算(万元)"]
    let read = ListFixture.read([
      names,
      ["1", "树脂放大", text, "示例有限公司", "60"],
      ["2", "樹脂放大 ", text.replacing("，", with: ","), "示例有限责任公司", "60"],
      ["3", "树脂放大", text, "示例有限公司", "80"],
      ["4", "树脂的放大", text + "尽快。", "另一家有限公司", "60"],
      ["5", "涂布", "光学胶膜涂布，幅宽600mm，首批1000米", "示例有限公司", "60"],
    ])
    #expect(read[1].action == .accept)
    #expect(read[2].codes.contains("duplicate_row") && read[2].action == .reject)
    #expect(read[3].codes == ["changed_twin"])
    #expect(read[4].codes == ["near_twin"])
    #expect(read[5].action == .accept)
    #expect(read[4].findings.first?.values["got"] == "2")
  }

  @Test("ids stay when rows are reordered, and come back with a returned sheet")
  func ids() {
    let names = ["需求名称", "需求描述", "企业名称"]
    let rows = (1...5).map { ["树脂放大\($0)", "300L，\($0 * 7)批", "示例\($0)有限公司"] }
    func ids(_ rows: [[String]]) -> [String: String] {
      var out: [String: String] = [:]
      for row in ListFixture.read([names] + rows) where row.record != nil {
        out[row.title] = row.systemID
      }
      return out
    }
    #expect(ids(rows) == ids(rows.reversed()))
    #expect(Set(ids(rows).values).count == 5)
    let returned = ListFixture.read([names + ["系统编号"], rows[0] + ["L-ABCDEF0123"]])
    #expect(returned.last?.systemID == "L-ABCDEF0123")
  }

  @Test(
    "a state secret leaves no trace, a trade secret is no state secret",
    arguments: [
      "机密★1年", "绝密", "秘密级", "【机密】某项目",
    ])
  func stateSecrets(mark: String) throws {
    let row = try #require(ListFixture.demand(["备注": mark, "企业名称": "示例有限公司"]))
    #expect(row.action == .reject && row.codes == ["state_secret"])
    #expect(row.fields == nil && row.record == nil && row.title.isEmpty && row.enterprise == nil)
    let json = JSONWriter.line(ListText(TestCorpus.shared).json(row, .simplified))
    #expect(!json.contains("碳化硅") && !json.contains("示例有限公司") && !json.contains(mark))
    let plain = ListFixture.demand(["备注": "涉及商业秘密和企业机密"])
    #expect(plain?.action == .accept)
  }

  @Test("the strictest visibility wins")
  func visibility() {
    let column = "保密级别"
    for (cell, remark, tier) in [
      ("公开", "", "public"), ("限經理人", "", "brokers"), ("公开", "先签NDA", "named"),
      ("限技术经理人", "严格保密", "named"), ("", "Broker only", "brokers"), ("一般", "不涉密", "public"),
    ] {
      let row = ListFixture.demand([column: cell, "备注": remark])
      #expect(row?.record?["visibility"]?.string == tier, "\(cell) \(remark)")
      #expect((row?.action == .accept) == (tier == "public"), "\(cell) \(remark)")
    }
  }

  @Test("a firm that is not to be named is nowhere in the record")
  func hiddenFirm() {
    let row = ListFixture.demand(["企业名称": "示例半导体有限公司", "备注": "勿公开企业名"])
    let json = JSONWriter.line(.object(row?.record ?? JSONObject()))
    #expect(row?.action == .accept)
    #expect(!json.contains("示例半导体"))
  }

  @Test("two things that cannot be return the row, one is asked")
  func implausible() {
    let one = ListFixture.demand(["完成时间": "2027年13月"])
    #expect(one?.action == .acceptWithWarning && one?.fields?["due"] == .null)
    let two = ListFixture.demand(["完成时间": "2027年13月", "预算(万元)": "-50"])
    #expect(two?.action == .reject)
  }

  @Test(
    "withdrawn, test and placeholder rows are returned",
    arguments: [
      (["需求名称": "无人机试飞（已撤回）"], "withdrawn"), (["备注": "作废"], "withdrawn"),
      (["需求名称": "测试", "需求描述": "测试测试"], "test_row"),
      (["需求名称": "（空）", "需求描述": ""], "placeholder"),
      (["需求名称": "中试需求", "需求描述": "有个项目想中试，具体再沟通"], "not_actionable"),
    ])
  func returned(cells: [String: String], code: String) {
    let row = ListFixture.demand(cells)
    #expect(row?.action == .reject && row?.codes.contains(code) == true, "\(row?.codes ?? [])")
  }

  @Test("cells one or several columns off are noticed")
  func shifted() {
    let names = ["需求名称", "需求描述", "所属领域", "企业名称", "预算(万元)", "完成时间", "联系电话"]
    let good = ["树脂放大", "300L，5批", "新材料", "示例有限公司", "60", "2027-03-31", "0755-20000000"]
    let off = ["树脂放大", "300L，5批", "示例有限公司", "60", "2027-03-31", "0755-20000000", ""]
    let read = ListFixture.read([names, good, off])
    #expect(read[1].action == .accept)
    #expect(read[2].action == .reject && read[2].codes.contains("column_shift"), "\(read[2].codes)")
  }

  @Test("any row of any words is read without a trap, and each row has one answer")
  func anyRows() {
    var generator = SeededGenerator(seed: 11)
    let words = [
      "合计", "需求名称", "2027-03-31", "60万", "=1/0", "机密", "同上", "\u{FFFD}", "（", "13800138000", "",
      "示例", "一、新材料", "白云区", "9.14E+17", "需求描述", "約-5萬元/片至", "31/31/31", "民國年月",
    ]
    for _ in 0..<60 {
      let rows = (1...8).map { number in
        ListFixture.row(
          number, (0..<5).map { _ in words.randomElement(using: &generator) ?? "" })
      }
      let read = ListFixture.read([("a", nil, rows)])
      #expect(read.map(\.number) == Array(1...8))
    }
  }
}
