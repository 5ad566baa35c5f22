import Matcher

/// A park list as UTF-8 CSV in the columns that parks use. Made up, the same bytes for a seed.
///
/// A row's text is two to four clauses drawn from those of the sample demands, of the cases of texts
/// and of both catalogues, with digits of their own; its title is the beginning of one. About one row
/// in twenty has a mistake, one in fifty is an earlier row again and one in a hundred says it in other
/// words; one firm has 2.5 rows.
///
/// Not measured: merged cells, formulas and other things of workbooks.
struct GeneratedList {
  let bytes: [UInt8]
  let rows: Int

  init(rows: Int, seed: UInt64, clauses: [String]) {
    var maker = ListMaker(clauses: clauses, firms: max(1, rows * 2 / 5), seed: seed)
    maker.line(["示例园区中试需求汇总表（synthetic）"])
    maker.line(["填报日期：2026年11月20日　单位：万元"])
    maker.line(["序号", "需求名称", "需求描述", "所属领域", "企业名称", "预算(万元)", "完成时间", "联系人", "备注"])
    for row in 0..<rows { maker.row(row) }
    maker.line(["合计", "", "", "", "", "", "", "", ""])
    bytes = maker.out
    self.rows = rows
  }
}

/// Makes the rows one after another.
private struct ListMaker {
  let clauses: [[UInt8]]
  let firms: Int
  var out: [UInt8] = []
  private var generator: SeededGenerator
  /// The last rows' titles, texts and firms, for rows that come again.
  private var recent: [(title: String, text: String, firm: Int)] = []

  private static let sectors = ["集成电路", "低空经济", "机器人", "新材料", "生物医药", "人工智能", "新型储能"]
  private static let days = [
    "2027年3月底", "2027-06-30", "2027年6月", "2027/4/15", "明年二季度", "2027年第三季度", "", "46477",
  ]

  init(clauses: [String], firms: Int, seed: UInt64) {
    self.clauses = clauses.map { Array($0.utf8) }
    self.firms = firms
    generator = SeededGenerator(seed: seed)
  }

  mutating func line(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      out.append(UInt8(ascii: "\""))
      for byte in cell.utf8 {
        if byte == UInt8(ascii: "\"") { out.append(byte) }
        out.append(byte)
      }
      out.append(UInt8(ascii: "\""))
    }
    out.append(contentsOf: [13, 10])
  }

  mutating func row(_ row: Int) {
    var (title, text, firm) = fresh()
    let kind = random(200)
    if kind < 6, !recent.isEmpty {
      let old = recent[random(recent.count)]
      (title, firm) = (old.title, old.firm)
      text = kind < 4 ? old.text : old.text + "请专业机构承接。"
    }
    let isBad = random(20) == 0
    let day = isBad && row % 2 == 0 ? "2027年13月" : Self.days[random(Self.days.count)]
    line([
      String(row + 1), isBad ? "" : title, text, Self.sectors[random(Self.sectors.count)],
      "示例企业\(firm)有限公司", isBad ? "面议" : String(5 + random(300)), day,
      "联系人\(random(997))", row % 50 == 0 ? "勿公开企业名" : "",
    ])
    if recent.count < 500 { recent.append((title, text, firm)) }
  }

  private mutating func fresh() -> (title: String, text: String, firm: Int) {
    let parts = (0..<(2 + random(3))).map { _ in clause() }
    let title = String(parts[0].prefix { !"，,；;：:".contains($0) }.prefix(24))
    return (title, parts.joined(separator: "。") + "。", random(firms))
  }

  /// One of the clauses with other digits at the places of the old ones; a first digit stays one.
  private mutating func clause() -> String {
    var bytes = clauses[random(clauses.count)]
    var isFirst = true
    for index in bytes.indices {
      guard (0x30...0x39).contains(bytes[index]) else {
        isFirst = true
        continue
      }
      // Years, months and other numbers of which few exist stay as they are more often than not.
      if random(3) == 0, !isFirst { bytes[index] = UInt8(0x30 + random(10)) }
      isFirst = false
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func random(_ count: Int) -> Int {
    Int.random(in: 0..<max(1, count), using: &generator)
  }
}
