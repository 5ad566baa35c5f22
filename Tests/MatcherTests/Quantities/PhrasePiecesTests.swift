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
