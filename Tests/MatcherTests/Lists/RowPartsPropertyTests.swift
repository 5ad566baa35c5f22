import MatcherTestSupport
import Testing

@testable import Matcher

// 1. sentences and their signs are those that a look at every character gives
// 2. what is left uncompared with a heading is no heading
// 3. kinds of units add, multiply and compare exponent by exponent
@Suite("parts of rows")
struct RowPartsPropertyTests {
  private static let telling = Array(
    "0123456789０９,，。！？\n万亿元年月日季旬%％^－Ee+-−:@ $￥半十百二0.5℃±~～锟Ã\u{FFFD}\u{1F600}片kWh/每单"
      .unicodeScalars)

  private func text(_ generator: inout SeededGenerator) -> String {
    var out = String.UnicodeScalarView()
    for _ in 0..<generator.int(0...50) {
      let any = Unicode.Scalar(UInt32(generator.int(0x4E00...0x9FFF))) ?? "一"
      out.append(generator.chance(60) ? generator.pick(Self.telling) : any)
    }
    return String(out)
  }

  /// Every character taken, none passed over.
  private func split(_ text: String) -> (
    spans: [Range<Int>], signs: [RowReadings.Signs], Bool, Bool
  ) {
    var (spans, signs): ([Range<Int>], [RowReadings.Signs]) = ([], [])
    var (scan, start, place, run) = (SentenceScan(), 0, 0, 0)
    var (isDamaged, isPrivate) = (false, false)
    for scalar in text.unicodeScalars {
      place += UTF8.width(scalar)
      let value = scalar.value < 0x10000 ? scalar.value : 0xFFFD
      isDamaged = isDamaged || TextDamage.isSign(value)
      isPrivate = PrivateData.isSign(value, &run) || isPrivate
      guard [0x0A, 0x3002, 0xFF01, 0xFF1F].contains(value) else {
        scan.take(value)
        continue
      }
      spans.append(start..<place)
      signs.append(scan.signs)
      (scan, start) = (SentenceScan(), place)
    }
    return (spans + [start..<place], signs + [scan.signs], isDamaged, isPrivate)
  }

  @Test(arguments: UInt64(0)..<40) func splitsAsCharacterByCharacter(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let text = text(&generator)
      var (spans, signs): ([Range<Int>], [RowReadings.Signs]) = ([], [])
      let found = SentenceSplit.split(Array(text.utf8)) { span, sign in
        spans.append(span)
        signs.append(sign)
      }
      let expected = split(text)
      #expect(spans == expected.spans && signs == expected.signs, "\(text)")
      #expect(found.mayBeDamaged == expected.2 && found.mayBePrivate == expected.3, "\(text)")
    }
  }

  @Test(arguments: UInt64(0)..<20) func comparesWhatMayBeHeading(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = [
      "联系人", "预算", "(万元)", "*", "※", "：", ":", " ", "\u{3000}", "\n", "é", "e\u{301}", "Name",
      "\u{85}",
      "\u{2028}", "＊", "1",
    ]
    for _ in 0..<2000 {
      let heading = ListColumns.plain((0..<3).map { _ in generator.pick(parts) }.joined())
      let text = (0..<generator.int(1...4)).map { _ in generator.pick(parts) }.joined()
      guard ListColumns.plain(text) == heading else { continue }
      #expect(ListColumns.mayBegin(text, with: heading), "\(text) \(heading)")
    }
  }

  @Test(arguments: UInt64(0)..<20) func addsKinds(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var algebra = UnitAlgebra()
    let names = (0..<32).map { "b\(Character(Unicode.Scalar(UInt8(65 + $0 % 26))))\($0 / 26)x" }
    let first = names.map { _ in generator.int(-60...60) }
    let second = names.map { _ in generator.int(-60...60) }
    func kind(_ powers: [Int]) -> UnitAlgebra.Dimension? {
      let parts = zip(names, powers).map { "\($0)\($1)" }
      return algebra.dimension(parts.joined(separator: "."))
    }
    guard let a = kind(first), let b = kind(second) else {
      Issue.record("32 bases are too many")
      return
    }
    #expect(a + b == kind(zip(first, second).map(+)))
    #expect(a * 2 == kind(first.map { $0 * 2 }) && a * 1 == a && (a * 0).isNone)
    #expect((a == b) == (first == second) && (a + a * -1).isNone)
  }
}
