import MatcherTestSupport
import Testing

@testable import Matcher

// 1. every text of the grammar (RFC 8259) is read to its value
// 2. nothing outside the grammar is read, and the error says where
// 3. what would lose data silently is an error: repeated names, infinities, broken UTF-8, lone
//   surrogates
// 4. members keep their order, numbers their text
// 5. nesting is bounded: 128 levels are read, 129 are not
// 6. writing and reading again gives the same value
@Suite("JSON parser")
struct JSONParserTests {
  static let good: [(String, JSONValue)] = [
    ("null", .null), ("true", .bool(true)), ("false", .bool(false)),
    (" \t\r\n null \n", .null), ("\"\"", .string("")), ("[]", .array([])),
    ("{}", .object(JSONObject())), ("[ ]", .array([])), ("{ }", .object(JSONObject())),
    ("0", .number(0, text: "0")), ("-0", .number(-0.0, text: "-0")),
    ("10", .number(10, text: "10")), ("-1.5", .number(-1.5, text: "-1.5")),
    ("1e3", .number(1000, text: "1e3")), ("1E+2", .number(100, text: "1E+2")),
    ("25e-2", .number(0.25, text: "25e-2")), ("0.10", .number(0.1, text: "0.10")),
    ("1.7976931348623157e308", .number(.greatestFiniteMagnitude, text: "1.7976931348623157e308")),
    ("1e-400", .number(0, text: "1e-400")),
    ("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", .string("a\"\\/\u{8}\u{C}\n\r\t")),
    ("\"\\u4e2d\\u6587\"", .string("中文")), ("\"\\u0000\"", .string("\0")),
    ("\"\\uD83D\\uDE00\"", .string("😀")), ("\"中文\u{7F}\"", .string("中文\u{7F}")),
    ("\"\\uFFFF\"", .string("\u{FFFF}")),
    ("[1,[2,{\"a\":null}]]", .array([one, .array([two, .object(JSONObject([("a", .null)]))])])),
    ("{\"\":1}", .object(JSONObject([("", one)]))),
    ("{\"b\":1,\"a\":2}", .object(JSONObject([("b", one), ("a", two)]))),
    ("\u{FEFF}1", one),
  ]
  static let one = JSONValue.number(1, text: "1")
  static let two = JSONValue.number(2, text: "2")

  @Test("a text of the grammar is read", arguments: good.indices)
  func reads(index: Int) throws {
    let (text, value) = JSONParserTests.good[index]
    #expect(try JSONParser.parse(Array(text.utf8)) == value, "\(text)")
  }

  static let bad = [
    "", " ", "nul", "nulll", "True", "tru e", "NaN", "Infinity", "-Infinity", "undefined",
    "01", "-01", "+1", "1.", ".5", "-.5", "-", "1e", "1e+", "1.e3", "0x10", "1_000", "1,000", "--1",
    "1e400", "-1e400", "'a'", "\"", "\"a", "\"\\\"", "\"\\", "\"\\x41\"", "\"\\u12\"",
    "\"\\u12G4\"",
    "\"\\u+123\"", "\"\\uD800\"", "\"\\uD800\\u0041\"", "\"\\uDC00\"", "\"\\uD800\\\"",
    "\"\\U0041\"",
    "\"a\nb\"", "\"a\tb\"", "\"\u{0}\"", "[", "]", "[1", "[1,", "[,1]", "[1,]", "[1 2]", "[1}", "{",
    "}",
    "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{1:1}", "{\"a\" 1}",
    "{\"a\":1 \"b\":2}", "{\"a\":1]", "1 2", "{}{}", "[] []", "null,", "// c\n1", "/* c */ 1", "1#",
    "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "[{\"x\":{\"k\":0,\"k\":0}}]", "\u{A0}1",
    "\u{C}1",
  ]

  @Test("nothing outside the grammar is read", arguments: bad)
  func refuses(text: String) {
    #expect(throws: JSONError.self, "\(text)") { try JSONParser.parse(Array(text.utf8)) }
  }

  static let brokenBytes: [[UInt8]] = [
    [0xFF], [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
    [0x22, 0xE4, 0xB8, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0x80, 0x22],
    [0x22, 0xE4, 0x5C, 0x6E, 0x22], [0xFE, 0xFF, 0x00, 0x31], [0x31, 0x00], [0xEF, 0xBB, 0x31],
  ]

  @Test("bytes that are not UTF-8 are refused", arguments: brokenBytes)
  func refusesBrokenBytes(bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try JSONParser.parse(bytes) }
  }

  @Test("the error says the byte, what was there and what was expected")
  func saysWhere() throws {
    let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array("{\"a\": tru}".utf8)) }
    #expect(error?.offset == 6)
    #expect(error?.got.contains("tru}") == true)
    #expect(error?.expected == "a JSON value")
    let end = #expect(throws: JSONError.self) { try JSONParser.parse(Array("[1,2".utf8)) }
    #expect(end?.offset == 4)
    #expect(end?.got == "the end of the text")
  }

  @Test("a name that is there already is told among few and among many", arguments: 2...40)
  func repeatedNames(count: Int) {
    let names = (0..<count).map { "成员\($0)" }
    func text(_ names: [String]) -> [UInt8] {
      Array("{\(names.map { "\"\($0)\":1" }.joined(separator: ","))}".utf8)
    }
    #expect(throws: Never.self) { try JSONParser.parse(text(names)) }
    for again in [0, count / 2, count - 1] {
      #expect(throws: JSONError.self) { try JSONParser.parse(text(names + [names[again]])) }
    }
  }

  @Test("128 levels are read, 129 are not, and neither are a million")
  func boundsNesting() throws {
    func nested(_ depth: Int) -> [UInt8] {
      [UInt8](repeating: UInt8(ascii: "["), count: depth)
        + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
    }
    #expect(throws: Never.self) { try JSONParser.parse(nested(128)) }
    #expect(throws: JSONError.self) { try JSONParser.parse(nested(129)) }
    #expect(throws: JSONError.self) { try JSONParser.parse(nested(1_000_000)) }
    let beside = Array("[".utf8) + (0..<200).flatMap { _ in Array("[1],".utf8) } + Array("0]".utf8)
    #expect(throws: Never.self, "depth counts levels, not lists") { try JSONParser.parse(beside) }
  }

  @Test("every prefix of a text is refused without a trap")
  func refusesPrefixes() {
    let text = Array("{\"a\":[1.5e3,\"\\uD83D\\uDE00中\",{\"b\":null}],\"c\":true}".utf8)
    for end in text.indices {
      #expect(throws: JSONError.self, "\(end)") { try JSONParser.parse(text[..<end]) }
    }
  }

  @Test("what was written is read back", arguments: UInt64(0)..<50)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let value = JSONParserTests.random(&generator, depth: 4)
    #expect(try JSONParser.parse(Array(JSONWriter.line(value).utf8)) == value, "seed \(seed)")
    #expect(try JSONParser.parse(Array(JSONWriter.pretty(value).utf8)) == value, "seed \(seed)")
  }

  private static func random(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .integer(Int.random(in: -1_000_000...1_000_000, using: &generator))
    case 3: return .number(Double.random(in: -1e9...1e9, using: &generator))
    case 4:
      let scalars = (0..<Int.random(in: 0...8, using: &generator)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0...0x1_10FF, using: &generator))
      }
      return .string(String(String.UnicodeScalarView(scalars)))
    case 5:
      return .array((0..<3).map { _ in random(&generator, depth: depth - 1) })
    default:
      return .object(
        JSONObject((0..<3).map { ("m\($0)", random(&generator, depth: depth - 1)) }))
    }
  }
}
