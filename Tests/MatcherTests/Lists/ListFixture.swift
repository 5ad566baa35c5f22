import MatcherTestSupport

@testable import Matcher

/// Reads lists that a test writes down row by row.
enum ListFixture {
  static let asOf = CivilDate(dayNumber: 20_779)

  static func read(
    _ rows: [[String]], sheet: String? = nil, file: String = "list.csv",
    profile: ListProfile = ListProfile()
  ) -> [ListRow] {
    read(
      [(file, sheet, rows.enumerated().map { row($0.offset + 1, $0.element) })], profile: profile)
  }

  static func row(_ number: Int, _ texts: [String]) -> SheetRow {
    SheetRow(number: number, cells: texts.map { Cell($0.isEmpty ? .empty : .text($0)) })
  }

  static func read(
    _ sheets: [(file: String, sheet: String?, rows: [SheetRow])],
    profile: ListProfile = ListProfile()
  ) -> [ListRow] {
    final class Kept {
      var rows: [ListRow] = []
    }
    let kept = Kept()
    var options = ListReader.Options(asOf: asOf)
    options.profile = profile
    var reader = ListReader(corpus: TestCorpus.shared, options: options) { kept.rows.append($0) }
    for (file, sheet, rows) in sheets {
      reader.begin(SheetInfo(file: file, sheet: sheet))
      for row in rows { reader.row(row) }
      reader.end()
    }
    return kept.rows
  }

  /// One demand row with the usual columns and those given.
  static func demand(_ cells: [String: String]) -> ListRow? {
    let names = ["需求名称", "需求描述"] + cells.keys.filter { $0 != "需求名称" && $0 != "需求描述" }.sorted()
    let usual = ["需求名称": "碳化硅器件中试", "需求描述": "6英寸碳化硅，25片，线宽0.5μm"]
    let row = names.map { cells[$0] ?? usual[$0] ?? "" }
    return read([names, row]).last
  }
}
