import MatcherTestSupport
import Testing

@testable import Matcher

// 1. key, operator, values and strictness of a clause, in ASCII, full-width and Chinese punctuation
// 2. a clause as a requirement asks, as a spec states
// 3. what cannot be read comes back as it was, and nothing traps
@Suite("Clause reader")
struct ClauseReaderTests {
  typealias Clause = ClauseReader.Clause

  static func clause(
    _ key: String, _ sign: String, _ values: [String], range: Bool = false,
    _ strictness: String? = nil
  ) -> Clause {
    Clause(key: key, sign: sign, values: values, isRange: range, strictness: strictness)
  }

  static let good: [(String, Clause)] = [
    ("voltage >= 1200 V", clause("voltage", ">=", ["1200 V"])),
    ("voltage>=1200 V", clause("voltage", ">=", ["1200 V"])),
    ("voltage ≥ 1200 V", clause("voltage", ">=", ["1200 V"])),
    ("voltage＞＝1200 V", clause("voltage", ">=", ["1200 V"])),
    ("voltage > 1200 V", clause("voltage", ">=", ["1200 V"])),
    ("min_linewidth <= 0.18 μm", clause("min_linewidth", "<=", ["0.18 μm"])),
    ("min_linewidth≤0.18 μm", clause("min_linewidth", "<=", ["0.18 μm"])),
    ("电压＝1200V", clause("电压", "=", ["1200V"])),
    ("substrate = SiC|GaN", clause("substrate", "=", ["SiC", "GaN"])),
    ("temperature = -40..85 ℃", clause("temperature", "=", ["-40", "85 ℃"], range: true)),
    ("voltage >= 1200 V (soft)", clause("voltage", ">=", ["1200 V"], "soft")),
    ("voltage >= 1200 V（strong）", clause("voltage", ">=", ["1200 V"], "strong")),
    ("working_pressure <= 2 MPa(g)", clause("working_pressure", "<=", ["2 MPa(g)"])),
    ("working_pressure <= 2 MPa(g) (hard)", clause("working_pressure", "<=", ["2 MPa(g)"], "hard")),
    ("  explosion_proof = true  ", clause("explosion_proof", "=", ["true"])),
    ("a == b", clause("a", "=", ["b"])),
  ]

  @Test("a clause is read to its parts", arguments: good.indices)
  func reads(index: Int) {
    let (text, wanted) = ClauseReaderTests.good[index]
    #expect(ClauseReader.clause(text) == wanted)
  }

  static let bad = [
    "", " ", "voltage", "voltage 1200", "voltage >=", "voltage = (hard)", "voltage >= |", "a = | |",
    "a => b", "a <> b", "(hard)", "()", ")", "（", "voltage >=   ",
  ]

  @Test("what has no operator or no value is no clause", arguments: bad)
  func refuses(text: String) {
    #expect(ClauseReader.clause(text) == nil)
    #expect(ClauseReader.clauses(text).read.isEmpty)
  }

  @Test("a cell holds several clauses; what cannot be read comes back as it was")
  func cell() {
    let (read, unread) = ClauseReader.clauses("a = 1； b>=2\n\n;nonsense; c=x")
    #expect(read.map(\.key) == ["a", "b", "c"])
    #expect(unread == ["nonsense"])
  }

  @Test("as a requirement: the operator is what is asked")
  func requirement() throws {
    func object(_ text: String) throws -> JSONObject {
      try #require(ClauseReader.clause(text).map(ClauseReader.requirement)?.object)
    }
    #expect(try object("voltage >= 1200 V")["op"] == .string("at_least"))
    #expect(try object("voltage <= 1200 V")["op"] == .string("at_most"))
    #expect(try object("voltage = 1200 V")["op"] == nil)
    #expect(try object("substrate = SiC|GaN")["op"] == .string("one_of"))
    let range = try object("temperature = -40..85 ℃ (soft)")
    #expect(range["op"] == .string("cover"))
    #expect(range["value"] == .array([.string("-40 ℃"), .string("85 ℃")]))
    #expect(range["strictness"] == .string("soft"))
    #expect(try object("explosion_proof = yes")["value"] == .bool(true))
  }

  @Test("as a spec: <= states an upper end, >= a lower one")
  func spec() throws {
    func object(_ text: String) throws -> JSONObject {
      try #require(ClauseReader.clause(text).map(ClauseReader.spec)?.object)
    }
    #expect(try object("voltage <= 1700 V")["max"] == .string("1700 V"))
    #expect(try object("min_linewidth >= 350 nm")["min"] == .string("350 nm"))
    let range = try object("temperature = -40..85 ℃")
    #expect(range["min"] == .string("-40 ℃"))
    #expect(range["max"] == .string("85 ℃"))
    #expect(
      try object("wafer_diameter = 100|150 mm")["values"]
        == .array([.string("100 mm"), .string("150 mm")]))
    #expect(try object("substrate = SiC")["values"] == .array([.string("SiC")]))
    #expect(try object("explosion_proof = 否")["value"] == .bool(false))
  }

  static let measures: [(String, Double, String)] = [
    ("150 mm", 150, "mm"), ("-40 ℃", -40, "℃"), ("−40 ℃", -40, "℃"), ("1,200 V", 1200, "V"),
    ("1e-4 Pa", 1e-4, "Pa"), ("２００ mm", 200, "mm"), ("+5V", 5, "V"), ("7", 7, ""),
    ("2 eV", 2, "eV"),
    ("5e V", 5, "eV"),
  ]

  @Test("a number with its unit", arguments: measures.indices)
  func measure(index: Int) throws {
    let (text, number, unit) = ClauseReaderTests.measures[index]
    let parts = try #require(MeasureReader.parts(of: text))
    #expect(parts.0 == number)
    #expect(parts.1 == unit)
  }

  @Test(
    "no number in front, no measure",
    arguments: ["", "mm", "abc 5", ".", "-", "e5", "1.2.3", "1e999", "--5"])
  func noMeasure(text: String) {
    #expect(MeasureReader.parts(of: text) == nil)
  }

  @Test("no text traps", arguments: UInt64(0)..<300)
  func neverTraps(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = [
      "=", ">", "<", "≥", "(", ")", "（", "hard", "|", "..", ".", ";", "voltage", "1", "-", "e", " ",
      "℃",
    ]
    for _ in 0..<20 {
      let text = (0..<Int.random(in: 0...9, using: &generator))
        .map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
      for clause in ClauseReader.clauses(text).read {
        #expect(!clause.values.isEmpty, "\(text)")
        _ = ClauseReader.requirement(clause)
        _ = ClauseReader.spec(clause)
      }
    }
  }
}
