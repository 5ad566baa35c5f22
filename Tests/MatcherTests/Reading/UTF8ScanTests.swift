import MatcherTestSupport
import Testing

@testable import Matcher

// 1. bytes are UTF-8 exactly when a text can be made of them
// 2. of a text that breaks off the whole characters are counted
@Suite("UTF-8 scan")
struct UTF8ScanTests {
  private func count(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { UTF8Scan.wholeCount($0) }
  }

  @Test(arguments: UInt64(0)..<40) func tellsText(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      var bytes = Array(FoldingPropertyTests.text(&generator).utf8)
      if generator.chance(70), !bytes.isEmpty {
        bytes[generator.int(0...bytes.count - 1)] = UInt8(generator.int(0...255))
      }
      let isText = String(validating: bytes, as: UTF8.self) != nil
      #expect(bytes.withUnsafeBufferPointer { UTF8Scan.isWhole($0) } == isText, "\(bytes)")
    }
  }

  @Test(arguments: UInt64(0)..<20) func countsWholeCharacters(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let text = FoldingPropertyTests.text(&generator)
      let bytes = Array(text.utf8)
      let cut = generator.int(0...bytes.count)
      var whole = 0
      for scalar in text.unicodeScalars {
        let length = UTF8.width(scalar)
        if whole + length > cut { break }
        whole += length
      }
      #expect(count(Array(bytes[..<cut])) == whole)
    }
  }

  @Test func refusesWhatLooksLikeIt() {
    let bad: [[UInt8]] = [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80], [0xE4, 0xB8, 0x41],
      [0xE4, 0x41], [0xFF],
    ]
    for bytes in bad { #expect(count(bytes) == nil, "\(bytes)") }
  }
}
