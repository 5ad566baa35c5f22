import MatcherTestSupport
import Testing

@testable import Matcher

// 1. folding by table gives what folding character by character gives, for any characters
// 2. phrases are found where a search of every phrase at every place finds them
@Suite("folding by table")
struct FoldingPropertyTests {
  /// Characters that folding treats in ways of their own, and any others.
  static func text(_ generator: inout SeededGenerator) -> String {
    let special: [UInt32] = [
      0x2103, 0x33A1, 0x339C, 0x338F, 0xB5, 0x3000, 0xA0, 0x200B, 0xFEFF, 0xAD, 0x2212, 0x2014,
      0x250B, 0x2502, 0x41, 0x5A, 0xFF21, 0xFF3A, 0xFF5E, 0xC0, 0x391, 0x410, 0x9AD4, 0x88E1,
      0x5F8C,
      0x4E7E, 0x96FB, 0x842C, 0x5104, 0x1F600, 0x20000, 0x2F800, 0x0D, 0x20,
    ]
    var out = String.UnicodeScalarView()
    for _ in 0..<generator.int(0...60) {
      let value: UInt32 =
        switch generator.int(0...4) {
        case 0: generator.pick(special)
        case 1: UInt32(generator.int(0x20...0x7E))
        case 2: UInt32(generator.int(0...0x10FFFF))
        default: UInt32(generator.int(0x4E00...0x9FFF))
        }
      if let scalar = Unicode.Scalar(value) { out.append(scalar) }
    }
    return String(out)
  }

  @Test(arguments: UInt64(0)..<40) func foldsAsOneByOne(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let text = Self.text(&generator)
      let folding = TestCorpus.shared.folding
      #expect(folding.fold(text) == folding.foldOneByOne(text), "\(text)")
      let compact = ListVocabulary.compact(folding.fold(text))
      var reference = String.UnicodeScalarView()
      for value in folding.fold(text) where value > 0x20 {
        if let scalar = Unicode.Scalar(value) { reference.append(scalar) }
      }
      #expect(Array(compact.utf8) == Array(String(reference).utf8), "\(text)")
    }
    let many = String(repeating: "25℃", count: 50)
    #expect(TestCorpus.shared.folding.fold(many) == TestCorpus.shared.folding.foldOneByOne(many))
  }

  @Test(arguments: UInt64(0)..<40) func findsPhrasesAnywhere(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let letters: [UInt32] = [0x4E00, 0x4E01, 0x9FFF, 0x61, 0x20, 0x20000]
    let phrases = (0..<generator.int(1...12)).map { _ in
      (0..<generator.int(1...4)).map { _ in generator.pick(letters) }
    }
    let table = WordTable(phrases)
    for _ in 0..<100 {
      let text = (0..<generator.int(0...20)).map { _ in generator.pick(letters) }
      for place in text.indices {
        let longest = phrases.filter { text[place...].starts(with: $0) }.map(\.count).max() ?? 0
        #expect(table.length(in: text, at: place) == longest)
      }
      let isPart = text.indices.contains { table.length(in: text, at: $0) > 0 }
      #expect(table.isPart(of: text) == isPart)
    }
  }
}
