import MatcherTestSupport
import Testing

@testable import Matcher

// 1. the forms of RFC 4180 are read: quotes, doubled quotes, line breaks inside, LF, CRLF, CR, no
//   last line break
// 2. a byte order mark is skipped, also before a quoted cell
// 3. what is wrong with a record is said, and the records behind it are read
// 4. any division into chunks gives the same records
// 5. a record beyond the limit is dropped and counted, and memory stays bounded
@Suite("CSV parser")
struct CSVParserTests {
  struct Row: Equatable, CustomStringConvertible {
    var number: Int
    var cells: [String]
    var problem: String?

    var description: String { "\(number)\(cells)\(problem ?? "")" }
  }

  static func rows(
    _ bytes: [UInt8], chunks: [Int] = [Int.max], separator: UInt8 = UInt8(ascii: ","),
    limit: Int = 16 << 20
  ) -> [Row] {
    var parser = CSVParser(separator: separator, limit: limit)
    var rows: [Row] = []
    func take(_ record: CSVParser.Record) {
      rows.append(Row(number: record.number, cells: record.cells, problem: record.problem))
    }
    let source = Chunks.source(bytes, sizes: chunks)
    while let chunk = try? source() { parser.feed(chunk, take) }
    parser.finish(take)
    return rows
  }

  static func cells(_ text: String) -> [[String]] {
    rows(Array(text.utf8)).map(\.cells)
  }

  static let good: [(String, [[String]])] = [
    ("", []),
    ("a", [["a"]]),
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
    ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
    ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
    ("a,\n,b\n", [["a", ""], ["", "b"]]),
    ("a,", [["a", ""]]),
    (",", [["", ""]]),
    ("\"\"", [[""]]),
    ("\"\",\"\"\n", [["", ""]]),
    ("\"a,b\",c\n", [["a,b", "c"]]),
    ("\"a\"\"b\"\n", [["a\"b"]]),
    ("\"\"\"\"\n", [["\""]]),
    ("\"\"\"a\"\"\"\n", [["\"a\""]]),
    ("\"a\nb\",c\r\n", [["a\nb", "c"]]),
    ("\"a\r\nb\",\"c\rd\"\r\n", [["a\r\nb", "c\rd"]]),
    (" a , b \n", [[" a ", " b "]]),
    ("a\n\nb\n", [["a"], [""], ["b"]]),
    ("a\r\n\r\nb", [["a"], [""], ["b"]]),
    ("中,文\n", [["中", "文"]]),
    ("\u{FEFF}id,b\n", [["id", "b"]]),
    ("\u{FEFF}\"id\",b\n", [["id", "b"]]),
    ("a,\"b\"", [["a", "b"]]),
    ("a;b,c\n", [["a;b", "c"]]),
    ("a\0b\n", [["a\0b"]]),
  ]

  @Test("the forms of RFC 4180 are read", arguments: good.indices)
  func reads(index: Int) {
    let (text, wanted) = CSVParserTests.good[index]
    #expect(CSVParserTests.cells(text) == wanted, "\(text.debugDescription)")
    #expect(CSVParserTests.rows(Array(text.utf8)).allSatisfy { $0.problem == nil })
  }

  @Test("records are numbered from 1, a line break inside quotes does not count")
  func numbers() {
    let rows = CSVParserTests.rows(Array("h\n\"a\nb\"\n\nc".utf8))
    #expect(rows.map(\.number) == [1, 2, 3, 4])
  }

  @Test("another separator")
  func separator() {
    let rows = CSVParserTests.rows(Array("a;b,c\n".utf8), separator: UInt8(ascii: ";"))
    #expect(rows.map(\.cells) == [["a", "b,c"]])
  }

  @Test("text behind a closing quote is a problem, and is kept")
  func textBehindQuote() {
    let rows = CSVParserTests.rows(Array("\"a\"b,c\nd,e\n".utf8))
    #expect(rows.map(\.cells) == [["ab", "c"], ["d", "e"]])
    #expect(rows[0].problem?.contains("closing quote") == true)
    #expect(rows[1].problem == nil)
  }

  @Test("a quote inside a plain cell is a character")
  func quoteInside() {
    let rows = CSVParserTests.rows(Array("5\" disc,b\nc,d\n".utf8))
    #expect(rows.map(\.cells) == [["5\" disc", "b"], ["c", "d"]])
  }

  @Test("a quote that never closes costs its own line only")
  func unterminated() {
    let rows = CSVParserTests.rows(Array("h,i\na,\"b\nc,d\ne,\"f\"\"g\"\n".utf8))
    #expect(rows.first?.cells == ["h", "i"])
    let last = CSVParserTests.rows(Array("a,b\nc,\"d".utf8))
    #expect(last.map(\.cells) == [["a", "b"], ["c", "d"]])
    #expect(last.last?.problem?.contains("never ends") == true)
    let middle = CSVParserTests.rows(Array("a,b\nc,\"d\ne,f\n\ng,h".utf8))
    #expect(middle.map(\.cells) == [["a", "b"], ["c", "d"], ["e", "f"], [""], ["g", "h"]])
    #expect(middle.map { $0.problem == nil } == [true, false, true, true, true])
    #expect(middle.map(\.number) == [1, 2, 3, 4, 5])
    let crlf = CSVParserTests.rows(Array("\"a\r\nb,\"\"\r\n".utf8))
    #expect(crlf.map(\.cells) == [["a"], ["b", ""]])
  }

  @Test("bytes that are not UTF-8 are a problem of their record alone")
  func notUTF8() {
    let rows = CSVParserTests.rows(Array("a,b\n".utf8) + [0xB0, 0xEB, 0x0A] + Array("c,d\n".utf8))
    #expect(rows.map { $0.problem == nil } == [true, false, true])
    #expect(rows[2].cells == ["c", "d"])
  }

  @Test("a record beyond the limit is dropped, the next one is read")
  func limit() {
    let long = String(repeating: "x", count: 50)
    let rows = CSVParserTests.rows(
      Array("a,b\n\(long),\(long)\n\"\(long)\"\nc,d\n".utf8), limit: 40)
    #expect(rows.map(\.cells) == [["a", "b"], [], [], ["c", "d"]])
    #expect(rows[1].problem?.contains("101") == true)
    #expect(rows[3].problem == nil)
  }

  @Test("separators count towards the limit")
  func limitOfEmptyCells() {
    let rows = CSVParserTests.rows(
      Array("a,b\n\(String(repeating: ",", count: 1000))\nc,d\n".utf8), limit: 100)
    #expect(rows.map(\.cells.count) == [2, 0, 2])
  }

  @Test("any division into chunks gives the same records", arguments: UInt64(0)..<200)
  func chunking(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet: [[UInt8]] = [
      [0x22], [0x22], [0x2C], [0x2C], [0x0A], [0x0D], [0x0D, 0x0A], [0x61], [0x20],
      Array("中".utf8), [0xFF], [0xEF, 0xBB, 0xBF],
    ]
    var bytes = seed % 4 == 0 ? [0xEF, 0xBB, 0xBF] : [UInt8]()
    for _ in 0..<Int.random(in: 0...60, using: &generator) {
      bytes += alphabet.randomElement(using: &generator) ?? []
    }
    let limit = seed % 5 == 0 ? 12 : 1 << 20
    let whole = CSVParserTests.rows(bytes, limit: limit)
    #expect(CSVParserTests.rows(bytes, chunks: [1], limit: limit) == whole, "seed \(seed)")
    for _ in 0..<5 {
      let sizes = (0..<20).map { _ in Int.random(in: 1...9, using: &generator) }
      #expect(
        CSVParserTests.rows(bytes, chunks: sizes, limit: limit) == whole, "seed \(seed) \(sizes)")
    }
  }

  @Test("what was quoted by the rules is read back", arguments: UInt64(0)..<50)
  func roundTrip(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = ["\"", ",", "\n", "\r\n", "a", "中", " ", ""]
    let table = (0..<6).map { _ in
      (0..<4).map { _ in
        (0..<Int.random(in: 0...5, using: &generator))
          .map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
      }
    }
    let text = table.map { row in
      row.map {
        "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
          + "\""
      }
      .joined(separator: ",") + "\r\n"
    }.joined()
    #expect(CSVParserTests.cells(text) == table, "seed \(seed)")
  }
}
