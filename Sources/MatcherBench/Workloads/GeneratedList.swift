import Matcher

/// A park list as UTF-8 CSV: the sample demands with numbers and firms of their own, in the columns
/// that parks use. Made up, the same bytes for a seed. About one row in twenty has a mistake.
///
/// Not measured: merged cells, formulas and other things of workbooks.
struct GeneratedList {
  let bytes: [UInt8]
  let rows: Int

  init(rows: Int, seed: UInt64, samples: [Demand]) {
    var generator = SeededGenerator(seed: seed)
    var out: [UInt8] = []
    out.reserveCapacity(rows * 320)
    func line(_ cells: [String]) {
      for (index, cell) in cells.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        out.append(UInt8(ascii: "\""))
        out.append(contentsOf: cell.replacing("\"", with: "\"\"").utf8)
        out.append(UInt8(ascii: "\""))
      }
      out.append(contentsOf: [13, 10])
    }
    line(["示例园区中试需求汇总表（synthetic）"])
    line(["填报日期：2026年11月20日　单位：万元"])
    line(["序号", "需求名称", "需求描述", "所属领域", "企业名称", "预算(万元)", "完成时间", "联系人", "备注"])
    let sectors = ["集成电路", "低空经济", "机器人", "新材料", "生物医药", "人工智能", "新型储能", "半导体"]
    let days = ["2027年3月底", "2027-06-30", "2027年6月", "2027/4/15", "明年二季度", "2027年13月", "", "46477"]
    for row in 0..<rows {
      let sample = samples[Int.random(in: 0..<samples.count, using: &generator)]
      let number = Int.random(in: 10...9999, using: &generator)
      let isBad = Int.random(in: 0..<20, using: &generator) == 0
      line([
        String(row + 1), isBad ? "" : "\(sample.title) \(number)",
        "\(sample.text) 样品\(number)件，批次\(row % 977)。", sectors[row % 7 + (isBad ? 1 : 0)],
        "示例企业\(row % 4999)有限公司", isBad ? "面议" : String(number % 300),
        days[Int.random(in: 0..<days.count, using: &generator)], "联系人\(row % 97)",
        row % 50 == 0 ? "勿公开企业名" : "",
      ])
    }
    line(["合计", "", "", "", "", "", "", "", ""])
    bytes = out
    self.rows = rows
  }
}
