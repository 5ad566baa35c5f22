import MatcherTestSupport
import Testing

@testable import Matcher

// 1. lines are numbered from 1, empty ones counted, the last one needs no line break
// 2. a line beyond the limit is counted with its size and dropped; its neighbours are whole
// 3. any division into chunks gives the same lines
@Suite("Line splitter")
struct LineSplitterTests {
  static func lines(_ bytes: [UInt8], chunks: [Int] = [Int.max], limit: Int = 100) -> [String] {
    var splitter = LineSplitter(limit: limit)
    var lines: [String] = []
    func take(_ line: LineSplitter.Line) {
      switch line {
      case .bytes(let bytes, let number):
        lines.append("\(number):" + String(decoding: bytes, as: UTF8.self))
      case .tooLong(let size, let number): lines.append("\(number)!\(size)")
      }
    }
    let source = Chunks.source(bytes, sizes: chunks)
    while let chunk = try? source() { splitter.feed(chunk, take) }
    splitter.finish(take)
    return lines
  }

  static let cases: [(String, [String])] = [
    ("", []), ("a", ["1:a"]), ("a\n", ["1:a"]), ("a\nb", ["1:a", "2:b"]), ("\n", ["1:"]),
    ("a\n\nb\n", ["1:a", "2:", "3:b"]), ("a\r\nb\r\n", ["1:a\r", "2:b\r"]),
    ("12345\n1234\n123456789", ["1!5", "2:1234", "3!9"]), ("1234", ["1:1234"]), ("12345", ["1!5"]),
  ]

  @Test("lines and their numbers", arguments: cases.indices)
  func splits(index: Int) {
    let (text, wanted) = LineSplitterTests.cases[index]
    #expect(LineSplitterTests.lines(Array(text.utf8), limit: 4) == wanted)
  }

  @Test("any division into chunks gives the same lines", arguments: UInt64(0)..<100)
  func chunking(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<80).map { _ in
      UInt8.random(in: 0...3, using: &generator) == 0 ? UInt8(0x0A) : 0x61
    }
    let whole = LineSplitterTests.lines(bytes, limit: 5)
    #expect(LineSplitterTests.lines(bytes, chunks: [1], limit: 5) == whole)
    let sizes = (0..<10).map { _ in Int.random(in: 1...12, using: &generator) }
    #expect(
      LineSplitterTests.lines(bytes, chunks: sizes, limit: 5) == whole, "seed \(seed) \(sizes)")
  }

  @Test("a long line in many chunks does not touch the next")
  func longLine() {
    let bytes = [UInt8](repeating: 0x61, count: 100_000) + Array("\nok\n".utf8)
    #expect(LineSplitterTests.lines(bytes, chunks: [7], limit: 10) == ["1!100000", "2:ok"])
  }
}
