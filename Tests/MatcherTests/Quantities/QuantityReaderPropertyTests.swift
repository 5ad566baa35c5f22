import MatcherTestSupport
import Testing

@testable import Matcher

// Proves, of the quantity reader:
// 1. Full-width letters and digits read as half-width ones.
// 2. Traditional characters read as Simplified ones, where nothing depends on the place.
// 3. Sentences side by side give the quantities of each.
// 4. Spans are inside the text, in order, and do not overlap; one text has one reading.
// 5. A value in another unit of its kind is the same value.
// 6. Cells take the heading's unit once.
// 7. Every text of up to three signs is read without a trap, inside itself.
// 8. A bound reaches over a verb to its number; amounts in millions may be ranges.
// 9. The scripts counted without folding are those of the folded text; a text of even characters folds as one by one.
@Suite("Quantities: properties")
struct QuantityReaderPropertyTests {
  static let reader = QuantityReader(corpus: TestCorpus.shared)
  static let asOf = CivilDate(dayNumber: 20_778)

  /// Units, bounds and forms in all combinations that are plain in both scripts.
  static let phrases: [String] = {
    let bounds = ["", "≥", "不低于", "约", "不超过", "大于"]
    let values = ["5", "1,200", "0.35", "三十", "1.5万", "10-20", "2×10^3"]
    let units = ["kg", "mm", "小时", "℃", "MPa", "kW·h", "平方米", "m/s"]
    return bounds.flatMap { bound in
      values.flatMap { value in units.map { "设备\(bound)\(value)\($0)" } }
    }
  }()

  private func read(_ text: String) -> QuantityReading {
    Self.reader.read(text, asOf: Self.asOf, language: .simplified)
  }

  /// Without what depends on the bytes of the text.
  private func bare(_ reading: QuantityReading) -> [WrittenQuantity] {
    reading.quantities.map { quantity in
      var quantity = quantity
      quantity.span = 0..<0
      quantity.unitText = ""
      return quantity
    }
  }

  @Test("full-width text reads as half-width text", arguments: phrases)
  func widths(_ phrase: String) {
    var wide = String.UnicodeScalarView()
    for scalar in phrase.unicodeScalars {
      let isNarrow = (0x21...0x7E).contains(scalar.value)
      wide.append(isNarrow ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar)
    }
    #expect(bare(read(String(wide))) == bare(read(phrase)))
    #expect(!read(phrase).quantities.isEmpty)
  }

  @Test(
    "Traditional reads as Simplified",
    arguments: [
      ("不低于二十五万平方米", "不低於二十五萬平方米"), ("转速一千二百转每分钟", "轉速一千二百轉每分鐘"),
      ("厚度约三毫米以内", "厚度約三毫米以內"), ("年产两万吨", "年產兩萬噸"), ("压力大于两个大气压", "壓力大於兩個大氣壓"),
      ("周期三个月", "週期三個月"), ("两台设备", "兩臺設備"), ("明年下半年", "明年下半年"),
    ])
  func scripts(_ simplified: String, _ traditional: String) {
    #expect(bare(read(simplified)) == bare(read(traditional)))
    #expect(!read(simplified).quantities.isEmpty)
  }

  @Test("sentences side by side give the quantities of each", arguments: UInt64(0)..<200)
  func union(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let first = try #require(Self.phrases.randomElement(using: &generator))
    let second = try #require(Self.phrases.randomElement(using: &generator))
    let both = bare(read("\(first)。\(second)。"))
    #expect(both == bare(read(first)) + bare(read(second)), "\(first)。\(second)。")
  }

  @Test("spans are inside the text, in order and disjoint", arguments: UInt64(0)..<300)
  func spans(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = (0..<6).compactMap { _ in Self.phrases.randomElement(using: &generator) }
    var bytes = Array(pieces.joined(separator: "，").utf8)
    for _ in 0..<Int.random(in: 0...8, using: &generator) where !bytes.isEmpty {
      bytes.remove(at: Int.random(in: 0..<bytes.count, using: &generator))
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let reading = read(text)
    var end = 0
    for quantity in reading.quantities {
      #expect(quantity.span.lowerBound >= end)
      #expect(quantity.span.upperBound <= text.utf8.count)
      end = quantity.span.upperBound
    }
    #expect(read(text) == reading)
  }

  @Test(
    "the same amount in two units is the same amount",
    arguments: [
      ("5km", "5000米"), ("1.2MPa", "1200千帕"), ("3小时", "180分钟"), ("2公顷", "2万平方米"),
      ("1GWh", "100万度电"), ("0.5t", "一千斤"), ("25℃", "77°F"), ("10丝", "0.1毫米"),
      ("1kgf", "9.80665N"),
    ])
  func scaling(_ left: String, _ right: String) throws {
    let algebra = Self.reader.algebra
    let first = try #require(read(left).quantities.first)
    let second = try #require(read(right).quantities.first)
    guard case .interval(let one) = first.value, case .interval(let two) = second.value,
      let a = one.low, let b = two.low
    else {
      Issue.record("no numbers in \(left), \(right)")
      return
    }
    let converted = try #require(algebra.convert(b, from: second.unit, to: first.unit))
    #expect(abs(converted - a) <= 1e-9 * abs(a), "\(left) \(right)")
  }

  @Test(
    "a cell takes the heading's unit once",
    arguments: [
      ("43.2", "万元", 432_000.0, "CNY"), ("约60万", "万元", 600_000, "CNY"),
      ("60", "万元", 600_000, "CNY"), ("5000元", "万元", 5000, "CNY"), ("3", "MPa", 3, "MPa"),
      ("300kPa", "MPa", 300, "kPa"), ("20", "天", 20, "d"),
    ])
  func cells(_ cell: String, _ unit: String, _ value: Double, _ ucum: String) throws {
    let reading = Self.reader.read(cell: cell, unit: unit, asOf: Self.asOf)
    let quantity = try #require(reading.quantities.first)
    #expect(quantity.unit == ucum)
    guard case .interval(let interval) = quantity.value else {
      Issue.record("no interval")
      return
    }
    #expect(interval.low == value)
  }

  @Test("every short text of signs is read inside itself")
  func short() {
    let signs = "5.-~×/C℃%(±万半年至第N级".map { String($0) }
    for first in signs {
      for second in signs {
        for third in [""] + signs {
          let text = first + second + third
          for quantity in read(text).quantities {
            #expect(quantity.span.upperBound <= text.utf8.count, "\(text)")
          }
        }
      }
    }
  }

  @Test(
    "bounds and ends",
    arguments: [
      ("至少做20片", 20, nil), ("最多接50台", nil, 50), ("不超10元", nil, 10), ("单价不超5毛/个", nil, 0.5),
      ("EVM优于-32dB", nil, -32), ("US$2M–3M", 2e6, 3e6), ("HK$0.5M to 0.8M", 5e5, 8e5),
    ] as [(String, Double?, Double?)])
  func bounds(text: String, low: Double?, high: Double?) {
    let values = read(text).quantities.map(\.value)
    guard values.count == 1, case .interval(let interval) = values[0] else {
      Issue.record("\(text): \(values)")
      return
    }
    #expect(interval.low == low, "\(text)")
    #expect(interval.high == high, "\(text)")
  }

  @Test(
    "a text of even characters folds as character by character",
    arguments: [
      "8英寸SiC流片，要快", "８吋碳化矽流片 ABCxyz", "Âµm 与臺灣\u{200B}", "", "只有汉字", "😀 12 mm", "A\u{FEFF}B",
      "㎡與℃", "½ 与 10²",
    ])
  func evenFolding(text: String) {
    let folding = Self.reader.lexicon.folding
    let bytes = Array(text.utf8)
    let folded = folding.fold(utf8: bytes)
    let slow = folding.foldOneByOne(bytes)
    #expect(folded.count == slow.count)
    #expect(folded.exact == slow.exact)
    #expect(folded.lower == slow.lower)
    #expect(folded.offsets == slow.offsets)
    #expect(folded.ideographs == slow.ideographs)
    #expect(folded.traditional == slow.traditional)
    #expect(folded.simplified == slow.simplified)
  }

  @Test(
    "scripts counted without folding",
    arguments: [
      "8英寸SiC流片，要快", "８吋碳化矽流片，㎡與℃", "only letters 12 mm", "Âµm 与臺灣", "",
    ])
  func scripts(text: String) {
    let folding = Self.reader.lexicon.folding
    let folded = folding.fold(utf8: Array(text.utf8))
    let counted = folding.scripts(utf8: Array(text.utf8))
    #expect(counted.ideographs == folded.ideographs)
    #expect(counted.traditional == folded.traditional)
    #expect(counted.simplified == folded.simplified)
  }

  @Test(
    "blanks in a day, ranges over the turn of the year, the year behind the second month",
    arguments: [
      ("2027 年 3 月 5 日前", nil, "2027-03-05"), ("2027 年下半年", "2027-07-01", "2027-12-31"),
      ("12月20日至1月10日之间", "2026-12-20", "2027-01-10"), ("明年 3/15 前", nil, "2027-03-15"),
      ("Feb–Mar 2027", "2027-02-01", "2027-03-31"), ("2027年3月至2026年5月", "2027-03-01", "2027-03-31"),
    ] as [(String, String?, String?)])
  func days(text: String, from: String?, to: String?) {
    guard case .days(let first, let last)? = read(text).quantities.first?.value else {
      Issue.record("\(text): \(read(text).quantities)")
      return
    }
    #expect(first?.description == from, "\(text)")
    #expect(last?.description == to, "\(text)")
  }
}
