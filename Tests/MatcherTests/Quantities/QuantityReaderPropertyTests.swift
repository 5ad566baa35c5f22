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
}
