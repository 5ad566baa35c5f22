import Matcher

/// Random rows and mutated cells into the reader of lists: no trap, and a good row behind them is read.
///
/// Full scale: 1,000,000 lists of up to a dozen rows. A trap ends the process, so that the result line
/// is missing.
struct ListSoak {
  private let options: BenchOptions
  private let corpus: Corpus
  private let pool: [String]

  init(_ options: BenchOptions) {
    self.options = options
    corpus = Corpus(.folder(options.corpus))
    var pool: [String] = []
    for table in ["headings", "markers", "visibility", "words", "money", "names"] {
      let bytes = Workload.bytes("\(options.corpus)/lists/\(table).tsv")
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        pool += line.split(separator: "\t").flatMap { $0.split(separator: ";") }.map(String.init)
      }
    }
    pool += [
      "2027年3月31日", "2027-13-45", "31/3/2027", "民國116年13月", "二〇二七年三月", "Q1 2027", "明年三月底",
      "=1/0", "=((((", "约-5万", "HK$1.2M", "5-3亿", "1e400", "99999999999999999999", "9.14E+17",
      "联系人：张三 13800138000", "a@b.c", "11010519491231002X", "\u{FFFD}\u{FFFD}", "", " ", "\u{3000}",
      "200度", "2000℃", "1.8万/片", "机密★", "同上", "广东省深圳市南山区", "白云区",
    ]
    self.pool = pool
  }

  func run() -> String {
    let count = max(1, Int(1_000_000 * options.scale))
    var generator = SeededGenerator(seed: options.seed)
    var rows = 0
    var taken = 0
    final class Seen {
      var last: ListRow?
      var rows = 0
      var taken = 0
    }
    for _ in 0..<count {
      let seen = Seen()
      var reader = ListReader(
        corpus: corpus, options: .init(asOf: CivilDate(dayNumber: 20_779))
      ) { row in
        seen.last = row
        seen.rows += 1
        if row.record != nil { seen.taken += 1 }
      }
      feed(&reader, &generator)
      rows += seen.rows
      taken += seen.taken
      precondition(seen.last?.number == 99, "the last row was lost")
    }
    return "soak lists: \(count) lists, seed \(options.seed), \(rows) rows, \(taken) taken, no trap"
  }

  private func feed(_ reader: inout ListReader, _ generator: inout SeededGenerator) {
    var info = SheetInfo(file: "soak.xlsx", sheet: Bool.random(using: &generator) ? "表" : nil)
    info.isHidden = Int.random(in: 0..<10, using: &generator) == 0
    reader.begin(info)
    let width = Int.random(in: 1...9, using: &generator)
    for number in 1...Int.random(in: 1...12, using: &generator) {
      var cells = (0..<width).map { _ in cell(number, &generator) }
      if Int.random(in: 0..<8, using: &generator) == 0 { cells.removeLast() }
      var row = SheetRow(number: number, cells: cells)
      row.isHidden = Int.random(in: 0..<12, using: &generator) == 0
      reader.row(row)
    }
    let good = ["99", "碳化硅器件中试", "6英寸碳化硅，25片", "集成电路"]
    reader.row(SheetRow(number: 99, cells: good.map { Cell(.text($0)) }))
    reader.end()
  }

  private func cell(_ row: Int, _ generator: inout SeededGenerator) -> Cell {
    var cell: Cell
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: cell = Cell(.empty)
    case 1: cell = Cell(.number(Double.random(in: -1e6...1e6, using: &generator), "1"))
    case 2:
      cell = Cell(
        .number([.nan, .infinity, -0, 1e308, 46_477].randomElement(using: &generator) ?? 0, "x"))
    case 3: cell = Cell(.date(CivilDate(dayNumber: Int.random(in: 0...40_000, using: &generator))))
    case 4: cell = Cell(.error("#REF!"))
    case 5: cell = Cell(.formula(text(&generator)))
    default: cell = Cell(.text(text(&generator)))
    }
    if Int.random(in: 0..<15, using: &generator) == 0 {
      cell.mergedFrom = Int.random(in: 1...row, using: &generator)
    }
    return cell
  }

  /// Words of the tables, whole, joined or cut at any place.
  private func text(_ generator: inout SeededGenerator) -> String {
    var scalars: [Unicode.Scalar] = []
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      scalars += Array((pool.randomElement(using: &generator) ?? "").unicodeScalars)
    }
    if Bool.random(using: &generator), !scalars.isEmpty {
      let place = Int.random(in: 0..<scalars.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: scalars.remove(at: place)
      case 1: scalars.removeSubrange(place...)
      default:
        scalars[place] = Unicode.Scalar(UInt32.random(in: 1...0x2FFF, using: &generator)) ?? " "
      }
    }
    var out = String.UnicodeScalarView()
    out.append(contentsOf: scalars)
    return String(out)
  }
}
