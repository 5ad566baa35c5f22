import MatcherTestSupport
import Testing

@testable import Matcher

// Proves, of finding phrases and bytes:
// 1. Phrases are found from left to right, the longest at each place, as by trying all of them.
// 2. The first of two bytes is found wherever it stands.
@Suite("Finding phrases and bytes")
struct PhraseFinderTests {
  private static func random(_ length: ClosedRange<Int>, _ generator: inout SeededGenerator)
    -> [UInt32]
  {
    let signs: [UInt32] = [0x4E00, 0x4E8C, 0x4E09, 0x61, 0x62, 0x20, 0x31, 0x2_0000]
    return (0..<Int.random(in: length, using: &generator)).map { _ in
      signs.randomElement(using: &generator) ?? 0x61
    }
  }

  private static func isLatin(_ value: UInt32) -> Bool {
    value == 0x61 || value == 0x62 || value == 0x31
  }

  private static func longest(_ phrases: [[UInt32]], in text: [UInt32], at place: Int) -> Int? {
    var best: Int?
    for (number, phrase) in phrases.enumerated() where !phrase.isEmpty {
      let end = place + phrase.count
      guard end <= text.count, Array(text[place..<end]) == phrase else { continue }
      if place > 0, isLatin(text[place]), isLatin(text[place - 1]) { continue }
      if end < text.count, isLatin(text[end - 1]), isLatin(text[end]) { continue }
      if best.map({ phrases[$0].count < phrase.count }) ?? true { best = number }
    }
    return best
  }

  @Test("as by trying all phrases", arguments: UInt64(0)..<200)
  func phrases(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var finder = PhraseFinder()
    let count = Int.random(in: 0...60, using: &generator)
    let phrases = (0..<count).map { _ in Self.random(0...4, &generator) }
    for phrase in phrases { _ = finder.add(phrase) }
    for _ in 0..<10 {
      let text = Self.random(0...30, &generator)
      var expected: [[Int]] = []
      var place = 0
      while place < text.count {
        if let number = Self.longest(phrases, in: text, at: place) {
          expected.append([number, place])
          place += phrases[number].count
        } else {
          place += 1
        }
      }
      var found: [[Int]] = []
      finder.scan(text, wanted: { _ in true }) { found.append([$0, $1.lowerBound]) }
      #expect(found == expected)
      #expect(finder.isIn(text) == !expected.isEmpty)
    }
  }

  @Test("the first of two bytes", arguments: UInt64(0)..<50)
  func bytes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator) & 0x83
      }
      let start = Int.random(in: 0...bytes.count, using: &generator)
      let found = bytes.withUnsafeBufferPointer {
        ByteSearch.first(1, or: 0x80, in: $0, from: start)
      }
      #expect(found == bytes[start...].firstIndex { $0 == 1 || $0 == 0x80 } ?? bytes.count)
    }
  }
}
