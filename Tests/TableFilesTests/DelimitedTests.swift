import Matcher
import Testing

@testable import TableFiles

// 1. separators are told, stated by `sep=`, or by the ending; quotes and line breaks are read
// 2. entities for characters outside the encoding are replaced, ASCII ones are not
// 3. the chunks in which a file comes change nothing
// 4. a bad byte has its place and row; the rest is read; a given encoding counts
@Suite("text tables") struct DelimitedTests {
  static func read(
    _ bytes: [UInt8], name: String = "list.csv", encoding: TextEncoding? = nil, chunk: Int = 1 << 16
  ) throws -> (Rows, TableFile.Reading) {
    var rows = Rows()
    let file = try Reading.open(bytes, name: name, encoding: encoding, chunk: chunk)
    let reading = try file.read(into: &rows)
    return (rows, reading)
  }

  @Test(
    "separators",
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a\tb,c\n1\t2\n", [["a", "b,c"], ["1", "2"]]),
      ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]), ("sep=;\r\na,b;c\r\n", [["a,b", "c"]]),
      ("标题\n\"x,\"\"y\"\"\nz\",b\n", [["标题"], ["x,\"y\"\nz", "b"]]),
      ("one\ntwo\n", [["one"], ["two"]]),
    ] as [(String, [[String]])])
  func separators(text: String, cells: [[String]]) throws {
    #expect(try DelimitedTests.read(Array(text.utf8)).0.texts() == cells)
  }

  @Test("entities beyond ASCII are characters")
  func entities() throws {
    let (rows, _) = try DelimitedTests.read(
      Array("&#27979;试&#65;,&#x1F600; &# &#9999999999;\na,b\na,b\n".utf8))
    #expect(rows.texts() == [["测试&#65;", "&#x1F600; &# &#9999999999;"], ["a", "b"], ["a", "b"]])
  }

  @Test("chunks change nothing", arguments: [1, 2, 3, 7, 4096])
  func chunks(size: Int) throws {
    let text = "序号,需求名称\r\n1,\"碳化硅，\n流片\"\r\n" + String(repeating: "2,无人机试飞\r\n", count: 50)
    for encoding in TextEncoding.allCases {
      let bytes = encoding.mark + TextEncoder(encoding).encode(text).bytes
      let (whole, _) = try DelimitedTests.read(bytes)
      let (pieces, reading) = try DelimitedTests.read(bytes, chunk: size)
      #expect(whole.rows == pieces.rows)
      #expect(whole.texts()[1] == ["1", "碳化硅，\n流片"], "\(encoding)")
      #expect(reading.encoding?.encoding == encoding)
    }
  }

  @Test("a bad byte is told with its place and row, and the rest is read")
  func badByte() throws {
    var bytes = TextEncoder(.gb18030).encode("序号,需求名称,企业名称\n1,碳化硅流片,示例有限公司\n2,试飞\n").bytes
    let place = bytes.count - 2
    bytes[place] = 0xFF
    let (rows, reading) = try DelimitedTests.read(bytes)
    #expect(reading.encoding?.encoding == .gb18030)
    #expect(rows.texts()[1] == ["1", "碳化硅流片", "示例有限公司"])
    // The first half of a character, and a byte that begins none.
    #expect(reading.issues.map(\.row) == [3, 3])
    #expect(reading.issues.map(\.field) == ["byte \(place)", "byte \(place + 1)"])
  }

  @Test("what the caller says counts, and a wrong guess can be seen")
  func given() throws {
    let bytes = TextEncoder(.big5).encode("需求").bytes
    let (rows, reading) = try DelimitedTests.read(bytes, encoding: .big5)
    #expect(rows.texts() == [["需求"]])
    #expect(reading.encoding?.basis == .given)
    let (_, guessed) = try DelimitedTests.read(TextEncoder(.gb18030).encode("联通").bytes)
    #expect(guessed.encoding?.basis == .unsure)
    #expect(guessed.issues.first?.field == "encoding")
  }

  @Test("characters that programs write beyond the standards")
  func vendorCharacters() throws {
    let (rows, reading) = try DelimitedTests.read([0x80, 0x2C, 0xD4, 0xAA], encoding: .gb18030)
    #expect(rows.texts() == [["€", "元"]])
    #expect(reading.issues.isEmpty)
  }

  @Test("characters outside an encoding are written as entities")
  func encoder() {
    let (bytes, replaced) = TextEncoder(.big5).encode("處理结果")
    #expect(replaced == 1)
    #expect(bytes.suffix(10).starts(with: "&#32467;".utf8))
    #expect(TextEncoder(.gb18030).encode("𠮷😀").replaced == 0)
  }
}
