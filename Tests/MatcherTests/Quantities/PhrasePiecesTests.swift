import MatcherTestSupport
import Testing

@testable import Matcher

// Proves, of a text in pieces:
// 1. What the pieces cannot state, no reading of them has.
// 2. A unit's measure, put together while it is read, is that of its spelling.
// 3. A date begins only where its digits are said to let it.
@Suite("Quantities: pieces of a text")
struct PhrasePiecesTests {
  static let reader = QuantityReader(corpus: TestCorpus.shared)
  static let asOf = CivilDate(dayNumber: 20_778)

  private static let parts = [
    "12片", "每月3元", "5台", "3个月", "(25)℃", "2×50方", "8 x H100", "(24) pcs", "10 mo", "60万元/月",
    "3.5元/片",
    "kW·h/m2", "4.2 kg/(m·K)", "12 W/m2", "5 mg/L/h", "2MW/10min", "7块", "3节", "1C", "10倍",
    "2027年3月", "3/4/2027",
    "31st March 2027", "5 mm", "1Q27", "15日前", "3-5", "，", "。", " ", "、", "至", "≥", "万", "12/15",
    "20 kg/批",
    "m/s2", "9 kgf/cm2", "0.5 N·m/mm", "3 A·h/d",
  ]

  private static func text(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...5, using: &generator)).map { _ in
      parts.randomElement(using: &generator) ?? ""
    }.joined()
  }

  @Test("what the pieces cannot state is not read", arguments: UInt64(0)..<60)
  func signs(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let text = Self.text(&generator)
      let pieces = Self.reader.pieces(utf8: Array(text.utf8), asOf: Self.asOf)
      let mayCount = pieces.mayStateCounts(Self.reader.lexicon)
      let mayDays = pieces.mayStateDays
      for quantity in Self.reader.read(pieces, asOf: Self.asOf, language: nil).quantities {
        if case .days = quantity.value { #expect(mayDays, "'\(text)'") }
        let isCount = quantity.unit.hasPrefix("{") && !quantity.unit.contains("/")
        if isCount || quantity.unit == "mo" { #expect(mayCount, "'\(text)'") }
      }
    }
  }

  private static let beyond = [
    "3.5 mm", "800 kg", "0.01 mm", "ISO 10993", "GB/T 13646", "12片", "500℃", "-300℃", "1000 kPa",
    "20000℃", "0.5 m3", "2E16 cm-3", "±5%", "(25)", "900 GWh", "150%", "0 K", "400 km", "8000 m",
    "nm",
    "kPa", "10^12 Pa", "3W", "预算", "60w", "约", "每小时", "每秒", "每天", "3小时", "2 h", "30 min", "半",
    "多", "万", "亿", "×", "~", "-", "至", "，", "、", "。", " ", "≥", "≤", "以内", "以上", "一", "三十几",
    "+", "常温", "US$", "度", "within 5 % of", "/", "m", "level", "不低于", "negative ", "minus ", "零下",
  ]

  @Test("what the pieces leave far from the limits is not read", arguments: UInt64(0)..<100)
  func limits(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let known = TestCorpus.shared.lists.limits
    let limits = NumberLimits(known)
    for _ in 0..<100 {
      let text = (0..<generator.int(1...7)).map { _ in generator.pick(Self.beyond) }.joined()
      let pieces = Self.reader.pieces(utf8: Array(text.utf8), asOf: Self.asOf)
      if pieces.mayPass(limits, Self.reader.lexicon) { continue }
      for quantity in Self.reader.read(pieces, asOf: Self.asOf, language: nil).quantities {
        guard let limit = known[quantity.unit] else { continue }
        var values: [Double] = []
        if case .interval(let own) = quantity.value {
          values = [own.low, own.high].compactMap(\.self)
        }
        if case .set(let own) = quantity.value { values = own }
        #expect(values.allSatisfy { limit.range.contains($0 * limit.factor) }, "'\(text)'")
      }
    }
  }

  @Test("the measure of a unit is that of its spelling", arguments: UInt64(0)..<60)
  func measures(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let text = Self.text(&generator)
      let pieces = Self.reader.pieces(utf8: Array(text.utf8), asOf: Self.asOf)
      for unit in pieces.numbers.compactMap(\.unit) where !unit.ucum.isEmpty {
        let spelled = Self.reader.lexicon.algebra.measure(unit.ucum)
        #expect(spelled == unit.measure, "'\(text)': \(unit.ucum)")
      }
    }
  }

  @Test("digits that are said to begin no date begin none", arguments: UInt64(0)..<60)
  func days(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let lexicon = Self.reader.lexicon
    for _ in 0..<40 {
      let text = Self.text(&generator)
      let phrase = lexicon.folding.fold(utf8: Array(text.utf8))
      let units = UnitScanner(lexicon: lexicon, phrase: phrase)
      let numbers = NumberScanner(lexicon: lexicon, phrase: phrase, units: units)
      let dates = DateScanner(
        lexicon: lexicon, phrase: phrase, asOf: Self.asOf, numbers: numbers)
      for place in 0..<phrase.count where !dates.mayBegin(at: place) {
        #expect(dates.date(at: place) == nil, "'\(text)' at \(place)")
      }
    }
  }
}
